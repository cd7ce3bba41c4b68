"""Asking for a lasting permission: with what the topic says, and not too often."""

from datetime import timedelta

from otn_studio.policy.profiles import PROFILES, RequestBudget, Rules
from tests.interpreter.flows import keyword
from tests.runtime.conftest import ONE_MACHINE
from tests.runtime.far_end import refused
from tests.runtime.permissions.recurring import (
    ASKING,
    NEW_YORK,
    QUIET,
    asks_for_news,
    begin_again,
    card,
    weekly,
)

HOSTS = (ONE_MACHINE,)


def test_a_request_carries_what_the_topic_says(shop):
    begin_again(shop, Rules(zone=NEW_YORK))
    shop.publish(ASKING)
    shop.write("birds")
    asked = card(shop)
    assert asked["notification_messages_frequency"] == "WEEKLY"
    assert asked["notification_messages_reoptin"] == "ENABLED"
    assert asked["notification_messages_timezone"] == "America/New_York"
    assert asked["title"] == "Bird facts?"


def test_the_same_is_asked_once_in_seven_days(shop):
    shop.publish(QUIET)
    shop.write("birds")
    shop.advance(days=6, hours=23)
    shop.write("birds")
    assert shop.far_end.texts() == ["Bird facts?"]
    assert "Not sent: the person was asked the same in the last 7 days" in shop.notes()
    shop.advance(hours=1)
    shop.write("birds")
    assert shop.far_end.texts() == ["Bird facts?"]


def test_two_requests_in_one_go_are_judged_together(shop):
    twice = weekly(
        {"s": keyword("birds"), "a": asks_for_news(), "b": asks_for_news()},
        "s.next > a",
        "a.next > b",
    )
    shop.publish(twice)
    shop.write("birds")
    assert shop.far_end.texts() == ["Bird facts?"]


def test_a_request_that_failed_does_not_count(shop):
    shop.publish(QUIET)
    shop.far_end.will_answer(refused(9, 2018352))
    shop.write("birds")
    assert shop.sends() == [("failed", "request_limit")]
    shop.write("birds")
    assert shop.sends()[-1] == ("sent", None)


def test_a_second_request_that_messenger_refuses_is_final(shop):
    shop.publish(QUIET)
    shop.far_end.will_answer(refused(613, 1893016))
    shop.write("birds")
    shop.advance(days=1)
    assert shop.sends() == [("failed", "request_limit")]


def test_a_budget_of_requests_is_kept(shop):
    begin_again(shop, Rules(budgets=(RequestBudget(1, timedelta(days=30)),)))
    other = weekly({"s": keyword("other"), "a": asks_for_news("Other?")}, "s.next > a", id="other")
    shop.publish(QUIET, other)
    shop.write("birds")
    shop.advance(days=29)
    shop.write("other")
    assert shop.far_end.texts() == ["Bird facts?"]
    shop.advance(days=1)
    shop.write("other")
    assert shop.far_end.texts() == ["Other?"]


def test_a_request_is_judged_again_when_it_goes(shop):
    shop.publish(QUIET)
    shop.far_end.will_answer(refused(613))
    shop.write("birds")
    shop.advance(hours=25)
    assert shop.sends() == [("failed", "too_late")]


def test_nobody_is_asked_for_a_lasting_yes_to_a_one_time_topic(shop):
    wrong = weekly({"s": keyword("birds"), "a": asks_for_news(topic="t1")}, "s.next > a")
    shop.publish(wrong)
    shop.write("birds")
    assert shop.far_end.texts() == []
    assert shop.notes()[-1].startswith("Not sent: the topic is a one-time topic")


def test_where_recurring_notifications_have_ended_nobody_is_asked(shop):
    begin_again(shop, Rules(PROFILES["retired-2026"], country="US"))
    shop.publish(QUIET)
    shop.write("birds")
    assert shop.far_end.texts() == []
