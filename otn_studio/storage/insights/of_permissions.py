"""What the Insights page shows of permissions: gained, stopped, expired by day, and when those that
are held run out."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    case,
    func,
    literal,
    or_,
    select,
    type_coerce,
)

from otn_studio.storage.tables import permission

_EPOCH = datetime(1970, 1, 1)
_MICROSECOND = timedelta(microseconds=1)
_DAY = timedelta(days=1)
_LASTING = permission.c.frequency.is_not(None)
_FREE = or_(_LASTING, permission.c.next_allowed_at.is_not(None))


def gained(
    connection: Connection, page_id: str, topic_id: str | None, first: int, last: int, zone: tzinfo
) -> Mapping[int, int]:
    """To how many permissions people said yes, by the day."""
    column = permission.c.opted_in_at
    return _by_day(connection, column, first, last, zone, *_of(page_id, topic_id))


def stopped(
    connection: Connection, page_id: str, topic_id: str | None, first: int, last: int, zone: tzinfo
) -> Mapping[int, int]:
    """How many of those that are stopped were, by the day."""
    column = permission.c.stopped_at
    return _by_day(connection, column, first, last, zone, *_of(page_id, topic_id))


def expired(
    connection: Connection,
    page_id: str,
    topic_id: str | None,
    first: int,
    last: int,
    zone: tzinfo,
    now: datetime,
) -> Mapping[int, int]:
    """How many ended that could still have been used, by the day."""
    which = *_of(page_id, topic_id), _FREE, permission.c.expires_at <= now
    return _by_day(connection, permission.c.expires_at, first, last, zone, *which)


def first(connection: Connection, page_id: str) -> datetime | None:
    """When the first yes was said."""
    column = permission.c.opted_in_at
    query = select(func.min(column, type_=column.type)).where(permission.c.page_id == page_id)
    return connection.scalar(query)


def ending(
    connection: Connection,
    page_id: str,
    topic_id: str | None,
    last: int,
    zone: tzinfo,
    now: datetime,
) -> Mapping[int | None, int]:
    """How many of those that can be used, now or later, end, by the day; under none those that end
    after the last one, or never."""
    column = permission.c.expires_at
    until = beginning(last + 1, zone)
    day = case((column < until, _day_of(column, now, until, zone)))
    alive = or_(column.is_(None), column > now)
    which = _FREE, alive, permission.c.stopped_at.is_(None)
    query = select(day, func.count()).where(*_of(page_id, topic_id), *which).group_by(day)
    return dict(connection.execute(query).all())


def local_day(moment: datetime, zone: tzinfo) -> int:
    """The day by the clocks there, counted from 1970."""
    return (moment.astimezone(zone).replace(tzinfo=None) - _EPOCH) // _DAY


def beginning(day: int, zone: tzinfo) -> datetime:
    """The first instant of a day."""
    midnight = (_EPOCH + day * _DAY).replace(tzinfo=zone).astimezone(UTC)
    while local_day(midnight, zone) < day:  # there is no midnight where clocks skip it
        midnight += timedelta(minutes=15)
    return midnight


def _of(page_id: str, topic_id: str | None) -> list[ColumnElement[bool]]:
    of_page = [permission.c.page_id == page_id]
    return of_page if topic_id is None else [*of_page, permission.c.topic_id == topic_id]


def _by_day(
    connection: Connection,
    column: ColumnElement[datetime],
    first: int,
    last: int,
    zone: tzinfo,
    *which: ColumnElement[bool],
) -> Mapping[int, int]:
    since, until = beginning(first, zone), beginning(last + 1, zone)
    day = _day_of(column, since, until, zone)
    query = select(day, func.count()).where(*which, column >= since, column < until)
    return dict(connection.execute(query.group_by(day)).all())


def _day_of(
    column: ColumnElement[datetime], since: datetime, until: datetime, zone: tzinfo
) -> ColumnElement[int]:
    """The local day of an instant, worked out by the database: between two changes of the clocks it
    is so far from that of Greenwich."""
    stretches = _stretches(since, until, zone)
    *others, (_, rest) = stretches
    offset: ColumnElement[int] = literal(rest // _MICROSECOND, BigInteger)
    if others:
        offset = case(
            *((column < end, literal(at // _MICROSECOND, BigInteger)) for end, at in others),
            else_=offset,
        )
    micros = type_coerce(column, BigInteger) + offset
    return type_coerce(micros // literal(_DAY // _MICROSECOND, BigInteger), BigInteger)


def _stretches(since: datetime, until: datetime, zone: tzinfo) -> list[tuple[datetime, timedelta]]:
    """The ends of the stretches with the same distance from Greenwich, and that distance."""
    days = [since + _DAY * number for number in range((until - since) // _DAY + 1)] + [until]
    found: list[tuple[datetime, timedelta]] = []
    for begin, end in pairwise(days):
        if _offset(begin, zone) != _offset(end, zone):
            found.append((_change(begin, end, zone), _offset(begin, zone)))
    return [*found, (until, _offset(until, zone))]


def _change(low: datetime, high: datetime, zone: tzinfo) -> datetime:
    """The first instant at which the clocks are changed, to the second."""
    before = _offset(low, zone)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        low, high = (middle, high) if _offset(middle, zone) == before else (low, middle)
    return high.replace(microsecond=0)


def _offset(moment: datetime, zone: tzinfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()
