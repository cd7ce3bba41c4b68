"""Bubbles of one sender stand together, with the corners that Messenger gives them."""

from PySide6.QtCore import QPoint

from otn_studio.studio.phone.bubbles import Line, OptIn, Said

PAGE = Said(text="One\nTwo")
PERSON = Said(text="One\nTwo", by_person=True)
INSET = 3
"""Inside of a tight corner, outside of a round one."""


def filled(phone, number: int) -> str:
    """Which corners of a bubble are filled almost to their tips, clockwise from the top left."""
    part = phone.parts[number]
    picture = part.grab().toImage()
    middle = picture.pixelColor(part.width() // 2, INSET)
    right, foot = part.width() - 1 - INSET, part.height() - 1 - INSET
    tips = {"a": (INSET, INSET), "b": (right, INSET), "c": (right, foot), "d": (INSET, foot)}
    return "".join(name for name, tip in tips.items() if picture.pixelColor(*tip) == middle)


def test_a_bubble_that_stands_alone_is_round(phone_with):
    phone = phone_with((PAGE, Line(text="Later"), PAGE), live=False)
    assert [filled(phone, 0), filled(phone, 2)] == ["", ""]


def test_bubbles_of_the_page_are_tight_at_the_left_towards_each_other(phone_with):
    phone = phone_with((PAGE, PAGE, PAGE), live=False)
    assert [filled(phone, number) for number in range(3)] == ["d", "ad", "a"]


def test_bubbles_of_the_person_are_tight_at_the_right(phone_with):
    phone = phone_with((PERSON, PERSON), live=False)
    assert [filled(phone, number) for number in range(2)] == ["c", "b"]


def test_who_speaks_next_begins_a_new_group(phone_with):
    phone = phone_with((PAGE, PERSON, PAGE), live=False)
    assert [filled(phone, number) for number in range(3)] == ["", "", ""]


def test_a_bubble_changes_its_corners_when_another_follows(phone_with):
    phone = phone_with((PAGE,), live=False)
    assert filled(phone, 0) == ""
    phone.show_bubbles((PAGE, OptIn(title="Tell me")))
    assert filled(phone, 0) == "d"


def test_bubbles_of_one_sender_stand_closer_than_others(phone_with):
    phone = phone_with((PAGE, PAGE, PERSON), live=False)
    first, second, third = (part.geometry() for part in phone.parts)
    assert second.top() - first.bottom() < third.top() - second.bottom()


def test_the_page_s_picture_stands_beside_the_last_of_a_group_only(phone_with, theme):
    phone = phone_with((PAGE, PAGE), live=False)
    picture = phone.grab().toImage()
    soft = theme.roles.color("accent_soft")

    def has_picture(part) -> bool:
        beside = part.mapTo(phone, QPoint(-22, part.height() - 6))
        return picture.pixelColor(beside) == soft

    assert [has_picture(part) for part in phone.parts] == [False, True]
