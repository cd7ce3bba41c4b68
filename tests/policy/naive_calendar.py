"""Calendars the slow way: walk along the clocks of a zone, minute by minute, and look at them.

Shares nothing with the rules that it is there to check.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
QUARTER = timedelta(minutes=15)
DAY = timedelta(days=1)


def window_of(day: date, frequency: str) -> tuple[int, ...]:
    """A name for the window of a date; later windows have greater names."""
    if frequency == "daily":
        return (day.year, day.month, day.day)
    if frequency == "weekly":
        return day.isocalendar()[:2]
    return (day.year, day.month)


def next_window(at: datetime, frequency: str, zone: ZoneInfo) -> datetime:
    """The first minute after ``at`` with a date of a later window than any that was shown before."""
    latest = (0,)
    for minute in minutes_from(at.replace(second=0, microsecond=0) - 2 * DAY, zone):
        shown = window_of(minute.astimezone(zone).date(), frequency)
        if shown > latest and minute > at:
            return minute
        latest = max(latest, shown)
    raise AssertionError("time has no end")


def minutes_from(start: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Every minute around a zone's midnights, and every quarter of an hour far from them."""
    minute = start
    while True:
        yield minute
        here, ahead = minute.astimezone(zone), (minute + QUARTER).astimezone(zone)
        is_far = here.hour not in (23, 0) and ahead.date() == here.date()
        minute += QUARTER if is_far else MINUTE


def months_later(at: datetime, months: int, zone: ZoneInfo) -> datetime:
    """The same time of day in a zone some months later, on the last day of a month too short."""
    local = at.astimezone(zone)
    day = local.date().replace(day=1)
    for _ in range(months):
        day = (day + 31 * DAY).replace(day=1)
    first = day
    while day.day < local.day and (day + DAY).month == first.month:
        day += DAY
    return instant_of(datetime.combine(day, local.time()), zone)


def a_day_before(at: datetime, zone: ZoneInfo) -> datetime:
    """The same time of day in a zone on the date before."""
    local = at.astimezone(zone)
    return instant_of(datetime.combine(local.date() - DAY, local.time()), zone)


def instant_of(wanted: datetime, zone: ZoneInfo) -> datetime:
    """When a zone's clocks first show a time, or would have shown it had they not skipped it."""
    minute = wanted.replace(second=0, microsecond=0)
    seconds = wanted.replace(fold=0) - minute
    utc = minute.replace(tzinfo=ZoneInfo("UTC")) - timedelta(hours=15)
    shown = before = None
    while shown is None or shown < minute:
        before, shown = shown, utc.astimezone(zone).replace(tzinfo=None)
        utc += MINUTE
    utc -= MINUTE
    if shown == minute:
        return utc + seconds
    return utc + (minute - (before + MINUTE)) + seconds
