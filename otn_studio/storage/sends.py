"""Messages and their five states.

``due → sending → sent``, or ``→ due`` again later, or ``→ unknown`` where no answer came, or
``→ failed`` with its reason. `sending` is committed before the call, so that a crash in the middle of
one is seen. ``unsure`` stays true from the first attempt whose end we did not see.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, func, select, update

from otn_studio.storage.tables import contact, permission, send

DUE = "due"
SENDING = "sending"
SENT = "sent"
UNKNOWN = "unknown"
FAILED = "failed"
OPEN = (DUE, SENDING)


@dataclass(frozen=True, slots=True)
class SendRow:
    """One message with what is needed to judge it, send it, and tell its conversation."""

    id: int
    contact_id: int
    person_id: str
    last_action_at: datetime | None
    permission_id: int | None
    token: str | None
    expires_at: datetime | None
    ticket: int | None
    last: bool
    message: dict[str, Any]
    state: str
    attempts: int
    unsure: bool


_COLUMNS = (
    send.c.id,
    send.c.contact_id,
    contact.c.person_id,
    contact.c.last_action_at,
    send.c.permission_id,
    permission.c.token,
    permission.c.expires_at,
    send.c.ticket,
    send.c.last,
    send.c.message,
    send.c.state,
    send.c.attempts,
    send.c.unsure,
)
_ROWS = send.join(contact, contact.c.id == send.c.contact_id).outerjoin(
    permission, permission.c.id == send.c.permission_id
)


def due(connection: Connection, page_id: str, now: datetime, limit: int) -> list[SendRow]:
    """Messages whose time has come, each the first open one of its contact: order is kept."""
    earlier = send.alias()
    is_first = ~(
        select(earlier.c.id)
        .where(
            earlier.c.contact_id == send.c.contact_id,
            earlier.c.id < send.c.id,
            earlier.c.state.in_(OPEN),
        )
        .exists()
    )
    query = (
        select(*_COLUMNS)
        .select_from(_ROWS)
        .where(send.c.page_id == page_id, send.c.due_at <= now, is_first)
        .order_by(send.c.due_at, send.c.id)
        .limit(limit)
    )
    return [SendRow(*row) for row in connection.execute(query)]


def next_due(connection: Connection, page_id: str, now: datetime) -> datetime | None:
    """When the next attempt is due; those that are overdue wait for an earlier message."""
    query = select(send.c.due_at).where(send.c.page_id == page_id, send.c.due_at > now)
    return connection.scalar(query.order_by(send.c.due_at).limit(1))


def with_states(connection: Connection, ids: Collection[int], *states: str) -> dict[int, SendRow]:
    """Those of these messages that are in one of the states, by id."""
    query = select(*_COLUMNS).select_from(_ROWS)
    wanted = query.where(send.c.id.in_(ids), send.c.state.in_(states))
    return {row.id: SendRow(*row) for row in connection.execute(wanted)}


def claim(connection: Connection, ids: Collection[int], now: datetime) -> None:
    """Mark messages as being sent. The caller commits before it calls Messenger."""
    if ids:
        connection.execute(
            update(send)
            .where(send.c.id.in_(ids))
            .values(state=SENDING, due_at=None, claimed_at=now, attempts=send.c.attempts + 1)
        )


def found_sending(connection: Connection, page_id: str) -> list[SendRow]:
    """Messages that were being sent when the engine last stopped: nobody saw how it ended."""
    query = select(*_COLUMNS).select_from(_ROWS)
    query = query.where(send.c.page_id == page_id, send.c.state == SENDING).order_by(send.c.id)
    return [SendRow(*row) for row in connection.execute(query)]


def change(connection: Connection, id: int, **values: Any) -> None:
    connection.execute(update(send).where(send.c.id == id).values(**values))


def drop_rest(connection: Connection, row: SendRow, now: datetime, reason: str) -> None:
    """Fail the messages of the same block that were to follow one that could not be sent."""
    if row.ticket is not None:
        rest = and_(
            send.c.contact_id == row.contact_id, send.c.ticket == row.ticket, send.c.state == DUE
        )
        values = {"state": FAILED, "due_at": None, "settled_at": now, "reason": reason}
        connection.execute(update(send).where(rest).values(values))


def by_state(connection: Connection, page_id: str) -> dict[str, int]:
    """How many messages there are in each state."""
    query = select(send.c.state, func.count()).where(send.c.page_id == page_id)
    return dict(connection.execute(query.group_by(send.c.state)).all())


def count_waiting(connection: Connection, page_id: str) -> int:
    """How many messages are being sent, or are still to be sent or tried again."""
    of_page = select(func.count()).select_from(send).where(send.c.page_id == page_id)
    scheduled = connection.scalar(of_page.where(send.c.due_at.is_not(None))) or 0
    sending = connection.scalar(of_page.where(send.c.state == SENDING)) or 0
    return scheduled + sending
