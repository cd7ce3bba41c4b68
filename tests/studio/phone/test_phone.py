"""The phone: what it shows, what can be tapped, how it scrolls and scales."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea

from otn_studio.policy.calendar import Frequency
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
from otn_studio.studio.phone.window_over import WindowOver
from otn_studio.studio.theme.theme import Choice

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


def test_buttons_quick_replies_and_the_card_can_be_tapped(qtbot, phone_with):
    phone = phone_with(EVERYTHING)
    for name, title in (("tap.Yes", "Yes"), ("tap.Shop", "Shop"), ("tap.Answer 1", "Answer 1")):
        with qtbot.waitSignal(phone.tapped) as tapped:
            qtbot.mouseClick(button(phone, name), Qt.MouseButton.LeftButton)
        assert tapped.args == [title, title]
    with qtbot.waitSignal(phone.notify_me_tapped) as tapped:
        qtbot.mouseClick(button(phone, "notify_me.0"), Qt.MouseButton.LeftButton)
    assert tapped.args == [0]


def test_buttons_of_cards_that_say_the_same_are_told_apart(qtbot, phone_with):
    phone = phone_with(EVERYTHING)
    carousel = next(part for part in phone.parts if isinstance(part.bubble, Carousel))
    for row in carousel.tappables():
        row.setFocus()
        with qtbot.waitSignal(phone.tapped) as tapped:
            qtbot.keyClick(row, Qt.Key.Key_Return)
        assert tapped.args[0] == "Buy"
    assert tapped.args == ["Buy", "b3"]


def test_a_carousel_scrolls_to_its_end_and_back(qtbot, phone_with):
    phone = phone_with((Carousel(cards=EVERYTHING[8].cards),))
    last = phone.parts[0].tappables()[-1]
    ends = [button(phone, f"cards.{name}") for name in ("back", "on")]
    assert [end.isVisible() for end in ends] == [False, True]
    assert last.mapTo(phone, QPoint()).x() > phone.width()
    for _ in range(4):
        if ends[1].isVisible():
            qtbot.mouseClick(ends[1], Qt.MouseButton.LeftButton)
    assert [end.isVisible() for end in ends] == [True, False]
    assert last.mapTo(phone, QPoint()).x() < phone.width()


def test_the_cards_of_a_carousel_are_of_one_height_with_their_buttons_at_the_foot(phone_with):
    phone = phone_with((Carousel(cards=EVERYTHING[8].cards),))
    rows = phone.parts[0].tappables()
    cards = {row.parentWidget() for row in rows}
    assert len({card.height() for card in cards}) == 1
    lowest = {max(row.geometry().bottom() for row in card.tappables()) for card in cards}
    assert lowest == {cards.pop().height() - 1}


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


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_they_can_be_tapped_from_the_keyboard(qtbot, phone_with, key):
    phone = phone_with(EVERYTHING)
    with qtbot.waitSignal(phone.tapped):
        qtbot.keyClick(button(phone, "tap.Yes"), key)


def test_the_keyboard_comes_to_them_in_their_order(phone_with):
    phone = phone_with(EVERYTHING[:4])
    phone.show_bubbles(EVERYTHING[:6])
    phone.show_bubbles(
        (*EVERYTHING[:3], Buttons(text="New", buttons=(Button("A"),)), EVERYTHING[5])
    )
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    first = button(phone, "tap.A")
    after = first.nextInFocusChain()
    while after.focusPolicy() == Qt.FocusPolicy.NoFocus:
        after = after.nextInFocusChain()
    assert after is button(phone, "notify_me.0")


def test_a_card_that_was_tapped_is_not_tapped_again(qtbot, phone_with):
    phone = phone_with((OptIn(title="First", tapped=True), OptIn(title="Second", index=1)))
    with qtbot.assertNotEmitted(phone.notify_me_tapped):
        qtbot.mouseClick(button(phone, "notify_me.0"), Qt.MouseButton.LeftButton)
    assert button(phone, "notify_me.0").text() == "You will be notified"
    with qtbot.waitSignal(phone.notify_me_tapped) as tapped:
        qtbot.mouseClick(button(phone, "notify_me.1"), Qt.MouseButton.LeftButton)
    assert tapped.args == [1]


def test_a_phone_that_only_shows_takes_no_taps_and_no_focus(qtbot, phone_with):
    phone = phone_with(EVERYTHING, live=False)
    row = button(phone, "tap.Yes")
    assert row.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert row.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def test_targets_are_large_enough_at_every_width(phone_with):
    for width in (240, 375):
        phone = phone_with(EVERYTHING, width=width)
        heights = [w.height() for w in phone.findChildren(QAbstractButton)]
        assert min(heights) >= 28


def test_bubbles_that_stay_keep_their_widgets_and_so_the_focus(phone_with):
    phone = phone_with(EVERYTHING[:5])
    before = list(phone.parts)
    phone.show_bubbles((*EVERYTHING[:4], Picture(url="https://x.org/other.jpg")))
    assert list(phone.parts)[:5] == before[:5]
    assert phone.parts[5] is not before[5]
    assert before[5].isHidden()


def test_without_bubbles_there_is_a_calm_line(phone_with):
    phone = phone_with(())
    phone.show_bubbles((), "Nothing here yet.")
    assert phone.calm == "Nothing here yet."
    phone.show_bubbles(EVERYTHING, "Nothing here yet.")
    assert phone.calm == ""


def test_a_long_row_of_quick_replies_goes_on_at_its_ends(qtbot, phone_with):
    phone = phone_with(EVERYTHING[-2:])
    on, back = button(phone, "replies.on"), button(phone, "replies.back")
    last = button(phone, "tap.Answer 12")
    assert on.isVisible()
    assert not back.isVisible()
    for _press in range(20):
        if on.isVisible():
            qtbot.mouseClick(on, Qt.MouseButton.LeftButton)
    assert back.isVisible()
    assert not last.visibleRegion().isEmpty()


def test_a_quick_reply_with_the_focus_comes_into_view(qtbot, phone_with):
    last = button(phone_with(EVERYTHING[-2:]), "tap.Answer 12")
    assert last.visibleRegion().isEmpty()
    qtbot.waitUntil(last.isActiveWindow)
    last.setFocus()
    assert not last.visibleRegion().isEmpty()


def test_it_follows_the_end_as_the_conversation_grows(phone_with):
    many = tuple(Said(text=f"Message {n}") for n in range(30))
    phone = phone_with(many)
    bar = vertical(phone)
    phone.show_bubbles(many, follow=True)
    assert bar.value() == 0, "somebody reads further up"
    phone.go_to_end()
    phone.show_bubbles((*many, Said(text="New")), follow=True)
    assert bar.value() == bar.maximum() > 0


def test_what_is_highlighted_comes_into_view(phone_with):
    many = tuple(Said(text=f"Message {n}") for n in range(30))
    phone = phone_with(many)
    phone.show_bubbles((*many[:-1], Said(text="Message 29", highlighted=True)))
    part = phone.parts[-1]
    assert not part.visibleRegion().isEmpty()
    assert vertical(phone).value() > 0


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
    over = WindowOver(text="Ann's 24 hours are over: writing now takes a permission")
    said, sign = phone_with((Said(text="Hi"), over)).parts
    assert sign.accessibleName() == f"A Page can only reply within 24 hours. {over.text}"
    assert sign.width() > 300
    assert sign.y() > said.geometry().bottom()


THREE = (Carousel(cards=EVERYTHING[8].cards),)


def scrolled(phone) -> int:
    bar = phone.parts[0].findChild(QScrollArea).horizontalScrollBar()
    return bar.value()


def drag(qtbot, widget, by: int) -> None:
    """Press in the middle, move in steps as a hand does, let go."""
    start = widget.mapToGlobal(widget.rect().center())
    qtbot.mousePress(widget, Qt.MouseButton.LeftButton, pos=widget.mapFromGlobal(start))
    for step in range(1, 6):
        here = start + QPoint(by * step // 5, 0)
        qtbot.mouseMove(widget, widget.mapFromGlobal(here))
    qtbot.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=widget.mapFromGlobal(here))


@pytest.mark.parametrize("live", [True, False])
def test_a_carousel_is_dragged_and_comes_to_rest_at_a_card(qtbot, phone_with, live):
    phone = phone_with(THREE, live=live)
    cards = [row.parentWidget() for row in phone.parts[0].tappables()]
    drag(qtbot, cards[0], -150)
    qtbot.waitUntil(lambda: scrolled(phone) == cards[1].x() - cards[0].x())
    drag(qtbot, cards[1], 150)
    qtbot.waitUntil(lambda: scrolled(phone) == 0)


def test_a_drag_that_begins_on_a_button_taps_nothing(qtbot, phone_with):
    phone = phone_with(THREE)
    with qtbot.assertNotEmitted(phone.tapped):
        drag(qtbot, button(phone, "tap.Buy"), -150)
    qtbot.waitUntil(lambda: scrolled(phone) > 100)


def test_a_press_that_hardly_moves_is_a_tap(qtbot, phone_with):
    phone = phone_with(THREE)
    with qtbot.waitSignal(phone.tapped):
        drag(qtbot, button(phone, "tap.Buy"), -3)
    assert scrolled(phone) == 0


def wheel(widget, across: int, down: int, keys=Qt.KeyboardModifier.NoModifier) -> None:
    """A turn of the wheel goes to who is pointed at, and up from there until somebody takes it."""
    place = widget.mapToGlobal(widget.rect().center())
    while widget is not None:
        event = QWheelEvent(
            widget.mapFromGlobal(place).toPointF(),
            place.toPointF(),
            QPoint(),
            QPoint(across, down),
            Qt.MouseButton.NoButton,
            keys,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        taken = QApplication.sendEvent(widget, event) and event.isAccepted()
        widget = None if taken else widget.parentWidget()


@pytest.mark.parametrize(
    "turn",
    [(-240, 0, Qt.KeyboardModifier.NoModifier), (0, -240, Qt.KeyboardModifier.ShiftModifier)],
)
def test_the_wheel_turned_sideways_or_with_shift_scrolls_a_carousel(phone_with, turn):
    phone = phone_with(THREE)
    wheel(phone.parts[0].tappables()[0].parentWidget(), *turn)
    assert scrolled(phone) > 0


def test_the_wheel_over_a_carousel_scrolls_the_conversation(phone_with):
    phone = phone_with(EVERYTHING)
    carousel = next(part for part in phone.parts if isinstance(part.bubble, Carousel))
    before = vertical(phone).value()
    wheel(carousel.tappables()[0].parentWidget(), 0, -240)
    assert vertical(phone).value() > before
