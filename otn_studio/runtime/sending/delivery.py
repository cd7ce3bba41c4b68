"""Sending: claim before the call, judge again at that moment, record how it ended.

The states and what leads from one to the next are in `storage.sending.sends`, what follows from an
end in `ending`.
"""

import math
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from otn_studio.messenger.events import Echo
from otn_studio.messenger.graph import Accepted, Answer, NoAnswer, NotReached, Refused
from otn_studio.messenger.payloads import (
    agent_body,
    by_permission,
    is_sign,
    send_body,
    to_comment,
    to_person,
)
from otn_studio.policy import one_time, rates, sending, window
from otn_studio.policy.requests import Asked
from otn_studio.policy.sending import Refusal
from otn_studio.policy.window import Reason
from otn_studio.runtime.conversing import colleagues
from otn_studio.runtime.conversing.outbox import looks_back, text_length
from otn_studio.runtime.page import Page
from otn_studio.runtime.permissions import ledger
from otn_studio.runtime.sending import attachments, stops
from otn_studio.runtime.sending.ending import LONGEST_PAUSE, Ending
from otn_studio.runtime.sending.pacing import Room
from otn_studio.storage import pages
from otn_studio.storage.engine import lanes, poison, work
from otn_studio.storage.permissions import permissions
from otn_studio.storage.permissions.permissions import PermissionRow
from otn_studio.storage.sending import announcements, sends
from otn_studio.storage.sending.sends import (
    BROADCAST,
    BROADCAST_MEDIA,
    DUE,
    MEDIA,
    SENDING,
    TALK,
    UNKNOWN,
    SendRow,
)

SEEN = timedelta(seconds=1)
"""What a person notices of a pause."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that this engine, and nobody else, is to send now."""

    id: int
    body: dict[str, Any]
    queue: int = TALK

    @property
    def is_media(self) -> bool:
        return self.queue in (MEDIA, BROADCAST_MEDIA)

    @property
    def in_batch(self) -> bool:
        """Whether it may go in one call with others."""
        return self.queue == BROADCAST


def claim(connection: Connection, page: Page, now: datetime, room: Room) -> list[Claimed]:
    """Take messages that are due, as many as there is room for, and those first that somebody waits
    for. The caller commits before it sends them.
    """
    stop = pages.stop(connection, page.id)
    if stop is None:
        return _claim(connection, page, now, room)
    if not stops.may_try(stop, now):
        return []
    found = _claim(connection, page, now, room.for_one())
    if found:
        stops.tried(connection, page.id, stop, found[0].id, now)
    return found


def _claim(connection: Connection, page: Page, now: datetime, room: Room) -> list[Claimed]:
    claimed: list[Claimed] = []
    for queue in work.queues_with_work(connection, page.id, now):
        while limit := _room(room, queue, claimed):
            due = sends.due(connection, page.id, queue, now, limit)
            rows = _one_each(connection, due)
            if not rows:
                break
            found = _judged(connection, page, rows, now)
            sends.claim(connection, [entry.id for entry in found], now)
            claimed += found
            if len(found) == len(due) < limit:
                break  # nothing is left that could go
    return claimed


def _room(room: Room, queue: int, claimed: Collection[Claimed]) -> int:
    """How many more of a queue may go, after what was claimed."""
    media = sum(entry.is_media for entry in claimed)
    in_batches = sum(entry.in_batch for entry in claimed)
    singles, texts = len(claimed) - in_batches, len(claimed) - media
    batches = math.ceil(in_batches / rates.BATCH)
    calls = room.calls - singles - batches
    match queue:
        case sends.TALK:
            left = min(calls, room.texts - texts)
        case sends.BROADCAST:
            of_calls = min(calls, room.batches) * rates.BATCH
            left = min(of_calls, room.broadcast - texts)
        case _:
            left = min(calls, room.media - media)
    return max(min(left, room.messages - len(claimed)), 0)


def _one_each(connection: Connection, rows: Collection[SendRow]) -> list[SendRow]:
    """The first message of each contact whom nobody else serves: whoever does rings for us then."""
    first: dict[int, SendRow] = {}
    for row in rows:
        first.setdefault(row.contact_id, row)
    if connection.dialect.name == "sqlite":
        return list(first.values())
    ids = [first[contact_id].id for contact_id in lanes.lock_free(connection, first)]
    return list(sends.with_states(connection, ids, DUE, UNKNOWN).values())


def _judged(
    connection: Connection, page: Page, rows: Collection[SendRow], now: datetime
) -> list[Claimed]:
    """Those of the messages that may go at this moment; the others fail, or wait."""
    held, asked = _held(connection, rows), _asked(connection, page, rows, now)
    files = attachments.Ready(connection, page.id, rows, now)
    claimed = []
    for row in rows:
        permission = held.get(row.permission_id)
        ending = Ending(connection, page, row, permission, now)
        if colleagues.lead(row, now):
            ending.waits(row.quiet_until, colleagues.QUIET)
            continue
        refusal = _judge(row, permission, asked.get(row.contact_id, ()), page, now)
        if refusal is not None:
            ending.left_unknown() if row.unsure else ending.failed(refusal)
        elif (problem := files.problem(row)) is not None:
            ending.failed(attachments.REFUSED, problem)
        elif files.is_awaited(row):
            ending.waits(now + attachments.LOOKS_AGAIN, attachments.AWAITED)
        else:
            if is_sign(row.message):
                _keep_pause(connection, row, now)
            row = replace(row, message=files.filled_in(row.message))
            claimed.append(Claimed(row.id, _body(row, permission, now), row.queue))
    return claimed


