"""Times of day and days of the week, by the clocks of the Page or of the person."""

from collections.abc import Collection
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Annotated, Final

from pydantic import AfterValidator

from otn_studio.blocks.field import in_zone
from otn_studio.blocks.turn import Turn


class Weekday(StrEnum):
    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @property
    def number(self) -> int:
        """Counted from Monday, which is 0."""
        return list(Weekday).index(self)


CLOCKS_CALLED: Final = {"person": "The person", "page": "The Page"}


class Clocks(StrEnum):
    """Whose clocks count. Where the person's time zone is unknown, it is the Page's."""

    PERSON = "person"
    PAGE = "page"

    def zone(self, turn: Turn) -> tzinfo:
        return turn.zone if self is Clocks.PERSON else turn.page.zone


def _to_the_minute(at: time) -> time:
    if at.tzinfo is not None:
        raise ValueError("a time of day names no time zone")
    return at.replace(second=0, microsecond=0)


TimeOfDay = Annotated[time, AfterValidator(_to_the_minute)]


def next_at(now: datetime, at: time, days: Collection[Weekday], zone: tzinfo) -> datetime:
    """The next instant at which the clocks of a zone show that time, on such a day.

    Without ``days`` any will do. A time that the clocks skip comes when they have skipped it; of one
    that they show twice, the first counts.

    >>> from datetime import UTC
    >>> friday = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
    >>> next_at(friday, time(9), [Weekday.MONDAY], UTC).isoformat()
    '2026-11-30T09:00:00+00:00'
    """
    numbers = {day.number for day in days} or set(range(7))
    day = now.astimezone(zone).date() - timedelta(days=1)
    while day.weekday() not in numbers or in_zone(datetime.combine(day, at), zone) <= now:
        day += timedelta(days=1)
    return in_zone(datetime.combine(day, at), zone)


def longest_until(days: Collection[Weekday]) -> timedelta:
    """The most that can pass until such a day has come and gone by, zones that skip a day included."""
    numbers = sorted({day.number for day in days} or range(7))
    gaps = [(b - a - 1) % 7 + 1 for a, b in zip(numbers, numbers[1:] + numbers[:1], strict=True)]
    return timedelta(days=max(gaps) + 1)


def is_between(now: datetime, first: time, last: time) -> bool:
    """Whether a local time lies between two times of day; the first may be on the evening before.

    >>> is_between(datetime(2026, 11, 27, 23, 30), time(22), time(6))
    True
    """
    at = now.time()
    return first <= at < last if first <= last else at >= first or at < last
