"""Recurring notifications through the engine: asked, kept, used by the calendar, renewed, stopped."""

from datetime import UTC, datetime, timedelta

import pytest

from otn_studio.policy.calendar import Frequency
from otn_studio.policy.profiles import PROFILES, RequestBudget, Rules
from otn_studio.runtime.announcing import announce_flow, announce_text, people
from otn_studio.runtime.page import Page
from tests.interpreter.flows import keyword, says
from tests.runtime.far_end import PAGE, lost, refused
from tests.runtime.recurring import (
    ASKING,
    NEW_YORK,
    NEWS,
    QUIET,
    asks_for_news,
    at,
    card,
    opts_in,
    resumes,
    rows,
    say_yes,
    stops,
    told,
    weekly,
)

FACT = "Owls can't move their eyes"


def reached(shop) -> int:
    return people(shop.database, PAGE, NEWS, shop.clock.now())


def announce(shop, text: str = "News!") -> int:
    count = announce_text(shop.database, PAGE, NEWS, text, shop.clock.now())
    shop.ring()
    shop.settle()
    return count


def begin_again(shop, rules: Rules) -> None:
    """A new start of the engine, by other rules."""
    shop.engine.stop()
    shop.page = Page(PAGE, rules)
    shop.start()


def move_to(shop, instant: datetime) -> None:
    shop.advance(seconds=(instant - shop.clock.now()).total_seconds())


# Asking


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


# The calendar


def test_the_manuals_example_monday_5_pm_then_the_next_monday_from_midnight(shop):
    """Sent on Monday May 23 at 5 pm: the next from Monday May 30, 0:00, in the Page's time zone."""
    begin_again(shop, Rules(zone=NEW_YORK))
    move_to(shop, at("2027-05-24T10:00"))
    say_yes(shop)
    move_to(shop, at("2027-05-24T17:00"))
    assert announce(shop) == 1
    move_to(shop, at("2027-05-30T23:59:59"))
    assert announce(shop) == 0
    move_to(shop, at("2027-05-31T00:00"))
    assert announce(shop) == 1
    recipients = [call["recipient"] for call in shop.far_end.calls]
    assert recipients == [{"notification_messages_token": "r-1"}] * 2


@pytest.mark.parametrize(
    ("used", "too_soon", "free"),
    [
        ("2027-03-13T12:00", "2027-03-13T23:59:59", "2027-03-14T00:00"),
        ("2027-03-14T12:00", "2027-03-14T23:59:59", "2027-03-15T00:00"),
        ("2027-11-07T12:00", "2027-11-07T23:59:59", "2027-11-08T00:00"),
    ],
)
def test_days_on_which_the_clocks_change_are_days(shop, used, too_soon, free):
    begin_again(shop, Rules(zone=NEW_YORK))
    move_to(shop, at(used) - timedelta(minutes=5))
    shop.publish(weekly(QUIET.blocks, "start.next > ask", frequency=Frequency.DAILY, id="quiet"))
    shop.write("birds")
    opts_in(shop, notification_messages_frequency="DAILY")
    move_to(shop, at(used))
    assert announce(shop) == 1
    move_to(shop, at(too_soon))
    assert announce(shop) == 0
    move_to(shop, at(free))
    assert announce(shop) == 1


def test_a_flow_that_comes_too_soon_takes_its_other_way_out(shop):
    say_yes(shop)
    for _ in range(2):
        announce_flow(shop.database, PAGE, NEWS, "quiet", shop.clock.now())
        shop.advance(minutes=5)
    assert shop.far_end.texts() == [FACT]
    shop.arrives("announced", {"topic": NEWS, "flow": "quiet"})
    assert shop.notes()[-1] == "Not sent: it is too soon for another message on this topic"


def test_up_to_three_messages_may_follow_an_opt_in(shop):
    three = weekly(
        {
            "start": keyword("birds"),
            "ask": asks_for_news(),
            "one": says("1" * 300, by_topic=NEWS),
            "two": says("2" * 250, by_topic=NEWS),
            "three": says("3", by_topic=NEWS),
            "four": says("4", by_topic=NEWS),
        },
        "start.next > ask",
        "ask.card.opted_in > one",
        "one.next > two",
        "two.next > three",
        "three.next > four",
    )
    shop.publish(three)
    shop.write("birds")
    opts_in(shop)
    assert shop.far_end.texts() == ["Bird facts?", "1" * 300, "2" * 250, "3"]
    (row,) = rows(shop)
    assert row.follow_ups == 3
    assert row.next_allowed_at == datetime(2026, 11, 30, tzinfo=UTC)


def test_a_block_of_three_messages_has_the_permission_until_the_last_is_sent(shop):
    three = weekly(
        {
            "start": keyword("birds"),
            "ask": asks_for_news(),
            "facts": says("1", "2", "3", by_topic=NEWS),
        },
        "start.next > ask",
        "ask.card.opted_in > facts",
    )
    shop.publish(three)
    shop.write("birds")
    opts_in(shop)
    assert shop.far_end.texts() == ["Bird facts?", "1", "2", "3"]
    assert rows(shop)[0].next_allowed_at == datetime(2026, 11, 30, tzinfo=UTC)


def test_a_follow_up_that_is_too_long_is_not_sent(shop):
    two = weekly(
        {
            "start": keyword("birds"),
            "ask": asks_for_news(),
            "one": says("1", by_topic=NEWS),
            "two": says("2" * 251, by_topic=NEWS),
        },
        "start.next > ask",
        "ask.card.opted_in > one",
        "one.next > two",
    )
    shop.publish(two)
    shop.write("birds")
    opts_in(shop)
    assert shop.far_end.texts() == ["Bird facts?", "1"]