def _keep_pause(connection: Connection, row: SendRow, now: datetime) -> None:
    """A typing sign that comes late, behind an upload say, is seen for as long as it was to be."""
    late = now - (row.due_at or now)
    if late >= SEEN:
        sends.put_off_rest(connection, row, late)


def record(
    connection: Connection, page: Page, answered: Collection[tuple[int, Answer]], now: datetime
) -> None:
    """Write down how attempts ended. One that was settled meanwhile, by its echo, stays so."""
    if not answered:
        return
    ids = [id for id, _ in answered]
    sends.lock(connection, ids)
    rows = sends.with_states(connection, ids, SENDING)
    held = _held(connection, rows.values())
    for id, answer in answered:
        if id in rows:
            row = rows[id]
            _record(Ending(connection, page, row, held.get(row.permission_id), now), answer)
    stops.learn(connection, page.id, answered, now)


def _record(ending: Ending, answer: Answer) -> None:
    is_only_a_sign = is_sign(ending.row.message)
    match answer:
        case Accepted(message_id=message_id):
            ending.sent(message_id=message_id or None)
        case NotReached(why=why) | NoAnswer(why=why) if is_only_a_sign:
            ending.sign_passed(why)
        case Refused(error=error) if is_only_a_sign:
            ending.sign_passed(error.message)
        case NotReached(why=why):
            ending.again(why)
        case NoAnswer(why=why):
            ending.unknown(why)
        case Refused(error=error):
            ending.refused(error)


def recover(connection: Connection, page: Page, now: datetime) -> None:
    """After a start: what was being sent when the engine last stopped has an unknown end."""
    found = sends.found_sending(connection, page.id)
    sends.lock(connection, [row.id for row in found])
    for row in found:
        _ending(connection, page, row, now).unknown("the engine ended while it was sent")


def clock_was_set_back(connection: Connection, page: Page, now: datetime) -> None:
    """What was to be tried again soon, by the clock as it was, is not to wait until that comes."""
    sends.hurry(connection, page.id, now, later_than=now + 2 * LONGEST_PAUSE)
    poison.clock_was_set_back(connection, page.id, now)
    announcements.hurry(connection, page.id, now)


def settle_by_echo(connection: Connection, page: Page, echo: Echo, now: datetime) -> None:
    """An echo carries the message's id: Messenger has delivered it."""
    if not echo.is_ours:
        return
    id = int(echo.metadata or "")
    row = sends.with_states(connection, [id], SENDING, UNKNOWN).get(id)
    if row is not None:
        _ending(connection, page, row, now).sent(message_id=echo.mid)


def _judge(
    row: SendRow,
    permission: PermissionRow | None,
    asked: Collection[Asked],
    page: Page,
    now: datetime,
) -> Refusal | None:
    """A one-time permission that the message has itself does not count as used."""
    if row.request_title is not None:
        return sending.judge_request(row.last_action_at, row.request_title, asked, now, page.rules)
    if row.reply_until is not None:
        return sending.judge_private_reply(row.reply_until, True, now)
    if permission is None:
        by_hand = row.by_hand and page.human_agent
        reason = Reason.HUMAN_AGENT if by_hand else Reason.RESPONSE
        return sending.judge_in_conversation(row.last_action_at, now, reason)
    own = ledger.as_policy(permission)
    if isinstance(own, one_time.Permission):
        own = replace(own, used=False)
    return sending.judge_by_permission(own, now, page.rules, text_length(row.message))


def _body(row: SendRow, permission: PermissionRow | None, now: datetime) -> dict[str, Any]:
    if row.comment is not None:
        recipient = to_comment(row.comment)
        return send_body(recipient, row.message, str(row.id), in_conversation=True)
    if permission is None:
        recipient = to_person(row.person_id)
        if window.is_open(row.last_action_at, now):
            return send_body(recipient, row.message, str(row.id), in_conversation=True)
        return agent_body(recipient, row.message, str(row.id))
    recipient = by_permission(permission.token, recurring=permission.frequency is not None)
    return send_body(recipient, row.message, str(row.id), in_conversation=False)


def _ending(connection: Connection, page: Page, row: SendRow, now: datetime) -> Ending:
    held = _held(connection, [row])
    return Ending(connection, page, row, held.get(row.permission_id), now)


def _held(connection: Connection, rows: Collection[SendRow]) -> dict[int | None, PermissionRow]:
    """The permissions that these messages have, by their ids."""
    ids = {row.permission_id for row in rows if row.permission_id is not None}
    return {**permissions.by_id(connection, ids)}


def _asked(
    connection: Connection, page: Page, rows: Collection[SendRow], now: datetime
) -> dict[int, list[Asked]]:
    """What the people who are to get a request were asked before, by contact."""
    asked: dict[int, list[Asked]] = defaultdict(list)
    people = {row.contact_id for row in rows if row.request_title is not None}
    if people:
        for request in sends.requests(connection, people, now - looks_back(page.rules)):
            if request.state != DUE:
                asked[request.contact_id].append(Asked(request.title, request.at))
    return asked
