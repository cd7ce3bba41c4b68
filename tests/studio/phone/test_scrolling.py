"""How the phone scrolls: the conversation, quick replies, and cards side by side."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QScrollArea

from otn_studio.studio.phone.bubbles import Carousel, Line, Said
from tests.studio.phone.everything import EVERYTHING, button, vertical


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


def test_the_time_above_the_first_message_is_whole(phone_with):
    first = (Line(text="Today"), Said(text="Hello", highlighted=True))
    many = (*first, *(Said(text=f"Message {n}") for n in range(30)))
    phone = phone_with(many)
    phone.go_to_end()
    phone.show_bubbles(many)
    assert vertical(phone).value() == 0


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


def test_the_ends_of_a_carousel_lie_on_its_pictures_or_where_there_are_none_in_the_middle(
    phone_with,
):
    cards = EVERYTHING[8].cards
    with_pictures, without = (
        phone_with((Carousel(cards=tuple(replace(card, picture=url) for card in cards)),))
        for url in ("https://shop.example/a.jpg", "")
    )
    end, card = button(with_pictures, "cards.on"), with_pictures.parts[0]
    assert 0 < end.height() < card.height() / 2 + 14
    assert button(without, "cards.on").height() == without.parts[0].height()


def test_the_cards_of_a_carousel_are_of_one_height_with_their_buttons_at_the_foot(phone_with):
    phone = phone_with((Carousel(cards=EVERYTHING[8].cards),))
    rows = phone.parts[0].tappables()
    cards = {row.parentWidget() for row in rows}
    assert len({card.height() for card in cards}) == 1
    lowest = {max(row.geometry().bottom() for row in card.tappables()) for card in cards}
    assert lowest == {cards.pop().height() - 1}


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
