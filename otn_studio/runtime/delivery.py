"""Sending: claim before the call, judge again at that moment, record how it ended.

The states and what leads from one to the next are in `storage.sends`. A message whose end nobody saw
is *unknown* and never sent again blindly. Only a one-time permission may be tried again, since
Messenger itself refuses its second use: refused then, it was delivered the first time.
"""

import logging
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from otn_studio.messenger.errors import GraphError, Reaction
from otn_studio.messenger.events import Echo
from otn_studio.messenger.graph import Accepted, Answer, NoAnswer, NotReached, Refused
from otn_studio.messenger.payloads import by_permission, send_body, to_person
from otn_studio.policy import sending
from otn_studio.policy.one_time import Permission
from otn_studio.policy.profiles import Rules
from otn_studio.policy.sending import Refusal
from otn_studio.storage import contacts, inbox, pages, permissions, sends
from otn_studio.storage.inbox import Happening
from otn_studio.storage.sends import DUE, FAILED, SENDING, SENT, UNKNOWN, SendRow

log = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(minutes=5)
UNSURE_ATTEMPTS = 8
"""How often a one-time permission whose use is unknown is tried before it is left at that."""

AGAIN = frozenset({Reaction.RETRY, Reaction.TOO_SOON, Reaction.OTHER_APP, Reaction.PAGE_STOPPED})
REASONS = {
    Reaction.TOO_LATE: "too_late",
    Reaction.STOPPED: "stopped",
    Reaction.UNREACHABLE: "unreachable",
    Reaction.REQUEST_LIMIT: "request_limit",
}


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that this engine, and nobody else, is to send now."""

    id: int
    body: dict[str, Any]


def claim(connection: Connection, page_id: str, now: datetime, limit: int) -> list[Claimed]:
    """Take messages that are due. The caller commits before it sends them."""
    if limit <= 0 or pages.stopped_why(connection, page_id) is not None:
        return []
    claimed = []
    for row in sends.due(connection, page_id, now, limit):
        refusal = _judge(row, now)
        if refusal is None:
            claimed.append(Claimed(row.id, _body(row)))
        elif row.unsure:
            _leave_unknown(connection, page_id, row, now)
        else:
            _fail(connection, page_id, row, now, refusal)
    sends.claim(connection, [entry.id for entry in claimed], now)
    return claimed


def record(connection: Connection, page_id: str, id: int, answer: Answer, now: datetime) -> None:
    """Write down how an attempt ended. One that was settled meanwhile, by its echo, stays so."""
    row = sends.with_states(connection, [id], SENDING).get(id)
    if row is None:
        return
    match answer:
        case Accepted(message_id=message_id):
            _sent(connection, page_id, row, now, message_id=message_id)
        case NotReached(why=why):
            _again(connection, row, now, why)
        case NoAnswer(why=why):
            _unknown(connection, page_id, row, now, why)
        case Refused(error=error):
            _refused(connection, page_id, row, error, now)


def recover(connection: Connection, page_id: str, now: datetime) -> None:
    """After a start: what was being sent when the engine last stopped has an unknown end."""
    for row in sends.found_sending(connection, page_id):
        _unknown(connection, page_id, row, now, "the engine ended while it was sent")


def settle_by_echo(connection: Connection, page_id: str, echo: Echo | None, now: datetime) -> None:
    """An echo carries the message's id: Messenger has delivered it."""
    if echo is None or not (echo.metadata or "").isdecimal():
        return
    id = int(echo.metadata or "")
    row = sends.with_states(connection, [id], SENDING, UNKNOWN).get(id)
    if row is not None:
        _sent(connection, page_id, row, now, message_id=echo.mid)


def _judge(row: SendRow, now: datetime) -> Refusal | None:
    if row.permission_id is None:
        return sending.judge_in_conversation(row.last_action_at, now)
    assert row.expires_at is not None
    own = Permission(str(row.permission_id), "", now, row.expires_at, used=False)
    return sending.judge_by_permission(own, now, Rules())


