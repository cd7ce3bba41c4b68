"""Whoever writes *stop* is asked which topics to stop, and is no longer written to about them."""

import pytest

from otn_studio.runtime.broadcasting.announcing import people
from otn_studio.runtime.conversing.stopping import shorter
from otn_studio.storage.permissions import topics
from tests.interpreter.flows import keyword, says
from tests.runtime.conftest import ONE_MACHINE
from tests.runtime.far_end import PAGE
from tests.runtime.permissions.recurring import NEWS, rows, say_yes, stops, told, weekly

HOSTS = (ONE_MACHINE,)

QUESTION = "Which messages do you want to stop?"
STOPPER = weekly({"s": keyword("stop"), "m": says("A flow of its own")}, "s.next > m", id="stopper")


def offered(shop) -> dict[str, str]:
    """The quick replies of the newest message."""
    replies = shop.far_end.all_calls[-1]["message"]["quick_replies"]
    return {reply["title"]: reply["payload"] for reply in replies}


def taps(shop, title: str, replies: dict[str, str]) -> None:
    message = {"text": title, "quick_reply": {"payload": replies[title]}}
    shop.arrives("message", {"message": message})


def another_topic(shop, id: str, name: str) -> None:
    """Ann says yes to a second topic."""
    with shop.database.writing() as connection:
        topics.add(connection, PAGE, id, name, shop.clock.now(), "weekly")
    told(shop, f"r-{id}", payload=f"otn1|quiet|1|ask|card.opted_in|{id}")


@pytest.mark.parametrize("word", ["stop", "STOP", "  Stop! ", "Arrêter", "стоп", "ＳＴＯＰ"])
def test_a_stop_word_is_answered_before_any_flow_reads_it(shop, word):
    say_yes(shop)
    shop.publish(STOPPER)
    shop.write(word)
    assert shop.far_end.texts() == [QUESTION]
    assert list(offered(shop)) == ["Bird facts", "All"]


def test_without_a_lasting_permission_the_word_is_the_flows(shop):
    shop.publish(STOPPER)
    shop.write("stop")
    assert shop.far_end.texts() == ["A flow of its own"]
    say_yes(shop)
    stops(shop)
    shop.write("stop")
    assert shop.far_end.texts() == ["A flow of its own"]


def test_a_longer_text_is_no_stop_word(shop):
    say_yes(shop)
    shop.write("please don't stop " * 50)
    assert shop.far_end.texts() == []


def test_one_topic_is_stopped_and_the_flows_are_told(shop):
    say_yes(shop)
    another_topic(shop, "cats", "Cats")
    shop.write("stop")
    taps(shop, "Bird facts", offered(shop))
    assert shop.far_end.texts()[-1] == "Done. You get no more messages about “Bird facts”."
    stopped = {row.topic_id: row.stopped_at is not None for row in rows(shop)}
    assert stopped == {NEWS: True, "cats": False}
    assert shop.notes().count("“Listening” started") == 2
    assert people(shop.database, PAGE, NEWS, shop.clock.now()) == 0


def test_all_of_them_are_stopped_at_once_the_unknown_ones_too(shop):
    say_yes(shop)
    another_topic(shop, "cats", "Cats")
    told(shop, "foreign", payload="SOMEBODY_ELSES")
    shop.write("stop")
    replies = offered(shop)
    assert list(replies) == ["Bird facts", "Cats", "All"]
    taps(shop, "All", replies)
    assert shop.far_end.texts()[-1] == "Done. You get no more of these messages."
    assert all(row.stopped_at for row in rows(shop))


def test_no_more_is_offered_than_messenger_shows(shop):
    say_yes(shop)
    for number in range(15):
        another_topic(shop, f"t-{number}", f"Topic with a long name, number {number}")
    shop.write("stop")
    replies = shop.far_end.all_calls[-1]["message"]["quick_replies"]
    assert len(replies) == 13
    assert replies[-1]["title"] == "All"
    assert all(len(reply["title"]) <= 20 for reply in replies)


def test_a_second_tap_is_confirmed_and_tells_nobody(shop):
    say_yes(shop)
    shop.write("stop")
    replies = offered(shop)
    taps(shop, "Bird facts", replies)
    taps(shop, "Bird facts", replies)
    assert shop.notes().count("“Listening” started") == 2


@pytest.mark.parametrize(
    ("title", "shown"),
    [("x" * 20, "x" * 20), ("Nineteen characters and more", "Nineteen characters…")],
)
def test_titles_fit(title, shown):
    assert shorter(title) == shown
