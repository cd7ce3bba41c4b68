"""Calendar windows: the day, week or month of a time zone that an instant belongs to.

A window begins at the first instant at which the zone's clocks show its first date. Clocks skip
midnights, and even whole days, and go back over them; windows still follow one another without a gap
or an overlap, since each lasts until the next begins.
"""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil.relativedelta import MO, relativedelta

_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)


class Frequency(StrEnum):
    """How often a recurring permission may be used."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


_FIRST_DATE = {
    Frequency.DAILY: relativedelta(),
    Frequency.WEEKLY: relativedelta(weekday=MO(-1)),
    Frequency.MONTHLY: relativedelta(day=1),
}
_LENGTH = {
    Frequency.DAILY: relativedelta(days=1),
    Frequency.WEEKLY: relativedelta(weeks=1),
    Frequency.MONTHLY: relativedelta(months=1),
}


def next_window(instant: datetime, frequency: Frequency, zone: ZoneInfo) -> datetime:
    """When the window after the one that ``instant`` belongs to begins, in UTC.

    >>> new_york = ZoneInfo("America/New_York")
    >>> monday = datetime(2022, 5, 23, 17, tzinfo=new_york)
    >>> next_window(monday, Frequency.WEEKLY, new_york).astimezone(new_york).isoformat()
    '2022-05-30T00:00:00-04:00'
    """
    first = instant.astimezone(zone).date() + _FIRST_DATE[frequency]
    while (begins := first_instant(first, zone)) <= instant:
        first += _LENGTH[frequency]
    return begins


@lru_cache(maxsize=4096)
def first_instant(day: date, zone: ZoneInfo) -> datetime:
    """The first instant at which the zone's clocks show ``day`` or a later one, in UTC."""
    midnight = datetime.combine(day, time(), zone).astimezone(UTC)
    if _date_at(midnight - _SECOND, zone) < day:
        return midnight
    before, after = midnight - _DAY, midnight
    while after - before > _SECOND:
        middle = (before + (after - before) / 2).replace(microsecond=0)
        before, after = (before, middle) if _date_at(middle, zone) >= day else (middle, after)
    return after


def on_local_clock(instant: datetime, zone: ZoneInfo, later: relativedelta) -> datetime:
    """An instant moved by the calendar of a zone: the same time of day on another date, in UTC.

    A time that the clocks skip counts as the one that they show instead.
    """
    local = instant.astimezone(zone).replace(tzinfo=None) + later
    return local.replace(tzinfo=zone).astimezone(UTC)


def _date_at(instant: datetime, zone: ZoneInfo) -> date:
    return instant.astimezone(zone).date()
