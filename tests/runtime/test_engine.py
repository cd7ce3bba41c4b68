import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from otn_studio.blocks.logic.wait import Wait
from otn_studio.messenger.graph import NotReached
from otn_studio.runtime.broadcasting.announcing import announce_flow, announce_text, people
from otn_studio.runtime.sending.pacing import Room
from otn_studio.runtime.turns import Turns
from otn_studio.storage import versions
from otn_studio.storage.tables import contact, permission
from tests.interpreter.flows import ASKING, TOPIC, flow, keyword, says
from tests.runtime.far_end import PAGE, PATIENCE, lost, refused, webhook

GREETING = flow({"s": keyword("hi"), "m": says("Hello")}, "s.next > m", id="greeting")


def held(shop) -> int:
    return people(shop.database, PAGE, TOPIC, shop.clock.now())


def announce(shop, text: str = "It is back") -> int:
    count = announce_text(shop.database, PAGE, TOPIC, text, shop.clock.now())
    shop.settle()
    return count


def say_yes(shop, token: str = "t-1", person: str = "ann") -> None:
    shop.publish(ASKING)
    shop.write("restock", person)
    shop.opts_in(token, person)
    shop.far_end.texts()


def test_a_keyword_is_answered_in_the_conversation(shop):
    shop.publish(GREETING)
    shop.write("hi")
    (call,) = shop.far_end.calls
    assert call["recipient"] == {"id": "ann"}
    assert call["messaging_type"] == "RESPONSE"
    assert call["message"]["text"] == "Hello"
    assert shop.sends() == [("sent", None)]


def test_what_is_published_is_taken_up_without_a_restart(shop):
    shop.publish(GREETING)
    shop.write("hi")
    shop.publish(replace(GREETING, blocks={**GREETING.blocks, "m": says("Hello again")}))
    shop.wait_until(lambda: shop.engine.health()["flows"]["greeting"] == 2)
    shop.write("hi")
    assert shop.far_end.texts() == ["Hello", "Hello again"]


def test_the_same_webhook_twice_does_nothing_twice(shop):
    shop.publish(GREETING)
    for _ in range(3):
        shop.arrives("message", {"message": {"mid": "x", "text": "hi"}}, key="same")
    assert shop.far_end.texts() == ["Hello"]


def test_events_are_read_in_the_order_of_their_times(shop):
    echo_flow = flow(
        {"a": keyword("one"), "b": keyword("two"), "ma": says("1"), "mb": says("2")},
        "a.next > ma",
        "b.next > mb",
    )
    shop.publish(echo_flow)
    later, earlier = shop.clock.now(), shop.clock.now() - timedelta(seconds=5)
    bodies = [({"message": {"text": "two"}}, later), ({"message": {"text": "one"}}, earlier)]
    batch = [
        webhook("message", body, "ann", at, f"k{index}") for index, (body, at) in enumerate(bodies)
    ]
    shop.engine.take(batch).result()
    shop.settle()
    assert shop.far_end.texts() == ["1", "2"]


def test_a_yes_is_kept_and_used_once_days_later(shop):
    say_yes(shop)
    assert held(shop) == 1
    shop.advance(days=3)
    assert announce(shop) == 1
    (call,) = shop.far_end.calls
    assert call["recipient"] == {"one_time_notif_token": "t-1"}
    assert "messaging_type" not in call
    assert held(shop) == 0
    assert announce(shop) == 0
    assert len(shop.far_end.calls) == 1


def test_the_same_yes_told_twice_is_one_permission(shop):
    say_yes(shop)
    shop.opts_in("t-1")
    assert held(shop) == 1
    assert shop.far_end.texts() == []


def test_an_announced_flow_spends_the_oldest_permission(shop):
    say_yes(shop, "older")
    shop.advance(days=1)
    shop.opts_in("newer")
    shop.far_end.texts()
    announce_flow(shop.database, PAGE, TOPIC, ASKING.id, shop.clock.now())
    shop.settle()
    (call,) = shop.far_end.calls
    assert call["recipient"] == {"one_time_notif_token": "older"}
    assert held(shop) == 1


def test_a_permission_is_of_no_use_after_a_year(shop):
    say_yes(shop)
    shop.advance(days=365, seconds=-1)
    assert held(shop) == 1
    shop.advance(seconds=1)
    assert held(shop) == 0
    assert announce(shop) == 0


def test_a_yes_to_a_card_of_nobody_we_know_is_kept_all_the_same(shop):
    say_yes(shop)
    shop.opts_in("foreign", reply="SOMEBODY_ELSES_CARD")
    with shop.database.reading() as connection:
        tokens = connection.scalars(select(permission.c.token)).all()
    assert sorted(tokens) == ["foreign", "t-1"]
    assert held(shop) == 1


