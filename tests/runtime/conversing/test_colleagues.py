"""While a colleague answers by hand, the bot says nothing in that conversation."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from otn_studio.blocks.logic.wait import Wait
from otn_studio.runtime.broadcasting.announcing import announce_text, people
from otn_studio.storage.tables import permission
from tests.interpreter.flows import ASKING, TOPIC, flow, keyword, says
from tests.runtime.far_end import PAGE
from tests.runtime.permissions import recurring

GREETING = flow({"s": keyword("hi"), "m": says("Hello")}, "s.next > m", id="greeting")
WAITS = flow(
    {"s": keyword("wait"), "w": Wait(for_="30 minutes"), "m": says("Still there?")},
    "s.next > w",
    "w.next > m",
    id="waits",
)


@pytest.fixture
def shop(shop):
    shop.publish(GREETING, WAITS)
    return shop


def answers(shop, **more) -> None:
    """A colleague answers Ann, from the Page's inbox."""
    message = {"mid": shop._mid(), "is_echo": True, "app_id": 26390203743090, "text": "Bea here"}
    shop.arrives("echo", {"message": message | more})


def test_what_the_person_writes_is_left_to_the_colleague_for_a_while(shop):
    shop.write("hello?")
    answers(shop)
    shop.advance(minutes=59)
    shop.write("hi")
    shop.write("hi", "bob")
    assert shop.far_end.texts() == ["Hello"], "to Bob"
    assert "Left to the colleague who answers by hand" in shop.notes()
    assert sum("keeps quiet until" in note for note in shop.notes()) == 1
    shop.advance(minutes=1)
    shop.write("hi")
    assert shop.far_end.texts() == ["Hello"]


def test_every_answer_begins_the_quiet_anew(shop):
    shop.write("hello?")
    for _ in range(3):
        answers(shop)
        shop.advance(minutes=40)
    shop.write("hi")
    assert shop.far_end.texts() == []


def test_an_answer_that_is_told_of_late_counts_from_when_it_was_given(shop):
    shop.write("hello?")
    told = {"message": {"mid": "late", "is_echo": True, "text": "Hi"}}
    shop.arrives("echo", told, at=shop.clock.now() - timedelta(minutes=61))
    shop.write("hi")
    assert shop.far_end.texts() == ["Hello"]


def test_our_own_echo_keeps_nobody_quiet(shop):
    shop.write("hi")
    answers(shop, metadata=shop.far_end.calls[0]["message"]["metadata"])
    shop.write("hi")
    assert shop.far_end.texts() == ["Hello", "Hello"]


def test_how_long_is_settable_and_nothing_switches_it_off(shop):
    shop.engine.stop()
    shop.page = replace(shop.page, quiet_after_colleague=timedelta(0))
    shop.start()
    shop.ring()
    shop.wait_until(lambda: "greeting" in shop.engine.health()["flows"])
    shop.write("hello?")
    answers(shop)
    shop.write("hi")
    assert shop.far_end.texts() == ["Hello"]


def test_what_falls_due_meanwhile_waits_and_goes_once_the_quiet_is_over(shop):
    shop.write("wait")
    shop.advance(minutes=10)
    answers(shop)
    shop.advance(minutes=30)
    assert shop.far_end.texts() == []
    assert shop.sends() == [("due", "quiet")]
    shop.advance(minutes=30)
    assert shop.far_end.texts() == ["Still there?"]
    assert shop.sends() == [("sent", None)]


def test_what_is_too_late_when_the_quiet_is_over_is_not_sent(shop):
    shop.write("wait")
    for _ in range(25):
        answers(shop)
        shop.advance(minutes=59)
    shop.advance(hours=2)
    assert shop.far_end.texts() == []
    assert shop.sends() == [("failed", "too_late")]


def test_an_announcement_waits_too_and_a_yes_is_kept(shop):
    shop.publish(ASKING)
    shop.write("restock")
    answers(shop)
    shop.far_end.texts()
    shop.opts_in("t-1")
    assert people(shop.database, PAGE, TOPIC, shop.clock.now()) == 1
    announce_text(shop.database, PAGE, TOPIC, "It is back", shop.clock.now())
    shop.settle()
    assert shop.far_end.texts() == []
    shop.advance(hours=1)
    assert "It is back" in shop.far_end.texts()


def test_stopping_by_words_works_all_the_same(shop):
    recurring.say_yes(shop)
    answers(shop)
    shop.far_end.texts()
    shop.write("stop")
    assert shop.far_end.texts() == ["Which messages do you want to stop?"]
    shop.arrives("message", {"message": {"quick_reply": {"payload": "otn1stop|"}}})
    assert shop.far_end.texts() == ["Done. You get no more of these messages."]
    with shop.database.reading() as connection:
        stopped = select(func.count()).where(permission.c.stopped_at.is_not(None))
        assert connection.scalar(stopped) == 1


def test_the_hand_over_ends_the_quiet_at_once(shop):
    shop.write("wait")
    answers(shop)
    shop.advance(minutes=30)
    shop.arrives("handover", {"pass_thread_control": {"new_owner_app_id": "2"}})
    assert shop.far_end.texts() == ["Still there?"]
    shop.write("hi")
    assert shop.far_end.texts() == ["Hello"]
    assert "The conversation was handed over to the bot" in shop.notes()