def _body(row: SendRow) -> dict[str, Any]:
    recipient = to_person(row.person_id) if row.token is None else by_permission(row.token)
    return send_body(recipient, row.message, str(row.id), in_conversation=row.token is None)


def _refused(
    connection: Connection, page_id: str, row: SendRow, error: GraphError, now: datetime
) -> None:
    reaction = error.reaction
    if reaction is Reaction.PAGE_STOPPED:
        log.warning("Messenger takes no messages of the Page %s: %s", page_id, error.message)
        pages.set_stopped(connection, page_id, error.message)
    if reaction in AGAIN:
        _again(connection, row, now, error.message, error.retry_after_seconds)
    elif reaction is Reaction.BAD_PERMISSION_OR_PARAMETER and row.unsure and row.token:
        _sent(connection, page_id, row, now, reason="presumed")
    else:
        if reaction is Reaction.UNREACHABLE:
            contacts.set_unreachable(connection, row.contact_id, now)
        spent = reaction is Reaction.BAD_PERMISSION_OR_PARAMETER or row.unsure
        reason = REASONS.get(reaction, "refused")
        _fail(connection, page_id, row, now, reason, error.message, spent=spent)


def _sent(
    connection: Connection, page_id: str, row: SendRow, now: datetime, **values: str | None
) -> None:
    sends.change(connection, row.id, state=SENT, due_at=None, settled_at=now, **values)
    _tell(connection, page_id, row, now, "sent", row.last)


def _again(
    connection: Connection,
    row: SendRow,
    now: datetime,
    why: str,
    after_seconds: float | None = None,
) -> None:
    state = UNKNOWN if row.unsure else DUE
    pause = max(_pause(row.attempts), timedelta(seconds=after_seconds or 0))
    sends.change(connection, row.id, state=state, due_at=now + pause, details=why)


def _unknown(connection: Connection, page_id: str, row: SendRow, now: datetime, why: str) -> None:
    sends.change(connection, row.id, details=why)
    if row.token is None or row.attempts >= UNSURE_ATTEMPTS:
        _leave_unknown(connection, page_id, row, now)
    else:
        due_at = now + _pause(row.attempts)
        sends.change(connection, row.id, state=UNKNOWN, due_at=due_at, unsure=True)


def _leave_unknown(connection: Connection, page_id: str, row: SendRow, now: datetime) -> None:
    sends.change(connection, row.id, state=UNKNOWN, due_at=None, unsure=True, settled_at=now)
    _tell(connection, page_id, row, now, "unknown", row.last)


def _fail(
    connection: Connection,
    page_id: str,
    row: SendRow,
    now: datetime,
    reason: str,
    details: str | None = None,
    spent: bool = False,
) -> None:
    values = {"state": FAILED, "due_at": None, "settled_at": now}
    sends.change(connection, row.id, reason=reason, details=details, **values)
    sends.drop_rest(connection, row, now, "earlier_failed")
    if row.permission_id is not None and not spent:
        permissions.give_back(connection, [row.permission_id])
    too_late = reason == Refusal.TOO_LATE
    _tell(connection, page_id, row, now, "not_sent", True, reason=reason, too_late=too_late)


def _tell(
    connection: Connection,
    page_id: str,
    row: SendRow,
    now: datetime,
    kind: str,
    ends_block: bool,
    **what: Any,
) -> None:
    """Into the timeline; and to the conversation, where it waits for this."""
    body = {"send": row.id, "ticket": row.ticket, **what}
    to_read = row.ticket is not None and ends_block
    inbox.add(connection, page_id, [Happening(kind, row.contact_id, now, body, to_read)], now)


def _pause(attempts: int) -> timedelta:
    """Longer after every attempt, and never the same for two messages."""
    longest = min(FIRST_PAUSE * 2 ** max(attempts - 1, 0), LONGEST_PAUSE)
    return longest * random.uniform(0.5, 1.0)
