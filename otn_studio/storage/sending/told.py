"""The messages of announcements, as far as they are made."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from otn_studio.storage.engine import lanes
from otn_studio.storage.sending.sends import BROADCAST, DUE, SENDING
from otn_studio.storage.tables import contact, permission, send


def count_queued(connection: Connection, page_id: str, until: datetime, at_most: int) -> int:
    """How many messages that nobody waits for are to go by then; counted no further than asked for."""
    queued = select(send.c.id).where(
        send.c.page_id == page_id,
        send.c.queue >= BROADCAST,
        send.c.due_at <= until,
        send.c.reason.is_(None),
    )
    counted = select(func.count()).select_from(queued.limit(at_most).subquery())
    return connection.scalar(counted) or 0


def are_open(connection: Connection, page_id: str, announcement_id: int) -> bool:
    """Whether a message of the announcement is being sent, or is still to be sent or tried again."""
    of_it = send.c.page_id == page_id, send.c.announcement_id == announcement_id
    scheduled = select(send.c.id).where(*of_it, send.c.due_at.is_not(None))
    under_way = select(send.c.id).where(*of_it, send.c.state == SENDING)
    found = (connection.scalar(query.limit(1)) for query in (scheduled, under_way))
    return any(id is not None for id in found)


@dataclass(frozen=True, slots=True)
class Addressee:
    """What is known of somebody who is to be told something."""

    fields: dict[str, Any]
    tags: list[str]
    first_seen_at: datetime
    last_action_at: datetime | None
    unreachable_at: datetime | None


def people(connection: Connection, contact_ids: Collection[int]) -> dict[int, Addressee]:
    """Those of these contacts who are there still."""
    columns = (contact.c[name] for name in Addressee.__slots__)
    query = select(contact.c.id, *columns).where(contact.c.id.in_(contact_ids))
    return {id: Addressee(*rest) for id, *rest in connection.execute(query)}


def put_out(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Let these messages be sent, and nobody else use their permissions meanwhile."""
    if rows:
        ids = [row["permission_id"] for row in rows]
        set_aside = update(permission).where(permission.c.id.in_(ids))
        connection.execute(set_aside.values(next_allowed_at=None))
        connection.execute(insert(send), rows)


def take_back(connection: Connection, announcement_id: int) -> dict[int, int]:
    """Take the messages back that certainly have not gone; answers whose permissions they had."""
    waiting = (
        send.c.announcement_id == announcement_id,
        send.c.ticket.is_(None),
        send.c.state == DUE,
        ~send.c.unsure,
    )
    lanes.lock_all(connection, select(send.c.contact_id).where(*waiting))
    rows = connection.execute(select(send.c.contact_id, send.c.permission_id).where(*waiting)).all()
    connection.execute(delete(send).where(*waiting))
    return dict(tuple(row) for row in rows)


def by_end(connection: Connection, announcement_id: int) -> dict[tuple[str, str | None], int]:
    """How many of its messages are in which state, and why."""
    query = select(send.c.state, send.c.reason, func.count())
    rows = connection.execute(
        query.where(send.c.announcement_id == announcement_id).group_by(send.c.state, send.c.reason)
    )
    return {(state, reason): count for state, reason, count in rows}
