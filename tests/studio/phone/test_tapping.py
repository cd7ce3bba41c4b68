"""What can be tapped on the phone, by hand and from the keyboard."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from otn_studio.studio.phone.bubbles import Button, Buttons, Carousel, OptIn, Picture
from tests.studio.phone.everything import EVERYTHING, button


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
