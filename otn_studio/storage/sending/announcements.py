"""Announcements: one text, or one flow, once, for everyone who holds a permission for a topic.

``planned → sending → done``, and on the way ``paused`` and back, or ``cancelled``. Whoever makes one,
or changes its state, only writes that down; the engine does the rest, as far as it gets at a time, and
notes how far it got in the same transaction. To whom it still has to go is in `recipients`.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, insert, select, update

from otn_studio.storage.instant import Instant
from otn_studio.storage.tables import announcement

ANNOUNCED = "announced"

PLANNED = "planned"
SENDING = "sending"
PAUSED = "paused"
CANCELLED = "cancelled"
DONE = "done"


@dataclass(frozen=True, slots=True)
class Announcement:
    """One of them. ``people`` are those to whom it is to go, as far as they are written down: all from
    ``planned_at`` on. ``left_out`` says of how many it turned out, and why, that they can't get it.
    ``waits``: whoever can't get it yet gets it when they can.
    """

    id: int
    topic_id: str
    flow_id: str | None
    text: str | None
    made_at: datetime
    state: str
    begins_at: datetime | None
    waits: bool
    planned_to: int | None
    planned_at: datetime | None
    people: int
    told: int
    left_out: dict[str, int] = field(default_factory=dict)
    ended_at: datetime | None = None
    segment: str | None = None
    audience: dict[str, Any] | None = None
    key: str | None = None


_ROWS = select(*(announcement.c[name] for name in Announcement.__slots__))


def make(
    connection: Connection,
    page_id: str,
    topic_id: str,
    now: datetime,
    *,
    begins_at: datetime,
    waits: bool,
    text: str | None = None,
    flow_id: str | None = None,
    segment: str | None = None,
    audience: dict[str, Any] | None = None,
    key: str | None = None,
) -> int:
    """Write one down; the engine begins with it then. Answers its number."""
    values = {
        "page_id": page_id,
        "topic_id": topic_id,
        "text": text,
        "flow_id": flow_id,
        "made_at": now,
        "people": 0,
        "state": PLANNED,
        "begins_at": begins_at,
        "look_at": begins_at,
        "waits": waits,
        "segment": segment,
        "audience": audience,
        "key": key,
    }
    return connection.execute(insert(announcement).values(values)).inserted_primary_key[0]


def all_of(connection: Connection, page_id: str, at_most: int) -> list[Announcement]:
    """The newest of a Page."""
    query = _ROWS.where(announcement.c.page_id == page_id).order_by(announcement.c.id.desc())
    return _read(connection, query.limit(at_most))


def numbered(connection: Connection, page_id: str, id: int) -> Announcement | None:
    """The one of that number."""
    query = _ROWS.where(announcement.c.page_id == page_id, announcement.c.id == id)
    return next(iter(_read(connection, query)), None)


def keyed(connection: Connection, page_id: str, key: str) -> Announcement | None:
    """The one that was asked for with that key."""
    query = _ROWS.where(announcement.c.page_id == page_id, announcement.c.key == key)
    return next(iter(_read(connection, query)), None)


def of_topic(connection: Connection, page_id: str, topic_id: str) -> list[Announcement]:
    """Those for a topic that were not cancelled, the newest first."""
    query = _ROWS.where(
        announcement.c.page_id == page_id,
        announcement.c.topic_id == topic_id,
        announcement.c.state != CANCELLED,
    )
    return _read(connection, query.order_by(announcement.c.begins_at.desc()))


def due(connection: Connection, page_id: str, now: datetime) -> list[Announcement]:
    """Those for which there is something to do, locked until the transaction ends."""
    return _read(connection, _DUE, page=page_id, now=now)


_DUE = (
    _ROWS.where(
        announcement.c.page_id == bindparam("page"), announcement.c.look_at <= bindparam("now")
    )
    .order_by(announcement.c.look_at, announcement.c.id)
    .with_for_update()
)


def _read(connection: Connection, query: Select, **given: Any) -> list[Announcement]:
    return [Announcement(*row) for row in connection.execute(query, given)]


def change(connection: Connection, id: int, **values: Any) -> None:
    connection.execute(update(announcement).where(announcement.c.id == id).values(**values))


def turn(
    connection: Connection, page_id: str, id: int, before: tuple[str, ...], **values: Any
) -> bool:
    """Change one that is in one of these states; false where it is in none of them."""
    found = announcement.c.page_id == page_id, announcement.c.id == id
    still = announcement.c.state.in_(before)
    changed = connection.execute(update(announcement).where(*found, still).values(**values))
    return changed.rowcount == 1


def hurry(connection: Connection, page_id: str, now: datetime) -> None:
    """Look at once at those under way: by a clock that was set back it would be too late."""
    later = announcement.c.page_id == page_id, announcement.c.look_at > now
    under_way = update(announcement).where(*later, announcement.c.state == SENDING)
    connection.execute(under_way.values(look_at=now))


def count_under_way(connection: Connection, page_id: str, now: datetime) -> int:
    """For how many there is something to do by now."""
    query = select(func.count()).select_from(announcement)
    waiting = announcement.c.page_id == page_id, announcement.c.look_at <= now
    return connection.scalar(query.where(*waiting)) or 0


def forget_keys(connection: Connection, page_id: str, before: datetime) -> None:
    """From now on the keys of older ones make new ones."""
    old = announcement.c.page_id == page_id, announcement.c.made_at < before
    keyed = announcement.c.key.is_not(None)
    connection.execute(update(announcement).where(*old, keyed).values(key=None))


NEXT_LOOK = select(func.min(announcement.c.look_at, type_=Instant)).where(
    announcement.c.page_id == bindparam("page")
)
