"""How a message by a lasting permission can end, and what that leaves of the permission."""

from otn_studio.policy.profiles import PROFILES, Rules
from tests.interpreter.flows import keyword, says
from tests.runtime.far_end import lost, refused
from tests.runtime.permissions.recurring import (
    NEWS,
    announce,
    asks_for_news,
    begin_again,
    opts_in,
    reached,
    rows,
    say_yes,
    weekly,
)


def test_an_unanswered_message_is_never_repeated_and_counts_as_used(shop):
    say_yes(shop)
    shop.far_end.will_answer(lost())
    announce(shop)
    shop.advance(days=1)
    assert shop.far_end.texts() == ["News!"]
    assert shop.sends()[-1] == ("unknown", None)
    assert reached(shop) == 0
    shop.advance(days=6)
    assert reached(shop) == 1


def test_an_echo_of_an_unanswered_message_does_not_count_twice(shop):
    say_yes(shop)
    shop.far_end.will_answer(lost())
    announce(shop)
    before = rows(shop)
    metadata = shop.far_end.calls[-1]["message"]["metadata"]
    shop.advance(hours=1)
    shop.arrives("echo", {"message": {"mid": "m", "is_echo": True, "metadata": metadata}})
    assert shop.sends()[-1] == ("sent", None)
    assert rows(shop) == before


def test_a_message_that_was_not_taken_leaves_the_permission_as_it_was(shop):
    say_yes(shop)
    shop.far_end.will_answer(refused(551))
    announce(shop)
    shop.write("I am back")
    assert reached(shop) == 1
    assert announce(shop) == 1


def test_a_message_that_comes_too_soon_waits_and_holds_up_no_other(shop):
    say_yes(shop)
    shop.publish(weekly({"s": keyword("hi"), "m": says("Hello")}, "s.next > m", id="hi"))
    shop.far_end.will_answer(refused(4, 2018354))
    announce(shop)
    assert shop.sends()[-1] == ("due", "too_soon")
    shop.write("hi")
    assert shop.far_end.texts() == ["News!", "Hello"]
    assert "the message waits until 2026-11-30 00:00" in "".join(shop.notes())
    shop.advance(days=6)
    assert shop.far_end.texts() == []
    shop.advance(hours=15)
    assert shop.far_end.texts() == ["News!"]
    assert shop.sends()[1] == ("sent", None)


def test_a_permission_that_messenger_does_not_know_has_ended(shop):
    say_yes(shop)
    shop.far_end.will_answer(refused(100))
    announce(shop)
    shop.advance(days=30)
    assert reached(shop) == 0
    opts_in(shop, "r-2")
    assert announce(shop) == 1


def test_a_picture_that_messenger_does_not_take_costs_no_permission(shop):
    say_yes(shop)
    shop.far_end.will_answer(refused(100, 2018008))
    announce(shop)
    assert shop.sends()[-1] == ("failed", "refused")
    assert reached(shop) == 1


def test_where_recurring_notifications_have_ended_nobody_is_reached(shop):
    say_yes(shop)
    begin_again(shop, Rules(PROFILES["retired-2026"], country="US"))
    assert reached(shop) == 0
    begin_again(shop, Rules(PROFILES["retired-2026"], country="DE"))
    assert reached(shop) == 1


def test_what_may_follow_counts_from_when_the_first_may_have_gone_out(shop):
    """Two minutes after it, not after we learnt of it."""
    three = weekly(
        {
            "start": keyword("birds"),
            "ask": asks_for_news(),
            "facts": says("1", "2", by_topic=NEWS),
        },
        "start.next > ask",
        "ask.card.opted_in > facts",
    )
    shop.publish(three)
    shop.write("birds")
    send = shop.far_end.send

    def take_long(page_id, body):
        answer = send(page_id, body)
        shop.clock.advance(minutes=3)
        return answer

    shop.far_end.send = take_long
    opts_in(shop)
    assert shop.far_end.texts() == ["Bird facts?", "1"]
    assert shop.sends()[-1] == ("failed", "too_soon")
