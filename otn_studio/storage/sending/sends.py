"""Messages and their five states.

``due → sending → sent``, or ``→ due`` again later, or ``→ unknown`` where no answer came, or
``→ failed`` with its reason. `sending` is committed before the call, so that a crash in the middle of
one is seen. ``unsure`` stays true from the first attempt whose end we did not see.

They wait in queues, and what somebody waits for goes first.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    type_coerce,
    update,
)

from otn_studio.storage.engine import lanes
from otn_studio.storage.instant import Instant
from otn_studio.storage.tables import contact, lane, send

DUE = "due"
SENDING = "sending"
SENT = "sent"
UNKNOWN = "unknown"
FAILED = "failed"
OPEN = (DUE, SENDING)

TALK, MEDIA, BROADCAST, BROADCAST_MEDIA = QUEUES = range(4)
"""In the order in which they are served: a person waits for the first two; audio and video, of which
Messenger takes fewer, have queues of their own."""


@dataclass(frozen=True, slots=True)
class SendRow:
    """One message with what is needed to judge it, send it, and tell its conversation."""

    id: int
    contact_id: int
    person_id: str
    last_action_at: datetime | None
    permission_id: int | None
    ticket: int | None
    last: bool
    message: dict[str, Any]
    state: str
    attempts: int
    unsure: bool
    claimed_at: datetime | None
    request_title: str | None
    queue: int
    reason: str | None
    quiet_until: datetime | None
    by_hand: bool
    comment: str | None
    reply_until: datetime | None
    due_at: datetime | None


_COLUMNS = (
    send.c.id,
    send.c.contact_id,
    contact.c.person_id,
    contact.c.last_action_at,
    send.c.permission_id,
    send.c.ticket,
    send.c.last,
    send.c.message,
    send.c.state,
    send.c.attempts,
    send.c.unsure,
    send.c.claimed_at,
    send.c.request_title,
    send.c.queue,
    send.c.reason,
    lane.c.quiet_until,
    send.c.by_hand,
    send.c.comment,
    send.c.reply_until,
    send.c.due_at,
)
_ROWS = send.join(contact, contact.c.id == send.c.contact_id).join(
    lane, lane.c.contact_id == send.c.contact_id
)


def due(
    connection: Connection, page_id: str, queue: int, now: datetime, limit: int
) -> list[SendRow]:
    """Messages of a queue whose time has come, each the first open one of its contact: order is
    kept, except between what somebody waits for and what goes to many.

    One that has to wait for a reason holds up those of its own block only.
    """
    given = {"page": page_id, "queue": queue, "now": now, "limit": limit}
    return [SendRow(*row) for row in connection.execute(_DUE, given)]


_EARLIER = send.alias()
_GOES_FIRST = and_(
    _EARLIER.c.state == DUE,
    _EARLIER.c.id < send.c.id,
    (_EARLIER.c.queue >= BROADCAST) == (send.c.queue >= BROADCAST),
    or_(
        _EARLIER.c.reason.is_(None),
        _EARLIER.c.ticket == send.c.ticket,
        _EARLIER.c.due_at <= bindparam("now"),
    ),
)
_IS_FIRST = ~(
    select(_EARLIER.c.id)
    .where(
        _EARLIER.c.contact_id == send.c.contact_id,
        _EARLIER.c.state.in_(OPEN),
        or_(_EARLIER.c.state == SENDING, _GOES_FIRST),
    )
    .exists()
)
_DUE = (
    select(*_COLUMNS)
    .select_from(_ROWS)
    .where(
        send.c.page_id == bindparam("page"),
        send.c.queue == bindparam("queue"),
        send.c.due_at <= bindparam("now"),
        _IS_FIRST,
    )
    .order_by(send.c.due_at, send.c.id)
    .limit(bindparam("limit"))
)


def put_by_hand(
    connection: Connection, page_id: str, contact_id: int, message: dict[str, Any], now: datetime
) -> None:
    """Let something be sent that a colleague wrote."""
    row = {"page_id": page_id, "contact_id": contact_id, "message": message, "by_hand": True}
    row |= {"created_at": now, "due_at": now, "state": DUE, "last": True, "queue": TALK}
    connection.execute(insert(send).values(**row))


def lock(connection: Connection, ids: Collection[int]) -> None:
    """Wait until nobody else serves the contacts of these messages."""
    lanes.lock_by(connection, _LOCK, {"ids": list(ids)})


_LOCK = lanes.locking(
    select(send.c.contact_id).where(send.c.id.in_(bindparam("ids", expanding=True)))
)


def with_states(connection: Connection, ids: Collection[int], *states: str) -> dict[int, SendRow]:
    """Those of these messages that are in one of the states, by id."""
    rows = connection.execute(_WITH_STATES, {"ids": list(ids), "states": states})
    return {row.id: SendRow(*row) for row in rows}


_WITH_STATES = (
    select(*_COLUMNS)
    .select_from(_ROWS)
    .where(
        send.c.id.in_(bindparam("ids", expanding=True)),
        send.c.state.in_(bindparam("states", expanding=True)),
    )
)


def claim(connection: Connection, ids: Collection[int], now: datetime) -> None:
    """Mark messages as being sent. The caller commits before it calls Messenger."""
    if ids:
        connection.execute(_CLAIM, {"ids": list(ids), "now": now})


_CLAIM = (
    update(send)
    .where(send.c.id.in_(bindparam("ids", expanding=True)))
    .values(
        state=SENDING,
        due_at=None,
        claimed_at=bindparam("now", type_=Instant),
        attempts=send.c.attempts + 1,
    )
)


def found_sending(connection: Connection, page_id: str) -> list[SendRow]:
    """Messages that were being sent when the engine last stopped: nobody saw how it ended."""
    query = select(*_COLUMNS).select_from(_ROWS)
    query = query.where(send.c.page_id == page_id, send.c.state == SENDING).order_by(send.c.id)
    return [SendRow(*row) for row in connection.execute(query)]


def change(connection: Connection, id: int, **values: Any) -> None:
    connection.execute(_CHANGE, {"send": id, **values})


_CHANGE = update(send).where(send.c.id == bindparam("send"))


def hurry(connection: Connection, page_id: str, now: datetime, later_than: datetime) -> None:
    """Let messages go at once that wait for no reason, and yet for longer than anything does."""
    waiting = send.c.page_id == page_id, send.c.due_at > later_than, send.c.reason.is_(None)
    connection.execute(update(send).where(*waiting).values(due_at=now))


def release(
    connection: Connection, contact_id: int, reasons: Collection[str], now: datetime
) -> None:
    """Let a contact's messages go that wait for one of these reasons."""
    waiting = send.c.contact_id == contact_id, send.c.state == DUE, send.c.reason.in_(reasons)
    connection.execute(update(send).where(*waiting).values(due_at=now, reason=None))


