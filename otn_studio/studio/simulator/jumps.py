"""Times to which a clock is moved."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from otn_studio.blocks.words import Words
from otn_studio.checks.conversations.watching import Known
from otn_studio.policy import one_time, window

LENGTHS = (
    ("1h", Words("1 hour later"), timedelta(hours=1)),
    ("23h", Words("23 hours later"), timedelta(hours=23)),
    ("1d", Words("1 day later"), timedelta(days=1)),
    ("1w", Words("1 week later"), timedelta(weeks=1)),
)
NINE = time(9)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


class Jump(NamedTuple):
    """A short name, what it says, and the time."""

    name: str
    words: Words
    time: timedelta | datetime


def jumps(known: Known, zone: ZoneInfo) -> list[Jump]:
    """Those that lead on from there; of several to the same time the first says why."""
    lengths = [Jump(*each) for each in LENGTHS]
    moments = sorted(_moments(known, zone), key=lambda jump: jump.time)
    return [*lengths, *(jump for jump in moments if jump.time > known.at)]


def _moments(known: Known, zone: ZoneInfo) -> Iterator[Jump]:
    due = [waiting.until for waiting in known.waiting if waiting.until is not None]
    if due:
        yield Jump("next", Words("When the flow goes on"), min(due))
    if known.last_action is not None:
        ends = window.ends_at(known.last_action)
        yield Jump("window", Words("The last minute of the 24 hours"), ends - MINUTE)
        yield Jump("after", Words("When the 24 hours are over"), ends)
    yield Jump("monday", Words("Next Monday, 9:00"), _next_monday(known.at, zone))
    ends = [
        one.expires_at
        for one in known.permissions
        if one.expires_at is not None
        and one.expires_at - DAY > known.at
        and not (isinstance(one, one_time.Permission) and one.used)
    ]
    if ends:
        yield Jump("permission", Words("The day before a permission ends"), min(ends) - DAY)


def _next_monday(at: datetime, zone: ZoneInfo) -> datetime:
    """The first one after today, on the clock there.

    >>> from datetime import UTC
    >>> _next_monday(datetime(2026, 11, 23, 12, tzinfo=UTC), ZoneInfo("UTC")).isoformat()
    '2026-11-30T09:00:00+00:00'
    """
    here = at.astimezone(zone)
    day = here.date() + timedelta(days=7 - here.weekday())
    return datetime.combine(day, NINE, zone).astimezone(at.tzinfo)