def test_a_message_waits_for_its_time_and_is_judged_again(shop):
    waits = flow(
        {"s": keyword("hi"), "w": Wait(for_="23 hours"), "m": says("Still here")},
        "s.next > w",
        "w.next > m",
    )
    shop.publish(waits)
    shop.write("hi")
    shop.advance(hours=22, minutes=59)
    assert shop.far_end.texts() == []
    shop.advance(minutes=1)
    assert shop.far_end.texts() == ["Still here"]


def test_after_the_24_hours_nothing_is_sent_and_the_way_out_is_taken(shop):
    waits = flow(
        {"s": keyword("hi"), "w": Wait(for_="24 hours"), "m": says("Too late"), "n": says("Never")},
        "s.next > w",
        "w.next > m",
        "m.next > n",
    )
    shop.publish(waits)
    shop.write("hi")
    shop.advance(hours=24)
    assert shop.far_end.texts() == []
    assert "Not sent: the 24 hours since the person last wrote were over" in shop.notes()


def test_a_message_that_was_held_up_is_judged_again_before_it_goes(shop):
    shop.publish(GREETING)
    shop.far_end.will_answer(refused(613))
    shop.write("hi")
    shop.advance(hours=25)
    assert shop.far_end.texts() == ["Hello"]
    assert shop.sends() == [("failed", "too_late")]


def test_a_rate_limit_is_waited_out(shop):
    shop.publish(GREETING)
    shop.far_end.will_answer(refused(613, retry_after=60))
    shop.write("hi")
    shop.advance(seconds=59)
    assert shop.sends() == [("due", None)]
    shop.advance(seconds=2)
    assert shop.sends() == [("sent", None)]


def test_a_call_that_never_went_out_is_made_again(shop):
    shop.publish(GREETING)
    shop.far_end.will_answer(NotReached("no network"))
    shop.write("hi")
    shop.advance(minutes=10)
    assert shop.far_end.texts() == ["Hello", "Hello"]
    assert shop.sends() == [("sent", None)]


def test_an_unanswered_message_is_unknown_and_never_repeated(shop):
    shop.publish(GREETING)
    shop.far_end.will_answer(lost())
    shop.write("hi")
    shop.advance(days=2)
    assert shop.far_end.texts() == ["Hello"]
    assert shop.sends() == [("unknown", None)]


def test_an_echo_settles_an_unanswered_message(shop):
    shop.publish(GREETING)
    shop.far_end.will_answer(lost())
    shop.write("hi")
    metadata = shop.far_end.calls[0]["message"]["metadata"]
    shop.arrives("echo", {"message": {"mid": "m", "is_echo": True, "metadata": metadata}})
    assert shop.sends() == [("sent", None)]


def test_an_unanswered_permission_is_tried_again_until_messenger_says_it_was_used(shop):
    say_yes(shop)
    shop.far_end.will_answer(lost(), refused(613), refused(100))
    announce(shop)
    assert shop.sends()[-1] == ("unknown", None)
    for _ in range(3):
        shop.advance(minutes=10)
    assert shop.far_end.texts() == ["It is back"] * 3
    assert shop.sends()[-1] == ("sent", "presumed")
    assert held(shop) == 0


def test_an_unanswered_permission_that_was_not_used_is_delivered_in_the_end(shop):
    say_yes(shop)
    shop.far_end.will_answer(lost())
    announce(shop)
    shop.advance(minutes=10)
    assert shop.sends()[-1] == ("sent", None)


def test_an_unanswered_permission_of_somebody_who_then_left_stays_unknown(shop):
    """They may have got the message before they left."""
    say_yes(shop)
    shop.far_end.will_answer(lost(), refused(551))
    announce(shop)
    shop.advance(minutes=10)
    assert shop.sends()[-1] == ("unknown", None)
    assert len(shop.far_end.texts()) == 2
    shop.write("hello, I am back")
    assert held(shop) == 0


def test_a_permission_that_messenger_does_not_know_is_gone(shop):
    say_yes(shop)
    shop.far_end.will_answer(refused(100))
    announce(shop)
    assert shop.sends()[-1] == ("failed", "refused")
    assert held(shop) == 0


def test_somebody_who_left_keeps_their_permission_until_they_are_back(shop):
    say_yes(shop)
    shop.far_end.will_answer(refused(551))
    announce(shop)
    assert shop.sends()[-1] == ("failed", "unreachable")
    assert held(shop) == 0
    shop.write("hello, I am back")
    assert held(shop) == 1


