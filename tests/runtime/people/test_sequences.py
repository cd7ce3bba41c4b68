"""A sequence sends at each person's next permitted time, once to each, until they are taken off."""

import pytest

from otn_studio.blocks.actions.add_to_sequence import AddToSequence
from otn_studio.blocks.actions.remove_from_sequence import RemoveFromSequence
from otn_studio.blocks.logic.wait_for_permission import WaitForPermission
from otn_studio.blocks.start.joined import Joined
from otn_studio.blocks.words import Problem
from otn_studio.policy.calendar import Frequency
from otn_studio.runtime.people import sequences
from tests.interpreter.flows import keyword, says
from tests.runtime.far_end import PAGE
from tests.runtime.permissions.recurring import NEWS, asks_for_news, opts_in, weekly

COURSE = weekly(
    {
        "in": Joined(),
        "one": says("Lesson 1", by_topic=NEWS),
        "wait": WaitForPermission(topic=NEWS),
        "two": says("Lesson 2", by_topic=NEWS),
        "again": WaitForPermission(topic=NEWS),
        "three": says("Lesson 3", by_topic=NEWS),
        "gone": says("Not sent"),
    },
    "in.next > one",
    "one.next > wait",
    "wait.next > two",
    "two.next > again",
    "two.could_not_send > gone",
    "again.next > three",
    "three.could_not_send > gone",
    frequency=Frequency.DAILY,
    id="course",
)
ASKING = weekly(
    {
        "start": keyword("course"),
        "ask": asks_for_news(),
        "add": AddToSequence(sequence="course"),
        "end": keyword("enough"),
        "off": RemoveFromSequence(sequence="course"),
    },
    "start.next > ask",
    "ask.card.opted_in > add",
    "end.next > off",
    frequency=Frequency.DAILY,
    id="asking",
)


def begin(shop) -> None:
    shop.publish(COURSE, ASKING)
    shop.write("course")
    opts_in(shop, notification_messages_frequency="DAILY")


def lessons(shop) -> list[str]:
    return [text for text in shop.far_end.texts() if text.startswith("Lesson")]


def test_each_step_comes_at_the_next_permitted_time(shop):
    begin(shop)
    assert lessons(shop) == ["Lesson 1"]
    shop.advance(hours=1)
    assert lessons(shop) == []
    shop.advance(days=1)
    assert lessons(shop) == ["Lesson 2"]
    shop.advance(days=1)
    assert lessons(shop) == ["Lesson 3"]


def test_nobody_is_on_a_sequence_twice(shop):
    begin(shop)
    shop.write("course")
    opts_in(shop, notification_messages_frequency="DAILY")
    assert lessons(shop) == ["Lesson 1"]
    shop.advance(days=1)
    assert lessons(shop) == ["Lesson 2"]


def test_people_are_put_on_and_taken_off_by_hand(shop):
    begin(shop)
    shop.write("enough")
    assert lessons(shop) == ["Lesson 1"]
    assert [(s.flow.id, s.messages, s.people) for s in told(shop)] == [("course", 4, 0)]
    shop.advance(days=1)
    assert sequences.put_on(shop.database, PAGE, "course", None, shop.clock.now()) == 1
    shop.settle()
    assert lessons(shop) == ["Lesson 1"]
    assert [sequence.people for sequence in told(shop)] == [1]
    assert sequences.take_off(shop.database, PAGE, "course", shop.clock.now()) == 1
    shop.settle()
    shop.advance(days=2)
    assert lessons(shop) == []
    assert [sequence.people for sequence in told(shop)] == [0]


def test_a_sequence_that_is_not_live_is_refused_in_a_sentence(shop):
    with pytest.raises(Problem, match="not live any more"):
        sequences.put_on(shop.database, PAGE, "gone", None, shop.clock.now())


def told(shop) -> list[sequences.Sequence]:
    return sequences.listed(shop.database, PAGE)


def test_who_is_taken_off_gets_nothing_more(shop):
    begin(shop)
    shop.write("enough")
    assert lessons(shop) == ["Lesson 1"]
    shop.advance(days=3)
    assert lessons(shop) == []
