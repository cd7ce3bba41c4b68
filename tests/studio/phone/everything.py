"""All that can stand on a phone, and hands for it."""

from PySide6.QtWidgets import QAbstractButton, QScrollArea

from otn_studio.policy.media import Medium
from otn_studio.studio.phone.bubbles import (
    Attached,
    Button,
    Buttons,
    Card,
    Carousel,
    Dots,
    Line,
    OptIn,
    Picture,
    Replies,
    Said,
)

ATTACHED = (Medium.VIDEO, Medium.AUDIO, Medium.FILE)
LONG = "Featherstonehaugh-Wolfeschlegelsteinhausenbergerdorff"
EVERYTHING = (
    Line(text="TODAY 9:00"),
    Said(text="restock", by_person=True),
    Said(text="Hi Ann, the blue sneakers sell out fast."),
    Buttons(text="Shall we?", buttons=(Button("Yes"), Button("Shop", "https://x.org"))),
    Picture(url="https://example.com/a/very/long/address/of/a/picture/blue-sneakers.jpg"),
    OptIn(title="Get told when size 42 is back"),
    OptIn(title="News", index=1, lasting=True, button="Get updates", picture="https://x.org/a.jpg"),
    Card(title="Blue", subtitle="42", picture="https://x.org/b.jpg", buttons=(Button("Buy it"),)),
    Carousel(
        cards=tuple(
            Card(
                title=f"Shoe {n}",
                subtitle="words " * n,
                buttons=(Button("Buy", reply=f"b{n}"),) * n,
            )
            for n in (1, 2, 3)
        )
    ),
    *(Attached(medium=medium, url=f"media/hello.{medium}") for medium in ATTACHED),
    Dots(seconds=4),
    Said(text=""),
    Replies(titles=tuple(f"Answer {n}" for n in range(13))),
    Line(text="You can write to Ann freely for 23 h 59 min"),
)


def button(phone, name):
    found = phone.findChild(QAbstractButton, name)
    assert found is not None, f"there is no {name}"
    return found


def vertical(phone):
    return next(
        area.verticalScrollBar()
        for area in phone.findChildren(QScrollArea)
        if area.property("look") == "phone"
    )
