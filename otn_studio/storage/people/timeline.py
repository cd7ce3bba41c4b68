"""Everything that happened with one person, the newest first, a page at a time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, and_, or_, select

from otn_studio.storage.tables import event, permission, send

AT_ONCE: Final = 50
LEFT_OUT: Final = ("sent", "unknown", "not_sent", "fetched", "delivery", "read", "standby", "other")
"""What became of a message stands with the message."""


@dataclass(frozen=True, slots=True)
class EventRow:
    """Something that came, or was decided."""

    id: int
    at: datetime
    kind: str
    body: dict[str, Any]
    problem: str | None


@dataclass(frozen=True, slots=True)
class SendRow:
    """A message to the person with what became of it. ``topic_id``: that of its permission."""

    id: int
    at: datetime
    message: dict[str, Any]
    state: str
    reason: str | None
    details: str | None
    due_at: datetime | None
    settled_at: datetime | None
    attempts: int
    topic_id: str | None
    flow_id: str | None
    version: int | None
    by_hand: bool
    announced: bool


Row = EventRow | SendRow


class Place(NamedTuple):
    """Where the next page begins: behind this event, and behind this message."""

    event: tuple[datetime, int] | None
    send: int | None


TOP: Final = Place(None, None)


def page(
    connection: Connection, contact_id: int, after: Place = TOP, at_once: int = AT_ONCE
) -> tuple[list[Row], Place | None]:
    """The next that happened before ``after``, and where to go on; none where that was all."""
    events = _events(connection, contact_id, after.event, at_once)
    sends = _sends(connection, contact_id, after.send, at_once)
    in_order = sorted([*events, *sends], key=lambda row: (row.at, row.id), reverse=True)
    shown = in_order[:at_once]
    if len(shown) < at_once:
        return shown, None
    last_event = next((r for r in reversed(shown) if isinstance(r, EventRow)), None)
    sent = [row.id for row in shown if isinstance(row, SendRow)]
    return shown, Place(
        (last_event.at, last_event.id) if last_event else after.event,
        min(sent) if sent else after.send,
    )


def _events(
    connection: Connection, contact_id: int, after: tuple[datetime, int] | None, limit: int
) -> list[EventRow]:
    query = select(event.c.id, event.c.at, event.c.kind, event.c.body, event.c.problem)
    query = query.where(event.c.contact_id == contact_id, event.c.kind.not_in(LEFT_OUT))
    if after is not None:
        at, id = after
        earlier = and_(event.c.at == at, event.c.id < id)
        query = query.where(event.c.at <= at, or_(event.c.at < at, earlier))
    rows = connection.execute(query.order_by(event.c.at.desc(), event.c.id.desc()).limit(limit))
    return [EventRow(*row) for row in rows]


def _sends(connection: Connection, contact_id: int, after: int | None, limit: int) -> list[SendRow]:
    query = select(
        send.c.id,
        send.c.created_at,
        send.c.message,
        send.c.state,
        send.c.reason,
        send.c.details,
        send.c.due_at,
        send.c.settled_at,
        send.c.attempts,
        permission.c.topic_id,
        send.c.flow_id,
        send.c.version,
        send.c.by_hand,
        send.c.announcement_id.is_not(None),
    ).outerjoin(permission, permission.c.id == send.c.permission_id)
    query = query.where(send.c.contact_id == contact_id)
    if after is not None:
        query = query.where(send.c.id < after)
    rows = connection.execute(query.order_by(send.c.id.desc()).limit(limit))
    return [SendRow(*row) for row in rows]
