"""Draining lanes: read what came, interpret it, write everything that follows, all in one
transaction."""

import logging
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from otn_studio.blocks import event as events
from otn_studio.blocks.event import Event
from otn_studio.blocks.outgoing import Message
from otn_studio.blocks.turn import Contact
from otn_studio.interpreter import interpreter, reply
from otn_studio.interpreter.conversation import Conversation
from otn_studio.interpreter.interpreter import Note, SendMessages, StartTimer, StopTimer
from otn_studio.interpreter.program import Programs
from otn_studio.interpreter.reply import Reply
from otn_studio.messenger.events import echo_of, event_of
from otn_studio.messenger.payloads import message_body
from otn_studio.policy import one_time, sending, window
from otn_studio.policy.one_time import Permission
from otn_studio.policy.profiles import Rules
from otn_studio.runtime import delivery
from otn_studio.storage import lanes, permissions
from otn_studio.storage.lanes import EventRow, Lane, Outcome
from otn_studio.storage.sends import DUE

log = logging.getLogger(__name__)

UNKNOWN_TOPIC = ""
"""Where a permission is kept whose card was none of ours: it is never lost, and never used."""


def drain(connection: Connection, page_id: str, programs: Programs, now: datetime) -> int:
    """Serve the lanes that were woken, and answer how many. The caller commits."""
    outcome = Outcome()
    served = lanes.woken(connection, page_id)
    for lane in served:
        _Service(connection, page_id, programs, now, lane, outcome).serve()
    lanes.write(connection, outcome, now)
    return len(served)