def test_another_zone_is_another_calendar_at_the_next_start(shop):
    move_to(shop, datetime(2026, 11, 29, 12, tzinfo=UTC))
    say_yes(shop)
    announce(shop)
    move_to(shop, datetime(2026, 11, 30, 0, tzinfo=UTC))
    assert reached(shop) == 1
    begin_again(shop, Rules(zone=NEW_YORK))
    assert reached(shop) == 0
    move_to(shop, at("2026-11-30T00:00"))
    assert reached(shop) == 1


def test_another_profile_counts_hours_instead(shop):
    say_yes(shop)
    announce(shop)
    begin_again(shop, Rules(PROFILES["rn-2025"]))
    shop.advance(hours=47)
    assert reached(shop) == 0
    shop.advance(hours=1)
    assert announce(shop) == 1


def test_what_waits_to_be_sent_is_judged_by_the_new_calendar(shop):
    move_to(shop, datetime(2026, 11, 29, 23, 50, tzinfo=UTC))
    say_yes(shop)
    announce(shop)
    move_to(shop, datetime(2026, 11, 30, 0, 1, tzinfo=UTC))
    shop.far_end.will_answer(refused(613, retry_after=3600))
    announce(shop)
    begin_again(shop, Rules(zone=NEW_YORK))
    shop.advance(hours=2)
    assert shop.sends()[-1] == ("failed", "too_soon")
    move_to(shop, at("2026-11-30T00:00"))
    assert reached(shop) == 1


# Keeping


def test_messengers_own_end_and_zone_win_and_a_difference_is_noted(shop):
    ends = int(datetime(2027, 1, 1, tzinfo=UTC).timestamp())
    say_yes(
        shop,
        token_expiry_timestamp=ends * 1000,
        notification_messages_timezone="America/New_York",
    )
    (row,) = rows(shop)
    assert row.expires_at == datetime(2027, 1, 1, tzinfo=UTC)
    assert (row.zone, row.frequency, row.title) == ("America/New_York", "weekly", "Bird facts?")
    (note,) = (note for note in shop.notes() if note.startswith("Messenger ends"))
    assert "2027-01-01T00:00:00+00:00" in note
    assert "2027-08-23T08:00:00+00:00" in note


def test_without_messengers_word_the_profile_says_when_it_ends(shop):
    say_yes(shop)
    assert rows(shop)[0].expires_at == datetime(2027, 8, 23, 9, tzinfo=UTC)
    shop.advance(days=273)
    assert reached(shop) == 0


def test_a_yes_without_a_frequency_has_the_topics(shop):
    say_yes(shop, notification_messages_frequency=None)
    assert rows(shop)[0].frequency == "weekly"


def test_a_start_on_yes_begins_once_and_another_yes_only_renews(shop):
    say_yes(shop)
    assert shop.notes().count("“Listening” started") == 1
    announce(shop)
    shop.advance(days=200)
    opts_in(shop, "r-2", user_token_status="REFRESHED")
    (row,) = rows(shop)
    assert row.token == "r-2"
    assert row.expires_at == datetime(2028, 3, 11, 9, tzinfo=UTC)
    assert row.last_used_at is not None
    assert shop.notes().count("“Listening” started") == 1
    assert "Said yes once more: the permission that was there lasts longer" in shop.notes()


@pytest.mark.parametrize("token", ["r-1", "r-2"])
def test_a_yes_after_the_end_is_a_fresh_one(shop, token):
    say_yes(shop)
    announce(shop)
    shop.advance(days=280)
    opts_in(shop, token)
    row = rows(shop)[-1]
    assert (row.token, row.last_used_at) == (token, None)
    assert row.opted_in_at == shop.clock.now()
    assert shop.notes().count("“Listening” started") == 2
    assert announce(shop) == 1


def test_the_renewal_of_a_stopped_one_lets_it_go_on(shop):
    say_yes(shop)
    stops(shop)
    shop.advance(days=1)
    opts_in(shop)
    assert rows(shop)[0].stopped_at is None
    assert announce(shop) == 1


def test_a_yes_to_a_card_of_nobody_we_know_is_kept_and_never_used(shop):
    told(shop, "foreign", payload="SOMEBODY_ELSES", title="Theirs")
    (row,) = rows(shop)
    assert (row.topic_id, row.title, row.frequency) == ("", "Theirs", "weekly")


# Stopping


def test_a_stop_and_a_going_on(shop):
    say_yes(shop)
    stops(shop)
    assert reached(shop) == 0
    shop.arrives("announced", {"topic": NEWS, "flow": "quiet"})
    assert shop.notes()[-1] == "Not sent: the person has stopped this topic"
    resumes(shop)
    assert announce(shop) == 1
    assert shop.notes().count("“Listening” started") == 3


def test_a_stop_of_a_permission_that_is_not_here_is_noted(shop):
    stops(shop, "unheard")
    assert "of a permission that is not here" in shop.notes()[-1]


def test_messenger_knows_of_a_stop_that_we_do_not(shop):
    say_yes(shop)
    shop.far_end.will_answer(refused(10, 1893015))
    announce(shop)
    assert shop.sends()[-1] == ("failed", "stopped")
    assert rows(shop)[0].stopped_at is not None
    resumes(shop)
    assert reached(shop) == 1


# Sending


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
    assert "the message waits until 2026-11-30T00:00:00+00:00" in "".join(shop.notes())
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
