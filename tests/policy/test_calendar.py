from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from otn_studio.policy.calendar import Frequency, first_instant, next_window, on_local_clock
from tests.policy import naive_calendar
from tests.policy.moments import HOUR, MICROSECOND, YEARS, ZONES, instants, turns_of_clocks, zones

frequencies = st.sampled_from(Frequency)


@pytest.mark.parametrize(
    ("zone", "local", "frequency", "begins"),
    [
        # The manual's example: Monday 5 PM, a weekly topic.
        ("America/New_York", "2022-05-23T17:00-04:00", "weekly", "2022-05-30T00:00-04:00"),
        ("America/New_York", "2022-05-29T23:59:59-04:00", "weekly", "2022-05-30T00:00-04:00"),
        ("America/New_York", "2022-05-30T00:00-04:00", "weekly", "2022-06-06T00:00-04:00"),
        # Leap days, ends of months and of ISO years.
        ("UTC", "2024-02-28T12:00+00:00", "daily", "2024-02-29T00:00+00:00"),
        ("UTC", "2023-02-28T12:00+00:00", "daily", "2023-03-01T00:00+00:00"),
        ("UTC", "2024-02-29T12:00+00:00", "monthly", "2024-03-01T00:00+00:00"),
        ("UTC", "2024-12-31T23:59+00:00", "monthly", "2025-01-01T00:00+00:00"),
        ("UTC", "2020-12-31T23:59+00:00", "weekly", "2021-01-04T00:00+00:00"),
        ("UTC", "2024-12-30T00:00+00:00", "weekly", "2025-01-06T00:00+00:00"),
        # Midnights that the clocks skip.
        ("America/Havana", "2022-03-12T12:00-05:00", "daily", "2022-03-13T01:00-04:00"),
        ("Africa/Cairo", "2023-04-27T12:00+02:00", "daily", "2023-04-28T01:00+03:00"),
        ("Asia/Beirut", "2022-03-26T12:00+02:00", "daily", "2022-03-27T01:00+03:00"),
        ("America/Santiago", "2022-09-10T12:00-04:00", "daily", "2022-09-11T01:00-03:00"),
        ("America/Toronto", "1919-03-30T12:00-05:00", "daily", "1919-03-31T00:30-04:00"),
        # Days that they skip.
        ("Pacific/Apia", "2011-12-29T12:00-10:00", "daily", "2011-12-31T00:00+14:00"),
        ("Pacific/Apia", "2011-12-29T12:00-10:00", "weekly", "2012-01-02T00:00+14:00"),
        ("Pacific/Kwajalein", "1993-08-20T12:00-12:00", "daily", "1993-08-22T00:00+12:00"),
        # A day that they show twice, but for its first hour.
        ("Pacific/Kwajalein", "1969-09-30T12:00+11:00", "daily", "1969-10-01T00:00-12:00"),
        # Set back to an hour before midnight, at midnight and a minute after it.
        ("America/Asuncion", "2024-03-23T23:30-03:00", "daily", "2024-03-24T00:00-04:00"),
        ("America/Asuncion", "2024-03-23T23:30-04:00", "daily", "2024-03-24T00:00-04:00"),
        ("America/St_Johns", "2006-10-28T23:30-02:30", "daily", "2006-10-29T00:00-02:30"),
        ("America/St_Johns", "2006-10-29T00:00:30-02:30", "daily", "2006-10-30T00:00-03:30"),
        ("America/St_Johns", "2006-10-28T23:30-03:30", "daily", "2006-10-30T00:00-03:30"),
        # A midnight that they show twice.
        ("America/Havana", "2022-11-05T12:00-04:00", "daily", "2022-11-06T00:00-04:00"),
        ("America/Havana", "2022-11-06T00:30-04:00", "daily", "2022-11-07T00:00-05:00"),
        # Half an hour.
        ("Australia/Lord_Howe", "2022-04-03T01:45+11:00", "daily", "2022-04-04T00:00+10:30"),
        ("Australia/Lord_Howe", "2022-10-02T02:30+11:00", "monthly", "2022-11-01T00:00+11:00"),
    ],
)
def test_a_window_lasts_until_the_clocks_first_show_a_date_of_the_next(
    zone, local, frequency, begins
):
    at = datetime.fromisoformat(local).astimezone(UTC)
    expected = datetime.fromisoformat(begins)
    assert next_window(at, Frequency(frequency), ZoneInfo(zone)) == expected
    assert naive_calendar.next_window(at, frequency, ZoneInfo(zone)) == expected


