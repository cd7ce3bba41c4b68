from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otn_studio.policy import recurring
from otn_studio.policy.calendar import Frequency
from otn_studio.policy.profiles import PROFILES, Rules
from otn_studio.policy.recurring import Permission
from tests.policy import naive_calendar
from tests.policy.moments import MICROSECOND, instants, zones

NEW_YORK = ZoneInfo("America/New_York")
TOKYO = ZoneInfo("Asia/Tokyo")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MONTHS = {"daily": 6, "weekly": 9, "monthly": 12}
WITHOUT_CALENDAR = [profile for profile in PROFILES.values() if profile.pause is not None]
frequencies = st.sampled_from(Frequency)


def a_permission(frequency: Frequency = Frequency.DAILY, at: datetime = NOW, **more) -> Permission:
    return Permission("p", "shoes", frequency, at, None, **more)


def at(local: str) -> datetime:
    return datetime.fromisoformat(local).astimezone(UTC)


# How often


def test_the_manual_s_weekly_topic_goes_on_the_next_monday_and_so_on_tuesday_too():
    opted_in = at("2022-05-23T16:59-04:00")
    monday_5_pm = at("2022-05-23T17:00-04:00")
    used = recurring.used(a_permission(Frequency.WEEKLY, opted_in), monday_5_pm)
    allowed = recurring.next_allowed_at(used, Rules(zone=NEW_YORK))
    assert allowed == at("2022-05-30T00:00-04:00")
    assert at("2022-05-29T23:59:59.999999-04:00") < allowed
    assert at("2022-05-31T09:00-04:00") > allowed


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
@pytest.mark.parametrize("frequency", Frequency)
def test_the_first_message_may_go_as_soon_as_the_person_said_yes(profile, frequency):
    assert recurring.next_allowed_at(a_permission(frequency), Rules(profile)) == NOW


@given(st.data(), zones, frequencies)
def test_in_2022_the_next_may_go_when_the_next_window_begins(data, zone, frequency):
    used_at = data.draw(instants(zone))
    used = recurring.used(a_permission(frequency, used_at), used_at)
    expected = naive_calendar.next_window(used_at, frequency, zone)
    assert recurring.next_allowed_at(used, Rules(zone=zone)) == expected


@pytest.mark.parametrize("profile", WITHOUT_CALENDAR, ids=lambda profile: profile.name)
@given(data=st.data(), zone=zones, frequency=frequencies)
def test_later_it_may_go_after_the_pause_whatever_the_clocks_do(profile, data, zone, frequency):
    used_at = data.draw(instants(zone))
    used = recurring.used(a_permission(frequency, used_at), used_at)
    hours = 24 if profile.name == "rn-2023" else 48
    expected = used_at + timedelta(hours=hours)
    assert recurring.next_allowed_at(used, Rules(profile, zone)) == expected


@pytest.mark.parametrize(
    ("zone", "begins"),
    [
        ("UTC", "2022-05-24T00:00+00:00"),
        ("America/New_York", "2022-05-24T00:00-04:00"),
        ("Asia/Tokyo", "2022-05-25T00:00+09:00"),
    ],
)
def test_a_permission_without_a_zone_follows_the_page_s_when_that_changes(zone, begins):
    used_at = at("2022-05-23T17:00-04:00")
    used_in_another_zone = a_permission(at=used_at, last_used_at=used_at)
    assert recurring.next_allowed_at(used_in_another_zone, Rules(zone=ZoneInfo(zone))) == at(begins)


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Tokyo"])
def test_a_permission_with_a_zone_keeps_it(zone):
    used_at = at("2022-05-23T17:00-04:00")
    used = a_permission(at=used_at, last_used_at=used_at, zone=TOKYO)
    allowed = recurring.next_allowed_at(used, Rules(zone=ZoneInfo(zone)))
    assert allowed == at("2022-05-25T00:00+09:00")


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_messenger_s_later_word_about_the_next_message_wins(profile):
    later = NOW + timedelta(days=9)
    fresh = a_permission(not_before=later)
    assert recurring.next_allowed_at(fresh, Rules(profile)) == later
    used = a_permission(last_used_at=NOW, not_before=later)
    assert recurring.next_allowed_at(used, Rules(profile)) == later


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_an_earlier_word_of_messenger_shortens_nothing(profile):
    used = a_permission(last_used_at=NOW)
    told = replace(used, not_before=NOW + SECOND)
    rules = Rules(profile)
    assert recurring.next_allowed_at(told, rules) == recurring.next_allowed_at(used, rules)


def test_messenger_s_word_is_about_one_message_only():
    told = a_permission(not_before=NOW)
    assert recurring.used(told, NOW).not_before is None


# Follow-ups


