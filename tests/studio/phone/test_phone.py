"""The phone: what it shows, and how it scales."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

from otn_studio.policy.calendar import Frequency
from otn_studio.studio.phone.bubbles import Line, OptIn, Picture, Said
from otn_studio.studio.phone.window_over import WindowOver
from otn_studio.studio.theme.theme import Choice
from tests.studio.phone.everything import EVERYTHING, LONG, vertical


def test_every_bubble_is_a_child_with_a_name_to_read_aloud(phone_with):
    names = [part.accessibleName() for part in phone_with(EVERYTHING).parts]
    assert names == [
        "TODAY 9:00",
        "The person: restock",
        "Read",
        "Kicks & Co: Hi Ann, the blue sneakers sell out fast.",
        "Kicks & Co: Shall we?",
        f"Kicks & Co: a picture, {EVERYTHING[4].url}",
        "Kicks & Co asks for permission: Get told when size 42 is back. "
        "Kicks & Co can send you one message about this.",
        "Kicks & Co asks for permission: News. "
        "Kicks & Co can send you messages about this until you stop them.",
        "Kicks & Co: Blue. 42",
        "Kicks & Co: 3 cards",
        "Kicks & Co: Video, hello.video",
        "Kicks & Co: Audio, hello.audio",
        "Kicks & Co: File, hello.file",
        "Kicks & Co is typing, 4 s",
        "Kicks & Co: ",
        "Quick replies: " + ", ".join(EVERYTHING[-2].titles),
        "You can write to Ann freely for 23 h 59 min",
    ]


def test_the_person_is_at_the_right_and_the_page_at_the_left(phone_with):
    parts = phone_with(EVERYTHING).parts
    person, page = parts[1].geometry(), parts[3].geometry()
    assert person.right() > page.right()
    assert page.left() < person.left()


@pytest.mark.parametrize("width", [240, 290, 344, 375, 900])
def test_nothing_leaves_the_phone_or_covers_something_else(phone_with, width):
    words = (Said(text=LONG), Said(text=LONG, by_person=True), OptIn(title=LONG), Line(text=LONG))
    phone = phone_with((*EVERYTHING, *words), width=width)
    inside = min(width, 375)
    places = [part.geometry() for part in phone.parts]
    assert all(place.left() >= 0 and place.right() < inside for place in places)
    assert all(a.bottom() < b.top() for a, b in pairwise(places))


def test_a_picture_of_one_s_own_is_seen(phone_with, tmp_path):
    file = tmp_path / "red.png"
    picture = QImage(400, 100, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    picture.save(str(file))
    (part,) = phone_with((Picture(url="red.png", file=str(file)),)).parts
    assert part.width() / part.height() == pytest.approx(4, abs=0.05)
    assert part.grab().toImage().pixelColor(part.rect().center()) == QColor(Qt.GlobalColor.red)


@pytest.mark.parametrize("content", [b"", b"no picture"])
def test_a_file_that_is_no_picture_is_shown_as_a_frame(phone_with, tmp_path, content):
    file = tmp_path / "red.png"
    file.write_bytes(content)
    (part,) = phone_with((Picture(url="red.png", file=str(file)),)).parts
    assert part.height() == round(part.width() * 0.6)


def test_without_bubbles_there_is_a_calm_line(phone_with):
    phone = phone_with(())
    phone.show_bubbles((), "Nothing here yet.")
    assert phone.calm == "Nothing here yet."
    phone.show_bubbles(EVERYTHING, "Nothing here yet.")
    assert phone.calm == ""


def test_the_highlight_can_be_seen_and_is_subtle(phone_with):
    phone = phone_with((OptIn(title="Tell me"),))
    plain = phone.grab().toImage()
    phone.show_bubbles((OptIn(title="Tell me", highlighted=True),))
    lit = phone.grab().toImage()
    changed = [
        (x, y)
        for x in range(plain.width())
        for y in range(plain.height())
        if plain.pixel(x, y) != lit.pixel(x, y)
    ]
    assert 0 < len(changed) < 0.02 * plain.width() * plain.height()


def test_it_takes_the_colours_of_the_theme(phone_with, theme):
    phone = phone_with(EVERYTHING)
    place = phone.parts[1].mapTo(phone, phone.parts[1].rect().center())
    place.setY(phone.parts[1].mapTo(phone, phone.parts[1].rect().topLeft()).y() + 4)
    try:
        assert phone.grab().toImage().pixelColor(place).name() == theme.roles.accent.lower()
        theme.choose(Choice.DARK)
        assert phone.grab().toImage().pixelColor(place).name() == theme.roles.accent.lower()
    finally:
        theme.choose(Choice.LIGHT)


def test_it_keeps_its_proportions(phone_with):
    phone = phone_with(EVERYTHING, width=300, height=2_000)
    assert phone.height() == 560
    assert phone.sizeHint().toTuple() == (375, 700)


def test_on_a_low_phone_what_matters_first_is_in_view_from_the_start(phone_with):
    phone = phone_with(EVERYTHING, height=260)
    phone.show_bubbles(EVERYTHING, first=4)
    top = phone.parts[4].mapTo(phone, phone.parts[4].rect().topLeft()).y()
    assert 0 <= top < 60
    phone.hide()
    vertical(phone).setValue(0)
    phone.show()
    assert phone.parts[4].mapTo(phone, phone.parts[4].rect().topLeft()).y() == top


def test_a_low_phone_gives_the_room_of_its_head_to_the_conversation(phone_with):
    high = phone_with(EVERYTHING).parts[0]
    low = phone_with(EVERYTHING, height=300).parts[0]
    assert low.mapTo(low.window(), low.pos()).y() < high.mapTo(high.window(), high.pos()).y()


@pytest.mark.parametrize(
    ("card", "says"),
    [
        (OptIn(title="News"), "Kicks & Co can send you one message about this."),
        (
            OptIn(title="News", lasting=True),
            "Kicks & Co can send you messages about this until you stop them.",
        ),
        *(
            (
                OptIn(title="News", lasting=True, often=often),
                f"Kicks & Co can send you one message a {unit} about this.",
            )
            for often, unit in zip(Frequency, ("day", "week", "month"), strict=True)
        ),
    ],
)
def test_the_opt_in_card_says_what_one_agrees_to(phone_with, card, says):
    (part,) = phone_with((card,)).parts
    assert part.accessibleName() == f"Kicks & Co asks for permission: News. {says}"


def test_when_the_24_hours_are_over_the_phone_says_so_in_full_width(phone_with):
    over = WindowOver(text="Ann’s 24 hours are over: writing now takes a permission.")
    said, sign = phone_with((Said(text="Hi"), over)).parts
    assert sign.accessibleName() == f"A Page can only reply within 24 hours. {over.text}"
    assert sign.width() > 300
    assert sign.y() > said.geometry().bottom()
