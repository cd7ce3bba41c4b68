from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from otn_studio.blocks.field import in_zone
from otn_studio.blocks.local_time import (
    Clocks,
    TimeOfDay,
    Weekday,
    is_between,
    longest_until,
    next_at,
)
from tests.blocks.test_fixtures import a_turn

instants = st.datetimes(datetime(1971, 1, 1), datetime(2037, 12, 1), timezones=st.just(UTC))
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
some_days = st.sets(st.sampled_from(Weekday))
zones = st.timezones() | st.sampled_from(
    [ZoneInfo(name) for name in ("Pacific/Apia", "America/Havana", "Africa/Cairo", "Asia/Beirut")]
)


@given(instants, times, some_days, zones)
def test_it_is_the_next_such_time_by_the_clocks_of_the_zone(now, at, days, zone):
    found = next_at(now, at, days, zone)
    assert now < found <= now + longest_until(days)
    shown = found.astimezone(zone)
    if shown.time() != at:
        before, after = (found + timedelta(days=d) for d in (-2, 2))
        assert before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset()
    elif days:
        assert shown.weekday() in {day.number for day in days}


@given(instants, times, some_days, zones)
def test_none_is_passed_over(now, at, days, zone):
    found = next_at(now, at, days, zone)
    numbers = {day.number for day in days} or set(range(7))
    day = now.astimezone(zone).date()
    while day < found.astimezone(zone).date():
        if day.weekday() in numbers:
            assert in_zone(datetime.combine(day, at), zone) <= now
        day += timedelta(days=1)


@given(instants, times, some_days, zones, st.integers(0, 100_000))
def test_whoever_comes_earlier_does_not_go_on_later(now, at, days, zone, seconds):
    earlier = now - timedelta(seconds=seconds)
    assert next_at(earlier, at, days, zone) <= next_at(now, at, days, zone)


@given(times, times, times)
def test_every_time_lies_between_two_times_or_between_the_same_the_other_way_round(at, one, other):
    assume(one != other)
    now = datetime.combine(datetime(2026, 11, 27), at)
    assert is_between(now, one, other) != is_between(now, other, one)


def test_the_persons_clock_is_the_pages_where_theirs_is_unknown():
    turn = a_turn({"time_zone": "Europe/Berlin"}, [])
    assert Clocks.PERSON.zone(turn) == ZoneInfo("Europe/Berlin")
    assert Clocks.PAGE.zone(turn) == Clocks.PERSON.zone(a_turn({}, [])) == UTC


def test_a_time_of_day_is_kept_to_the_minute_and_has_no_zone():
    read = TypeAdapter(TimeOfDay).validate_python
    assert read("09:30:15") == time(9, 30)
    with pytest.raises(ValueError, match="a time of day names no time zone"):
        read("09:30Z")