@pytest.mark.parametrize(
    ("later", "is_follow_up"),
    [
        (timedelta(0), True),
        (timedelta(minutes=2) - MICROSECOND, True),
        (timedelta(minutes=2), False),
    ],
)
def test_follow_ups_end_exactly_two_minutes_after_the_first_message(later, is_follow_up):
    first_days_after_the_yes = NOW + timedelta(days=3)
    used = recurring.used(a_permission(), first_days_after_the_yes)
    assert recurring.is_follow_up(used, first_days_after_the_yes + later) is is_follow_up


def test_the_first_message_is_no_follow_up():
    assert not recurring.is_follow_up(a_permission(), NOW)


def test_two_messages_may_follow_the_first():
    used = a_permission()
    allowed = []
    for second in range(4):
        allowed.append(recurring.is_follow_up(used, NOW + second * SECOND))
        used = recurring.used(used, NOW + second * SECOND)
    assert allowed == [False, True, True, False]


def test_only_the_first_of_the_three_counts_for_the_frequency():
    used = recurring.used(a_permission(), NOW)
    followed = recurring.used(recurring.used(used, NOW + SECOND), NOW + 2 * SECOND)
    assert used.last_used_at == NOW
    assert followed == replace(used, follow_ups=3)


def test_later_messages_have_no_follow_ups():
    used = recurring.used(recurring.used(a_permission(), NOW), NOW + timedelta(days=1))
    assert used.last_used_at == NOW + timedelta(days=1)
    assert not recurring.is_follow_up(used, NOW + timedelta(days=1) + SECOND)


# How long


@pytest.mark.parametrize(
    ("frequency", "ends"),
    [
        (Frequency.DAILY, "2023-02-28T18:00-05:00"),
        (Frequency.WEEKLY, "2023-05-31T18:00-04:00"),
        (Frequency.MONTHLY, "2023-08-31T18:00-04:00"),
    ],
)
def test_in_2022_a_yes_lasts_6_9_or_12_months_by_the_page_s_calendar(frequency, ends):
    opted_in = at("2022-08-31T18:00-04:00")
    assert recurring.expires_at(opted_in, frequency, Rules(zone=NEW_YORK)) == at(ends)


@settings(max_examples=300)
@given(st.data(), zones, frequencies)
def test_a_yes_lasts_as_long_as_a_walk_along_the_clocks_says(data, zone, frequency):
    opted_in = data.draw(instants(zone))
    ends = recurring.expires_at(opted_in, frequency, Rules(zone=zone))
    assert ends == naive_calendar.months_later(opted_in, MONTHS[frequency], zone)


@given(st.data(), zones, zones, frequencies)
def test_the_zone_of_the_yes_wins_over_the_page_s(data, zone, page_zone, frequency):
    opted_in = data.draw(instants(zone))
    ends = recurring.expires_at(opted_in, frequency, Rules(zone=page_zone), zone)
    assert ends == recurring.expires_at(opted_in, frequency, Rules(zone=zone))


@pytest.mark.parametrize("profile", WITHOUT_CALENDAR, ids=lambda profile: profile.name)
@pytest.mark.parametrize("frequency", Frequency)
def test_later_a_yes_never_ends(profile, frequency):
    assert recurring.expires_at(NOW, frequency, Rules(profile)) is None
    assert recurring.is_alive(a_permission(frequency), NOW.replace(year=9999))


def test_a_permission_lives_until_a_microsecond_before_the_end_that_it_was_given():
    ends = NOW + timedelta(days=3)
    permission = replace(a_permission(), expires_at=ends)
    assert recurring.is_alive(permission, ends - MICROSECOND)
    assert not recurring.is_alive(permission, ends)


def test_one_that_is_stopped_lives():
    assert recurring.is_alive(a_permission(stopped=True), NOW)


# Once more


@pytest.mark.parametrize(
    ("zone", "ends", "asked"),
    [
        ("UTC", "2024-03-01T09:00+00:00", "2024-02-29T09:00+00:00"),
        ("America/New_York", "2023-03-12T18:00-04:00", "2023-03-11T18:00-05:00"),
        ("America/New_York", "2023-03-13T02:30-04:00", "2023-03-12T03:30-04:00"),
        ("America/Havana", "2022-03-14T00:00-04:00", "2022-03-13T01:00-04:00"),
        ("Australia/Lord_Howe", "2022-04-03T18:00+10:30", "2022-04-02T18:00+11:00"),
    ],
)
def test_the_person_is_asked_again_on_the_day_before_the_end(zone, ends, asked):
    assert recurring.asked_again_at(at(ends), ZoneInfo(zone)) == at(asked)


@given(st.data(), zones)
def test_that_day_is_the_one_a_walk_along_the_clocks_finds(data, zone):
    ends = data.draw(instants(zone))
    asked = recurring.asked_again_at(ends, zone)
    assert asked == naive_calendar.a_day_before(ends, zone)
    assert asked < ends


def test_who_says_yes_again_keeps_the_frequency_and_starts_again_after_a_stop():
    used = recurring.used(a_permission(stopped=True), NOW)
    ends = NOW + timedelta(days=200)
    assert recurring.renewed(used, ends) == replace(used, expires_at=ends, stopped=False)