def release_all(connection: Connection, page_id: str, reason: str, now: datetime) -> None:
    """Let all messages of a Page go that wait for this reason."""
    waiting = send.c.page_id == page_id, send.c.state == DUE, send.c.reason == reason
    connection.execute(update(send).where(*waiting).values(due_at=now, reason=None))


def drop_rest(connection: Connection, row: SendRow, now: datetime, reason: str) -> None:
    """Fail the messages of the same block that were to follow one that could not be sent."""
    if row.ticket is not None:
        rest = and_(
            send.c.contact_id == row.contact_id, send.c.ticket == row.ticket, send.c.state == DUE
        )
        values = {"state": FAILED, "due_at": None, "settled_at": now, "reason": reason}
        connection.execute(update(send).where(rest).values(values))


def put_off_rest(connection: Connection, row: SendRow, by: timedelta) -> None:
    """Let the messages of the same block that follow one come so much later."""
    due_at = type_coerce(send.c.due_at, BigInteger) + by // timedelta(microseconds=1)
    rest = and_(
        *(send.c.contact_id == row.contact_id, send.c.ticket == row.ticket, send.c.id > row.id),
        *(send.c.state == DUE, send.c.reason.is_(None)),
    )
    connection.execute(update(send).where(rest).values(due_at=due_at))


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request for a lasting permission that went to a person, or that is to go."""

    id: int
    contact_id: int
    title: str
    at: datetime
    state: str


def requests(
    connection: Connection, contact_ids: Collection[int], since: datetime
) -> list[RequestRow]:
    """What these people were asked, and are about to be, from an instant on."""
    rows = connection.execute(_REQUESTS, {"ids": list(contact_ids), "since": since})
    return [RequestRow(*row) for row in rows]


_REQUESTED_AT = func.coalesce(
    send.c.settled_at, send.c.claimed_at, send.c.created_at, type_=Instant
)
_REQUESTS = select(
    send.c.id, send.c.contact_id, send.c.request_title, _REQUESTED_AT, send.c.state
).where(
    send.c.contact_id.in_(bindparam("ids", expanding=True)),
    send.c.request_title.is_not(None),
    send.c.state != FAILED,
    bindparam("since", type_=Instant) <= _REQUESTED_AT,
)


def request_messages(connection: Connection, contact_id: int, title: str) -> list[dict[str, Any]]:
    """The requests of that title that a contact ever got, the newest first."""
    query = select(send.c.message).where(
        send.c.contact_id == contact_id, send.c.request_title == title
    )
    return list(connection.scalars(query.order_by(send.c.id.desc())))


def count_waiting(connection: Connection, page_id: str) -> int:
    """How many messages are being sent, or are still to be sent or tried again."""
    of_page = select(func.count()).select_from(send).where(send.c.page_id == page_id)
    scheduled = connection.scalar(of_page.where(send.c.due_at.is_not(None))) or 0
    sending = connection.scalar(of_page.where(send.c.state == SENDING)) or 0
    return scheduled + sending


def count_settled(connection: Connection, page_id: str, since: datetime) -> dict[str, int]:
    """How many messages came to an end from an instant on, by how they ended."""
    query = select(send.c.state, func.count()).where(
        send.c.page_id == page_id, send.c.settled_at > since
    )
    return dict(connection.execute(query.group_by(send.c.state)).all())


def count_tries(connection: Connection, page_id: str, since: datetime) -> int:
    """How often Messenger was called for messages from an instant on, and rather a little more: the
    earlier attempts of a message count with its last one."""
    of_page = select(func.coalesce(func.sum(send.c.attempts), 0)).where(send.c.page_id == page_id)
    settled = connection.scalar(of_page.where(send.c.settled_at > since))
    return settled + connection.scalar(of_page.where(send.c.settled_at.is_(None)))


def count_lately(connection: Connection, page_id: str, since: datetime) -> int:
    """How many messages Messenger may have been called for from an instant on."""
    of_page = select(func.count()).select_from(send).where(send.c.page_id == page_id)
    settled = connection.scalar(of_page.where(send.c.settled_at >= since)) or 0
    open_ones = of_page.where(send.c.settled_at.is_(None), send.c.claimed_at >= since)
    return settled + (connection.scalar(open_ones) or 0)