@settings(max_examples=400)
@given(st.data(), zones, frequencies)
def test_windows_are_those_that_a_walk_along_the_clocks_finds(data, zone, frequency):
    at = data.draw(instants(zone))
    assert next_window(at, frequency, zone) == naive_calendar.next_window(at, frequency, zone)


@pytest.mark.parametrize("year", YEARS)
def test_windows_are_right_where_clocks_turn_in_each_zone_in_one_of_the_years(year):
    for name in ZONES[YEARS.index(year) :: len(YEARS)]:
        zone = ZoneInfo(name)
        for turn in turns_of_clocks(zone, year) or [datetime(year, 3, 1, tzinfo=UTC)]:
            for at in (turn - HOUR, turn - MICROSECOND, turn):
                begins = next_window(at, Frequency.DAILY, zone)
                assert begins == naive_calendar.next_window(at, "daily", zone), (name, at)


@given(st.data(), zones, frequencies)
def test_windows_follow_one_another_without_a_gap_or_an_overlap(data, zone, frequency):
    at = data.draw(instants(zone))
    begins = next_window(at, frequency, zone)
    assert at < begins
    assert next_window(begins - MICROSECOND, frequency, zone) == begins
    assert next_window(begins, frequency, zone) > begins


@given(st.data(), zones)
def test_weeks_and_months_begin_when_one_of_their_days_begins(data, zone):
    at = data.draw(instants(zone))
    for frequency in (Frequency.WEEKLY, Frequency.MONTHLY):
        begins = next_window(at, frequency, zone)
        assert next_window(begins - MICROSECOND, Frequency.DAILY, zone) == begins
        assert next_window(at, Frequency.DAILY, zone) <= begins


def test_a_day_that_is_skipped_begins_with_the_one_after_it():
    apia = ZoneInfo("Pacific/Apia")
    assert first_instant(date(2011, 12, 30), apia) == first_instant(date(2011, 12, 31), apia)


@pytest.mark.parametrize(
    ("zone", "local", "months", "later"),
    [
        ("Europe/Berlin", "2023-08-31T12:00+02:00", 6, "2024-02-29T12:00+01:00"),
        ("Europe/Berlin", "2022-08-31T12:00+02:00", 6, "2023-02-28T12:00+01:00"),
        ("Europe/Berlin", "2024-02-29T12:00+01:00", 12, "2025-02-28T12:00+01:00"),
        # It is already the first of March there.
        ("Pacific/Auckland", "2023-03-01T00:30+13:00", 6, "2023-09-01T00:30+12:00"),
        # Skipped, and shown twice.
        ("America/New_York", "2022-09-12T02:30-04:00", 6, "2023-03-12T03:30-04:00"),
        ("America/Havana", "2021-09-13T00:00-04:00", 6, "2022-03-13T01:00-04:00"),
        ("America/New_York", "2022-02-06T01:30-05:00", 9, "2022-11-06T01:30-04:00"),
        ("America/New_York", "2022-11-06T01:30-05:00", 12, "2023-11-06T01:30-05:00"),
        ("Australia/Lord_Howe", "2021-10-03T01:45+10:30", 6, "2022-04-03T01:45+11:00"),
    ],
)
def test_months_are_added_to_the_local_date(zone, local, months, later):
    at = datetime.fromisoformat(local).astimezone(UTC)
    expected = datetime.fromisoformat(later)
    assert on_local_clock(at, ZoneInfo(zone), relativedelta(months=months)) == expected
    assert naive_calendar.months_later(at, months, ZoneInfo(zone)) == expected


@settings(max_examples=400)
@given(st.data(), zones, st.sampled_from((6, 9, 12)))
def test_months_later_is_what_a_walk_along_the_clocks_finds(data, zone, months):
    at = data.draw(instants(zone))
    expected = naive_calendar.months_later(at, months, zone)
    assert on_local_clock(at, zone, relativedelta(months=months)) == expected


@given(st.data(), zones)
def test_instants_come_back_in_utc(data, zone):
    at = data.draw(instants(zone)).astimezone(zone)
    assert next_window(at, Frequency.DAILY, zone).utcoffset() == timedelta(0)
    assert on_local_clock(at, zone, relativedelta(days=-1)).utcoffset() == timedelta(0)
