"""Sent, delivered, read: the mark below the person's last words."""

import pytest

from otn_studio.studio.phone.bubbles import Dots, Line, OptIn, Replies, Said
from otn_studio.studio.phone.reach import Reach, Reached, with_reach

HELLO = Said(text="Hello", by_person=True)
ANSWER = Said(text="Hi!")


def marks(*bubbles):
    return [(n, b.reach) for n, b in enumerate(with_reach(bubbles)) if isinstance(b, Reached)]


def test_where_the_person_has_said_nothing_there_is_no_mark():
    assert marks(Line(text="TODAY 9:00"), ANSWER) == []


def test_words_on_their_way_are_sent():
    assert marks(ANSWER, Said(text="Hello", by_person=True, pending=True)) == [(2, Reach.SENT)]


def test_words_with_the_page_are_delivered():
    assert marks(HELLO, Line(text="You can write freely for 24 hours")) == [(1, Reach.DELIVERED)]


@pytest.mark.parametrize("answer", [ANSWER, Dots(), OptIn(title="Tell me")])
def test_what_the_page_answers_it_has_read(answer):
    assert marks(HELLO, answer, Replies(titles=("Yes",))) == [(1, Reach.READ)]


def test_only_the_last_words_have_a_mark():
    assert marks(HELLO, ANSWER, HELLO) == [(3, Reach.DELIVERED)]


def test_the_phone_says_it_below_the_words(phone_with):
    phone = phone_with((HELLO, ANSWER, HELLO))
    assert phone.parts[-1].accessibleName() == "Delivered"
    said, mark = phone.parts[-2].geometry(), phone.parts[-1].geometry()
    assert mark.top() > said.bottom()
    assert mark.right() == said.right()
    phone.show_bubbles((HELLO, ANSWER, HELLO, ANSWER))
    assert phone.parts[-2].accessibleName() == "Read"


def test_each_mark_looks_different(phone_with):
    looks = []
    for bubbles in ((Said(text="Hello", by_person=True, pending=True),), (HELLO,), (HELLO, ANSWER)):
        part = phone_with(bubbles).parts[1]
        sign = part.rect().adjusted(part.width() - 14, 0, 0, 0)
        looks.append(part.grab(sign).toImage())
    assert looks[0] != looks[1] != looks[2] != looks[0]


def test_a_phone_that_only_shows_has_no_marks(phone_with):
    assert len(phone_with((HELLO, ANSWER), live=False).parts) == 2
