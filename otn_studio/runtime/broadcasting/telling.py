"""Carrying announcements out: some people at a time, each at an instant at which they may be told.

Only so many messages are made as soon go out; the other people wait in `recipients`. So nothing holds
up anything else for long, a pause or a stop takes effect at once, and whoever is told is chosen by what
holds then. How far it got is in the same transaction, so the engine may end at any instant.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection

from otn_studio.blocks import liquid
from otn_studio.blocks.outgoing import TextMessage
from otn_studio.blocks.turn import Contact, PageFacts, Turn
from otn_studio.messenger.payloads import message_body
from otn_studio.policy import limits, recurring, sending
from otn_studio.policy.sending import Refusal
from otn_studio.runtime.conversing import knowing
from otn_studio.runtime.conversing.outbox import EMPTY
from otn_studio.runtime.page import Page
from otn_studio.runtime.permissions import ledger
from otn_studio.runtime.sending.ending import LONGEST_PAUSE
from otn_studio.storage import pages
from otn_studio.storage.engine import inbox, lanes
from otn_studio.storage.engine.inbox import Happening
from otn_studio.storage.pages import MOVED, RESTORED
from otn_studio.storage.permissions import permissions, topics
from otn_studio.storage.permissions.permissions import PermissionRow
from otn_studio.storage.sending import announcements, recipients, told
from otn_studio.storage.sending.announcements import CANCELLED, DONE, PAUSED, SENDING, Announcement
from otn_studio.storage.sending.sends import BROADCAST, DUE
from otn_studio.storage.sending.told import Addressee

PLANNED_AT_ONCE: Final = 10_000
TOLD_AT_ONCE: Final = 200
STRUCK_OFF_AT_ONCE: Final = 5_000
QUEUED: Final = 2_000
"""So many messages are made ahead, at most, of those that go out."""
A_MOMENT: Final = timedelta(seconds=0.2)
A_WHILE: Final = timedelta(seconds=1)
WHILE_STOPPED: Final = timedelta(seconds=5)
SET_ASIDE: Final = timedelta(minutes=1)
"""So long after another message took it, it is seen whether a lasting permission is free again."""

UNREACHABLE: Final = "unreachable"
CANCELLED_BY_HAND: Final = "cancelled"


def go_on(connection: Connection, page: Page, now: datetime) -> None:
    """Do some of what there is to do for the announcements of a Page. The caller commits."""
    for row in announcements.due(connection, page.id, now):
        changes: dict[str, Any] = {"look_at": now + WHILE_STOPPED}
        if row.state == CANCELLED:
            changes = _cancelled(connection, page, row, now)
        elif row.state == PAUSED:
            changes = {"told": row.told - _taken_back(connection, page, row, now), "look_at": None}
        elif _may_go_on(connection, page, row):
            step = _plan if row.planned_at is None else _tell
            changes = {"state": SENDING, **step(connection, page, row, now)}
        announcements.change(connection, row.id, **changes)


def _may_go_on(connection: Connection, page: Page, row: Announcement) -> bool:
    """Not while a person has to let the Page send, or has deleted the topic."""
    stop = pages.stop(connection, page.id)
    for_people = stop is not None and stop.kind in (RESTORED, MOVED)
    return not for_people and topics.is_there(connection, page.id, row.topic_id)


def _plan(connection: Connection, page: Page, row: Announcement, now: datetime) -> dict[str, Any]:
    lasting = page.rules.allow_recurring
    found, upto = recipients.write_down(connection, page.id, row, now, lasting, PLANNED_AT_ONCE)
    return {
        "people": row.people + found,
        "planned_to": upto,
        "planned_at": now if upto is None else None,
        "look_at": now,
    }


def _tell(connection: Connection, page: Page, row: Announcement, now: datetime) -> dict[str, Any]:
    queued = told.count_queued(connection, page.id, now + LONGEST_PAUSE, QUEUED)
    room = min(QUEUED - queued, TOLD_AT_ONCE)
    due = recipients.due(connection, row.id, now, room) if room else []
    some = _Some(connection, page, row, now)
    if due:
        some.tell(due)
    next_due = recipients.next_due(connection, row.id)
    changes = {"told": row.told + some.told, "left_out": _added(row.left_out, some.left_out)}
    if next_due is not None:
        return {**changes, "look_at": max(next_due, now if room else now + A_MOMENT)}
    if told.are_open(connection, page.id, row.id):
        return {**changes, "look_at": now + A_WHILE}
    return {**changes, "state": DONE, "ended_at": now, "look_at": None}


def _cancelled(
    connection: Connection, page: Page, row: Announcement, now: datetime
) -> dict[str, Any]:
    back = _taken_back(connection, page, row, now)
    struck_off = recipients.strike_off_some(connection, row.id, STRUCK_OFF_AT_ONCE)
    more = struck_off == STRUCK_OFF_AT_ONCE
    return {
        "told": row.told - back,
        "left_out": _added(row.left_out, {CANCELLED_BY_HAND: struck_off}),
        "look_at": now if more else None,
    }


def _taken_back(connection: Connection, page: Page, row: Announcement, now: datetime) -> int:
    """Take back what has not gone yet; answers how many wait again."""
    held = told.take_back(connection, row.id)
    for permission in permissions.by_id(connection, held.values()).values():
        ledger.give_back(connection, permission, page.rules)
    recipients.put_back(connection, page.id, row.id, held.keys(), now)
    return len(held)


def _added(before: dict[str, int], more: dict[str, int]) -> dict[str, int]:
    return dict(sorted((Counter(before) + Counter(more)).items()))


@dataclass
class _Some:
    """Some of an announcement's people, told together."""

    connection: Connection
    page: Page
    row: Announcement
    now: datetime
    told: int = 0
    left_out: Counter[str] = field(default_factory=Counter)

    def tell(self, contact_ids: Sequence[int]) -> None:
        """Tell those who may be told now. The others wait on, or are left out with the reason."""
        lanes.lock(self.connection, contact_ids)
        held = permissions.of_contacts(self.connection, contact_ids, self.row.topic_id)
        noted = told.people(self.connection, contact_ids)
        chosen: dict[int, PermissionRow] = {}
        later: dict[int, datetime] = {}
        for id, addressee in noted.items():
            found = self._judge(held.get(id, ()))
            if addressee.unreachable_at is not None:
                self.left_out[UNREACHABLE] += 1
            elif isinstance(found, PermissionRow):
                chosen[id] = found
            elif isinstance(found, datetime):
                later[id] = found
            else:
                self.left_out[found] += 1
        if self.row.flow_id is None:
            self._put_out(chosen, noted)
        else:
            self._begin_flow(chosen)
        recipients.postpone(self.connection, self.row.id, later)
        struck_off = [id for id in contact_ids if id not in later]
        recipients.strike_off(self.connection, self.row.id, struck_off)

    def _judge(self, rows: Collection[PermissionRow]) -> PermissionRow | datetime | str:
        """The permission to use; else until when to wait for one, or why that is of no use."""
        ready = [row for row in rows if row.next_allowed_at and row.next_allowed_at <= self.now]
        known = {str(row.id): row for row in ready}
        rules = self.page.rules
        chosen, refusal = sending.choose(map(ledger.as_policy, ready), self.now, rules)
        if chosen is not None:
            return known[chosen.id]
        until = [at for row in rows if (at := self._waits_until(row)) is not None]
        if not until:
            return refusal if ready and refusal else _why(rows, self.now)
        return min(until) if self.row.waits else Refusal.TOO_SOON

    def _waits_until(self, row: PermissionRow) -> datetime | None:
        """When a permission may be used that can't be now; none: never again."""
        if row.frequency is None or row.stopped_at or not self.page.rules.allow_recurring:
            return None
        at = recurring.next_allowed_at(ledger.lasting(row), self.page.rules)
        if row.next_allowed_at is None or at <= self.now:
            at = max(at, self.now + SET_ASIDE)
        return at if row.expires_at is None or at < row.expires_at else None

    def _put_out(self, chosen: dict[int, PermissionRow], noted: dict[int, Addressee]) -> None:
        shared = {
            "page_id": self.page.id,
            "announcement_id": self.row.id,
            "last": True,
            "created_at": self.now,
            "due_at": self.now,
            "state": DUE,
            "queue": BROADCAST,
        }
        rows, facts = [], knowing.facts(self.connection, self.page)
        for id, permission in chosen.items():
            if text := self._text_for(id, noted[id], facts):
                message = message_body(TextMessage(text), str)
                own = {"contact_id": id, "permission_id": permission.id, "message": message}
                rows.append(shared | own)
            else:
                self.left_out[EMPTY] += 1
        told.put_out(self.connection, rows)
        self.told += len(rows)

    def _text_for(self, id: int, known: Addressee, facts: PageFacts) -> str:
        """The text as one person gets it; nothing where it can't be filled in."""
        text = self.row.text or ""
        if not liquid.has_parts(text):
            return text
        contact = Contact(
            str(id),
            known.fields,
            frozenset(known.tags),
            known.last_action_at,
            first_seen_at=known.first_seen_at,
        )
        turn = Turn(self.now, contact, page=facts)
        return turn.render(text, limits.TEXT).strip()

    def _begin_flow(self, contact_ids: Collection[int]) -> None:
        body = {
            "topic": self.row.topic_id,
            "flow": self.row.flow_id,
            "announcement": self.row.id,
        }
        happenings = [
            Happening(announcements.ANNOUNCED, id, self.now, body, to_read=True)
            for id in contact_ids
        ]
        inbox.add(self.connection, self.page.id, happenings, self.now)
        self.told += len(happenings)


def _why(rows: Collection[PermissionRow], now: datetime) -> str:
    """Why none of a contact's permissions can be used: what holds of the newest of them."""
    if not rows:
        return Refusal.NO_PERMISSION
    newest = max(rows, key=lambda row: (row.opted_in_at, row.id))
    if newest.frequency is None and newest.next_allowed_at is None:
        return Refusal.USED
    if newest.expires_at is not None and newest.expires_at <= now:
        return Refusal.EXPIRED
    return Refusal.STOPPED if newest.stopped_at is not None else Refusal.EXPIRED
