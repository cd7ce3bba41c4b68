"""Announcing: one message, once, to everyone who holds a permission for a topic."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    FromClause,
    Insert,
    Select,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from otn_studio.storage import lanes
from otn_studio.storage.instant import Instant
from otn_studio.storage.sends import BROADCAST, DUE
from otn_studio.storage.tables import announcement, contact, event, lane, permission, send

ANNOUNCED = "announced"


def holders(
    connection: Connection, page_id: str, topic_id: str, now: datetime, recurring: bool = True
) -> int:
    """How many people hold a permission for the topic that can be used now.

    ``recurring``: whether lasting ones can be used at all.
    """
    oldest = _oldest(page_id, topic_id, now, recurring).subquery()
    return connection.scalar(select(func.count()).select_from(oldest)) or 0


def announce_text(
    connection: Connection,
    page_id: str,
    topic_id: str,
    message: dict[str, Any],
    now: datetime,
    recurring: bool = True,
) -> int:
    """Make one message for every holder, each with their oldest permission, and count them."""
    made = _announce(connection, page_id, topic_id, now, text=message.get("text"))
    oldest = _oldest(page_id, topic_id, now, recurring)
    lanes.lock_all(connection, select(oldest.subquery().c.contact_id))
    shared = {
        send.c.page_id: literal(page_id),
        send.c.announcement_id: literal(made),
        send.c.last: literal(True),
        send.c.message: literal(message, JSON),
        send.c.created_at: literal(now, Instant),
        send.c.due_at: literal(now, Instant),
        send.c.state: literal(DUE),
        send.c.queue: literal(BROADCAST),
    }
    columns = [send.c.contact_id, send.c.permission_id, *shared]
    with _set_aside(connection, oldest, made) as taken:
        rows = select(taken.c.contact_id, taken.c.id, *shared.values())
        people = connection.execute(_counting(insert(send).from_select(columns, rows))).rowcount
    return _count(connection, made, people)


@contextmanager
def _set_aside(connection: Connection, oldest: Select, made: int) -> Iterator[FromClause]:
    """The permissions for which the ``with`` makes messages, and for nobody else's any more.

    PostgreSQL takes those that are still free at that moment, and says which; on SQLite, which can't
    say so in one statement, nobody else writes meanwhile.
    """
    set_aside = update(permission).values(next_allowed_at=None)
    if connection.dialect.name != "sqlite":
        free = permission.c.id.in_(select(oldest.subquery().c.id))
        still = permission.c.next_allowed_at.is_not(None)
        taken = set_aside.where(free, still).returning(permission.c.contact_id, permission.c.id)
        yield taken.cte("taken")
        return
    yield oldest.subquery()
    with_message = select(send.c.permission_id).where(send.c.announcement_id == made)
    connection.execute(set_aside.where(permission.c.id.in_(with_message)))


def announce_flow(
    connection: Connection,
    page_id: str,
    topic_id: str,
    flow_id: str,
    now: datetime,
    recurring: bool = True,
) -> int:
    """Tell the lane of every holder that the flow is to begin, and count them."""
    made = _announce(connection, page_id, topic_id, now, flow_id=flow_id)
    oldest = _oldest(page_id, topic_id, now, recurring).subquery()
    body = {"topic": topic_id, "flow": flow_id, "announcement": made}
    shared = {
        event.c.page_id: literal(page_id),
        event.c.kind: literal(ANNOUNCED),
        event.c.at: literal(now, Instant),
        event.c.stored_at: literal(now, Instant),
        event.c.body: literal(body, JSON),
    }
    rows = select(oldest.c.contact_id, *shared.values())
    people_ids = select(oldest.c.contact_id)
    lanes.lock_all(connection, people_ids)
    columns = [event.c.contact_id, *shared]
    people = connection.execute(_counting(insert(event).from_select(columns, rows))).rowcount
    asleep = lane.c.contact_id.in_(people_ids), lane.c.woken_at.is_(None)
    connection.execute(update(lane).where(*asleep).values(woken_at=now))
    return _count(connection, made, people)


def _counting(statement: Insert) -> Insert:
    """A statement whose rows are counted, which SQLAlchemy else leaves out for an insert."""
    return statement.execution_options(preserve_rowcount=True)


def _oldest(page_id: str, topic_id: str, now: datetime, recurring: bool) -> Select:
    """Every holder who can be reached, with the permission to use first."""
    kinds = () if recurring else (permission.c.frequency.is_(None),)
    rank = func.row_number().over(
        partition_by=permission.c.contact_id,
        order_by=(permission.c.opted_in_at, permission.c.id),
    )
    free = (
        select(permission.c.id, permission.c.contact_id, rank.label("place"))
        .where(
            permission.c.page_id == page_id,
            permission.c.topic_id == topic_id,
            permission.c.next_allowed_at <= now,
            or_(permission.c.expires_at.is_(None), permission.c.expires_at > now),
            permission.c.stopped_at.is_(None),
            *kinds,
        )
        .subquery()
    )
    return (
        select(free.c.id, free.c.contact_id)
        .join(contact, contact.c.id == free.c.contact_id)
        .where(free.c.place == 1, contact.c.unreachable_at.is_(None))
    )


def _announce(
    connection: Connection, page_id: str, topic_id: str, now: datetime, **what: str | None
) -> int:
    values = {"page_id": page_id, "topic_id": topic_id, "made_at": now, "people": 0, **what}
    return connection.execute(insert(announcement).values(values)).inserted_primary_key[0]


def _count(connection: Connection, made: int, people: int) -> int:
    counted = update(announcement).where(announcement.c.id == made)
    connection.execute(counted.values(people=people))
    return people
