"""All time zones, and instants at which calendars are most easily wrong."""

import zoneinfo
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

YEARS = range(2020, 2036)
ZONES = sorted(zoneinfo.available_timezones() - {"localtime", "Factory"})
MICROSECOND = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
_CORNERS = ((1, 1), (1, 4), (2, 28), (3, 1), (4, 1), (8, 31), (10, 31), (12, 28), (12, 31))

zones = st.sampled_from(ZONES).map(ZoneInfo)
_steps = st.sampled_from(
    [sign * step for sign in (-1, 1) for step in (0 * HOUR, MICROSECOND, HOUR, 24 * HOUR)]
) | st.timedeltas(-26 * HOUR, 26 * HOUR)


def instants(zone: ZoneInfo) -> SearchStrategy[datetime]:
    """Instants from 2020 to 2035, most of them where a zone's clocks or its calendar turn."""
    anywhere = st.datetimes(datetime(2020, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC))
    turning = st.sampled_from(YEARS).flatmap(lambda year: st.sampled_from(_turning(zone, year)))
    return st.builds(lambda at, step: at + step, turning, _steps) | anywhere


@cache
def _turning(zone: ZoneInfo, year: int) -> list[datetime]:
    corners = [datetime(year, *day, tzinfo=zone).astimezone(UTC) for day in _CORNERS]
    return corners + 3 * turns_of_clocks(zone, year)


@cache
def turns_of_clocks(zone: ZoneInfo, year: int) -> list[datetime]:
    """The minutes of a year at which a zone's clocks are put forward or back."""
    turns = [datetime(year, 1, 1, tzinfo=UTC)]
    for step in (timedelta(days=1), HOUR, timedelta(minutes=1)):
        count = 366 if step.days else 60
        turns = [turn for start in turns for turn in _just_before_turns(start, step, count, zone)]
    return [turn + timedelta(minutes=1) for turn in turns]


def _just_before_turns(
    start: datetime, step: timedelta, count: int, zone: ZoneInfo
) -> list[datetime]:
    steps = [start + number * step for number in range(count + 1)]
    offsets = [each.astimezone(zone).utcoffset() for each in steps]
    changes = zip(steps, offsets, offsets[1:], strict=False)
    return [each for each, offset, later in changes if offset != later]
