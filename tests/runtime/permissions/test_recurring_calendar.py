"""When a lasting permission may be used: days, weeks, zones, profiles, follow-ups."""

from datetime import UTC, datetime, timedelta

import pytest

from otn_studio.policy.calendar import Frequency
from otn_studio.policy.profiles import PROFILES, Rules
from otn_studio.runtime.broadcasting.announcing import announce_flow
from tests.interpreter.flows import keyword, says
from tests.runtime.far_end import PAGE, refused
from tests.runtime.permissions.recurring import (
    NEW_YORK,
    NEWS,
    QUIET,
    announce,
    asks_for_news,
    at,
    begin_again,
    move_to,
    opts_in,
    reached,
    rows,
    say_yes,
    weekly,
)

FACT = "Owls can't move their eyes"


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
    shop.announced({"topic": NEWS, "flow": "quiet"})
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


def test_another_yes_by_another_calendar_counts_by_that_one(shop):
    move_to(shop, datetime(2026, 11, 29, 12, tzinfo=UTC))
    say_yes(shop, notification_messages_timezone="UTC")
    announce(shop)
    shop.advance(minutes=5)
    opts_in(shop, notification_messages_timezone="America/New_York")
    move_to(shop, datetime(2026, 11, 30, 0, 1, tzinfo=UTC))
    assert reached(shop) == 0
    move_to(shop, at("2026-11-30T00:00"))
    assert reached(shop) == 1