def test_one_message_that_fails_takes_the_rest_of_its_block_with_it(shop):
    three = flow({"s": keyword("hi"), "m": says("1", "2", "3")}, "s.next > m")
    shop.publish(three)
    shop.far_end.will_answer(refused(100))
    shop.write("hi")
    assert shop.far_end.texts() == ["1"]
    assert shop.sends() == [("failed", "refused")] + [("failed", "earlier_failed")] * 2
    assert "Not sent: Messenger did not take it" in shop.notes()


def test_messages_to_one_person_keep_their_order_whatever_happens(shop):
    three = flow({"s": keyword("hi"), "m": says("1", "2", "3")}, "s.next > m")
    shop.publish(three)
    shop.far_end.will_answer(refused(613), refused(2))
    shop.write("hi")
    for _ in range(4):
        shop.advance(minutes=10)
    assert shop.far_end.texts() == ["1", "1", "1", "2", "3"]


def test_a_message_that_fails_before_it_goes_lets_the_next_one_go_at_once(shop):
    say_yes(shop, "dies soon")
    shop.advance(days=1)
    shop.opts_in("lives on")
    shop.engine.stop()
    for _ in range(2):
        announce_text(shop.database, PAGE, TOPIC, "It is back", shop.clock.now())
    turns = Turns(shop.database, shop.page, shop.far_end, shop.clock)
    turns.begin()
    for _ in range(3):
        turns.take(Room(0, 0, 0, 0, 0, 0))
    shop.clock.advance(days=364, hours=1)
    turns.take(Room(2, 1, 2, 2, 2, 2))
    turns.end()
    assert shop.sends()[-2:] == [("failed", "expired"), ("sending", None)]
    shop.start()


def test_a_stopped_page_keeps_everything_and_goes_on_after_a_new_start(shop):
    shop.publish(GREETING)
    shop.far_end.will_answer(refused(190))
    shop.write("hi")
    shop.write("hi", "bob")
    assert shop.far_end.texts() == ["Hello"]
    assert shop.engine.health()["stopped_why"] == "said Messenger"
    shop.engine.stop()
    shop.start()
    shop.advance(minutes=10)
    assert sorted(shop.sends()) == [("sent", None), ("sent", None)]


def test_what_was_being_sent_when_the_engine_died_is_unknown(shop):
    shop.publish(GREETING)
    died = threading.Event()
    entered = threading.Event()

    def hang(page_id, body):
        entered.set()
        died.wait(10)
        return lost()

    shop.far_end.send = hang
    shop.arrives("message", {"message": {"mid": "m", "text": "hi"}}, settle=False)
    assert entered.wait(10)
    assert shop.sends() == [("sending", None)]
    died.set()
    shop.settle()
    assert shop.sends() == [("unknown", None)]


def test_a_jump_of_the_clock_is_noticed_without_being_told(shop):
    waits = flow(
        {"s": keyword("hi"), "w": Wait(for_="20 hours"), "m": says("There")},
        "s.next > w",
        "w.next > m",
    )
    shop.publish(waits)
    shop.write("hi")
    shop.clock.advance(hours=20)
    shop.wait_until(lambda: shop.sends() == [("sent", None)])


@pytest.mark.parametrize("kind", ["message", "postback", "optin", "referral", "reaction"])
def test_whoever_acts_becomes_a_contact(shop, kind):
    shop.arrives(kind, {kind: {}}, person="zoe")
    with shop.database.reading() as connection:
        assert connection.scalars(select(contact.c.person_id)).all() == ["zoe"]


def test_an_opt_in_does_not_open_the_window(shop):
    say_yes(shop)
    with shop.database.reading() as connection:
        before = connection.scalar(select(contact.c.last_action_at))
    shop.advance(hours=23)
    shop.opts_in("t-2")
    with shop.database.reading() as connection:
        assert connection.scalar(select(contact.c.last_action_at)) == before


def test_a_flow_that_cannot_be_read_any_more_keeps_no_other_from_running(shop):
    with shop.database.writing() as connection:
        versions.publish(connection, PAGE, "lost", "Lost", '{"format": "lost"}', shop.clock.now())
    shop.publish(GREETING)
    shop.write("hi")
    assert shop.far_end.texts() == ["Hello"]


def test_many_webhooks_at_once_are_all_answered(shop):
    shop.publish(GREETING)
    now = shop.clock.now()
    stored = [
        shop.engine.take([webhook("message", {"message": {"text": "hi"}}, f"p{n}", now, f"k{n}")])
        for n in range(1_200)
    ]
    for future in stored:
        future.result(PATIENCE)
    shop.settle()
    assert len(shop.sends()) == 1_200