@dataclass
class _Service:
    """One contact, while their lane is drained."""

    connection: Connection
    page_id: str
    programs: Programs
    now: datetime
    lane: Lane
    outcome: Outcome
    contact: Contact = field(init=False)
    conversation: Conversation = field(init=False)
    last_action_at: datetime | None = field(init=False)
    acted: bool = False
    set_aside: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        lane = self.lane
        self.contact = Contact(str(lane.contact_id), lane.fields, frozenset(lane.tags))
        self.conversation = Conversation.from_text(lane.conversation)
        self.last_action_at = lane.last_action_at

    def serve(self) -> None:
        before = self.contact
        for row in self.lane.events:
            if (problem := self._read(row)) is None:
                self.outcome.read.append(row.id)
            else:
                self.outcome.parked.append({"event": row.id, "problem": problem})
        if self.acted or before != self.contact:
            self._write_contact()
        self.outcome.lanes.append(
            {
                "contact": self.lane.contact_id,
                "conversation": self.conversation.to_text(),
            }
        )

    def _read(self, row: EventRow) -> str | None:
        """Deal with one event; one that breaks us is parked with its problem, the next goes on."""
        kept = self.contact, self.conversation, self.last_action_at
        marks = self._marks()
        self.set_aside.clear()
        try:
            self._deal_with(row)
        except SQLAlchemyError:
            raise  # the database's trouble, not the event's
        except Exception as error:
            log.exception("event %d of kind %s is parked", row.id, row.kind)
            self.contact, self.conversation, self.last_action_at = kept
            self._forget_since(marks)
            permissions.give_back(self.connection, self.set_aside)
            return repr(error)
        return None

    def _deal_with(self, row: EventRow) -> None:
        if row.kind == "echo":
            delivery.settle_by_echo(self.connection, self.page_id, echo_of(row.body), self.now)
            return
        event = _event(row, min(row.at, self.now))
        if event is None:
            return
        if event.action is not None and window.opens_window(event.action):
            self.last_action_at = max(event.at, self.last_action_at or event.at)
            self.acted = True
        if isinstance(event, events.OptedIn) and not self._keep_permission(event):
            return
        self._interpret(event)

    def _keep_permission(self, event: events.OptedIn) -> bool:
        place = reply.read(event.reply)
        return permissions.keep(
            self.connection,
            self.page_id,
            self.lane.contact_id,
            place.topic if place else UNKNOWN_TOPIC,
            event.permission,
            event.at,
            one_time.expires_at(event.at),
        )

    def _interpret(self, event: Event) -> None:
        waiting = deque([event])
        while waiting:
            sprint = interpreter.handle(
                self.programs, self.conversation, self.contact, waiting.popleft(), self.now
            )
            self.conversation, self.contact = sprint.conversation, sprint.contact
            for effect in sprint.effects:
                match effect:
                    case StartTimer():
                        self._start_timer(effect)
                    case StopTimer():
                        self._stop_timer(effect)
                    case Note():
                        self._note(effect)
                    case SendMessages():
                        if (refused := self._send(effect)) is not None:
                            waiting.append(refused)

    def _start_timer(self, effect: StartTimer) -> None:
        self.outcome.timers.append(
            {
                "page_id": self.page_id,
                "contact_id": self.lane.contact_id,
                "ticket": effect.ticket,
                "due_at": effect.due_at,
            }
        )

    def _stop_timer(self, effect: StopTimer) -> None:
        started = [t for t in self.outcome.timers if t["contact_id"] == self.lane.contact_id]
        for row in started:
            if row["ticket"] == effect.ticket:
                self.outcome.timers.remove(row)
        self.outcome.stopped_timers.append(
            {"contact": self.lane.contact_id, "place": effect.ticket}
        )

    def _note(self, note: Note) -> None:
        self.outcome.notes.append(
            {
                "page_id": self.page_id,
                "contact_id": self.lane.contact_id,
                "kind": "note",
                "at": self.now,
                "stored_at": self.now,
                "done_at": self.now,
                "body": {
                    "text": note.words.text,
                    "values": {name: str(value) for name, value in note.words.values.items()},
                    "flow": note.flow,
                    "version": note.version,
                    "block": note.block,
                },
            }
        )

    def _send(self, effect: SendMessages) -> events.NotSent | None:
        """Put the messages into the outbox, if the rules let them go; else say why not."""
        bodies = [self._body(effect, message) for message in effect.messages]
        permission_id, refusal = self._judge(effect, bodies)
        if refusal is not None:
            too_late = refusal == sending.Refusal.TOO_LATE
            return events.NotSent(self.now, effect.ticket, refusal, too_late)
        for index, body in enumerate(bodies):
            self.outcome.sends.append(
                {
                    "page_id": self.page_id,
                    "contact_id": self.lane.contact_id,
                    "permission_id": permission_id,
                    "flow_id": effect.flow,
                    "version": effect.version,
                    "block": effect.block,
                    "ticket": effect.ticket,
                    "last": index == len(bodies) - 1,
                    "message": body,
                    "created_at": self.now,
                    "state": DUE,
                    "due_at": self.now,
                }
            )
        return None

    def _judge(
        self, effect: SendMessages, bodies: list[dict[str, Any]]
    ) -> tuple[int | None, str | None]:
        """The permission that is set aside for the messages, or the reason why they can't go."""
        if not bodies or any(_is_empty(message) for message in effect.messages):
            return None, "empty"
        if not effect.topic:
            return None, sending.judge_in_conversation(self.last_action_at, self.now)
        rows = permissions.of_contact(self.connection, self.lane.contact_id, effect.topic)
        held = {str(row.id): row for row in rows}
        chosen, refusal = sending.choose(map(_as_policy, rows), self.now, Rules())
        if chosen is None:
            return None, refusal
        row = held[chosen.id]
        if not permissions.set_aside(self.connection, row):
            return None, sending.Refusal.USED
        self.set_aside.append(row.id)
        return row.id, None

    def _body(self, effect: SendMessages, message: Message) -> dict[str, Any]:
        topic = getattr(message, "topic", "")

        def reply_for(port: str) -> str:
            return str(Reply(effect.flow, effect.version, effect.block, port, topic))

        return message_body(message, reply_for)

    def _write_contact(self) -> None:
        self.outcome.contacts.append(
            {
                "contact": self.lane.contact_id,
                "fields": dict(self.contact.fields),
                "tags": sorted(self.contact.tags),
                "last_action_at": self.last_action_at,
                "unreachable_at": None if self.acted else self.lane.unreachable_at,
            }
        )

    def _marks(self) -> tuple[int, ...]:
        return tuple(len(rows) for rows in self._rows())

    def _forget_since(self, marks: tuple[int, ...]) -> None:
        for rows, mark in zip(self._rows(), marks, strict=True):
            del rows[mark:]

    def _rows(self) -> tuple[list[dict[str, Any]], ...]:
        outcome = self.outcome
        return outcome.notes, outcome.sends, outcome.timers, outcome.stopped_timers


def _event(row: EventRow, at: datetime) -> Event | None:
    """What the row means to a conversation; none where it means nothing to it."""
    body = row.body
    match row.kind:
        case "woke":
            return events.Woke(at, body["ticket"])
        case "sent" | "unknown":
            return events.Delivered(at, body["ticket"])
        case "not_sent":
            return events.NotSent(at, body["ticket"], body["reason"], body["too_late"])
        case "announced":
            return events.Announced(at, body["topic"], body["flow"])
    return event_of(row.kind, body, at)


def _as_policy(row: permissions.PermissionRow) -> Permission:
    return Permission(
        str(row.id),
        row.topic_id,
        row.opted_in_at,
        row.expires_at,
        used=row.next_allowed_at is None,
    )


def _is_empty(message: Message) -> bool:
    text = getattr(message, "text", getattr(message, "title", None))
    return text is not None and not text.strip()
