"""A Page whose messages Messenger does not take: nothing is lost, and little is tried in vain."""

import pytest

from otn_studio.messenger.graph import NotReached
from otn_studio.runtime.sending import stops
from otn_studio.storage import pages
from otn_studio.storage.pages import RESTORED, Stop
from tests.interpreter.flows import flow, keyword, says
from tests.runtime.far_end import PAGE, refused

GREETING = flow({"s": keyword("hi"), "m": says("Hello")}, "s.next > m", id="greeting")
BAD_TOKEN = refused(190)
PEOPLE = tuple(f"p{number}" for number in range(5))


def kind(shop) -> str | None:
    return shop.engine.health()["stopped_kind"]


def tells(shop, action: str, key: str | None = None, name: str = "policy_enforcement", **when):
    body = {name: {"action": action, "reason": "Bad words"}}
    shop.arrives("policy", body, person="", key=key, **when)


@pytest.mark.parametrize(
    ("answer", "stopped"), [(BAD_TOKEN, "token"), (refused(10, 1404170), "restricted")]
)
def test_little_is_tried_while_the_page_is_stopped(shop, answer, stopped):
    shop.publish(GREETING)
    shop.far_end.will_answer(*[answer] * 200)
    for person in PEOPLE:
        shop.write("hi", person)
    assert kind(shop) == stopped
    shop.far_end.texts()
    for _ in range(23):
        shop.advance(hours=1)
    assert 20 <= len(shop.far_end.texts()) <= 30
    assert shop.sends() == [("due", None)] * len(PEOPLE)


def test_a_page_that_was_put_right_goes_on_by_itself(shop):
    shop.publish(GREETING)
    shop.far_end.will_answer(BAD_TOKEN, BAD_TOKEN)
    for person in PEOPLE:
        shop.write("hi", person)
    shop.advance(minutes=1)
    assert kind(shop) == "token"
    shop.advance(minutes=2)
    shop.advance(minutes=5)
    assert kind(shop) is None
    assert shop.sends() == [("sent", None)] * len(PEOPLE)


def test_a_new_start_tries_one_message_at_once_and_goes_on_if_it_is_taken(shop):
    shop.publish(GREETING)
    shop.far_end.will_answer(BAD_TOKEN)
    for person in PEOPLE:
        shop.write("hi", person)
    shop.engine.stop()
    shop.far_end.texts()
    shop.far_end.will_answer(BAD_TOKEN)
    shop.start()
    shop.wait_until(lambda: bool(shop.far_end.calls) and kind(shop) == "token")
    assert len(shop.far_end.texts()) == 1
    shop.engine.stop()
    shop.start()
    shop.ring()
    shop.wait_until(lambda: kind(shop) is None)
    shop.advance(minutes=5)
    assert shop.sends() == [("sent", None)] * len(PEOPLE)


def test_what_is_too_late_when_the_page_goes_on_fails_with_its_reason(shop):
    shop.publish(GREETING)
    shop.far_end.will_answer(*[BAD_TOKEN] * 5)
    shop.write("hi", "early")
    shop.advance(hours=24)
    shop.write("hi", "late")
    for _ in range(5):
        shop.advance(hours=1)
    assert shop.sends() == [("failed", "too_late"), ("sent", None)]


@pytest.mark.parametrize("name", ["policy_enforcement", "policy-enforcement"])
def test_a_blocked_page_waits_for_messenger_to_lift_the_block(shop, name):
    shop.publish(GREETING)
    tells(shop, "block", name=name)
    shop.write("hi")
    for _ in range(3):
        shop.advance(hours=3)
    assert kind(shop) == "policy"
    assert shop.engine.health()["stopped_why"] == "Bad words"
    assert shop.far_end.texts() == []
    shop.engine.stop()
    shop.start()
    assert kind(shop) == "policy"
    tells(shop, "unblock", name=name)
    assert kind(shop) is None
    assert shop.far_end.texts() == ["Hello"]


def test_a_block_that_is_told_twice_or_of_late_blocks_once(shop):
    blocked_at = shop.clock.now()
    tells(shop, "block", key="k1")
    shop.advance(minutes=10)
    tells(shop, "unblock")
    tells(shop, "block", key="k1", at=blocked_at)
    tells(shop, "block", key="k2", at=blocked_at)
    assert kind(shop) is None


def test_a_warning_stops_nothing(shop):
    tells(shop, "warning")
    assert kind(shop) is None


def test_after_a_backup_was_restored_only_the_person_lets_it_go_on(shop):
    shop.publish(GREETING)
    with shop.database.writing() as connection:
        pages.set_stop(connection, PAGE, Stop(RESTORED))
    shop.write("hi")
    tells(shop, "block")
    tells(shop, "unblock")
    shop.engine.stop()
    shop.start()
    shop.advance(hours=5)
    assert kind(shop) == RESTORED
    assert shop.far_end.texts() == []
    with shop.database.writing() as connection:
        stops.resume(connection, PAGE)
    shop.advance(seconds=1)
    assert shop.far_end.texts() == ["Hello"]


def test_a_rate_limit_holds_up_everybody_and_one_message_tries(shop):
    shop.publish(GREETING)
    shop.far_end.will_answer(refused(613, retry_after=60), refused(613), refused(613))
    for person in PEOPLE:
        shop.write("hi", person)
    assert kind(shop) == "busy"
    assert len(shop.far_end.texts()) == 1
    shop.advance(seconds=59)
    assert shop.far_end.texts() == []
    shop.advance(seconds=2)
    assert len(shop.far_end.texts()) == 1
    shop.advance(minutes=5)
    assert len(shop.far_end.texts()) == 1
    shop.advance(minutes=10)
    assert shop.sends() == [("sent", None)] * len(PEOPLE)


def test_without_a_network_only_one_message_at_a_time_is_tried(shop):
    shop.publish(GREETING)
    shop.far_end.will_answer(*[NotReached("no network")] * 30)
    for person in PEOPLE:
        shop.write("hi", person)
    for _ in range(4):
        shop.advance(minutes=5)
    assert len(shop.far_end.texts()) <= 6
    for _ in range(40):
        shop.advance(minutes=5)
    assert shop.sends() == [("sent", None)] * len(PEOPLE)


def test_a_worse_reason_is_not_forgotten_for_a_lesser_one(shop):
    with shop.database.writing() as connection:
        for id, answer in enumerate((refused(613), BAD_TOKEN, refused(613), NotReached("no"))):
            stops.learn(connection, PAGE, [(id, answer)], shop.clock.now())
        stop = pages.stop(connection, PAGE)
    assert stop is not None
    assert stop.kind == "token"
