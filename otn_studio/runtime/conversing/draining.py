"""Draining lanes: read what came, interpret it, write everything that follows, all in one
transaction."""

import logging
from collections import deque
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from otn_studio.blocks import event as events
from otn_studio.blocks.event import Event
from otn_studio.blocks.turn import Contact, PageFacts
from otn_studio.interpreter import interpreter
from otn_studio.interpreter.conversation import Conversation
from otn_studio.interpreter.effects import (
    Do,
    FetchAnswer,
    Note,
    SendMessages,
    StartTimer,
    StopTimer,
)
from otn_studio.interpreter.program import Programs
from otn_studio.messenger.events import echo_of, event_of, hands_over_to_us
from otn_studio.messenger.payloads import Terms
from otn_studio.policy import window
from otn_studio.runtime.conversing import colleagues, deeds, knowing, outbox, stopping
from otn_studio.runtime.conversing.desk import Desk
from otn_studio.runtime.conversing.knowing import Held
from otn_studio.runtime.errands import errands
from otn_studio.runtime.page import Page
from otn_studio.runtime.people import introducing
from otn_studio.runtime.permissions import permitting
from otn_studio.runtime.sending import delivery
from otn_studio.storage.engine import lanes, members, poison
from otn_studio.storage.engine.lanes import EventRow, Outcome
from otn_studio.storage.insights import progress
from otn_studio.storage.people import searching
from otn_studio.storage.permissions import permissions
from otn_studio.storage.sending.announcements import ANNOUNCED
from otn_studio.storage.troubles import DatabaseProblem

log = logging.getLogger(__name__)


class Store(Protocol):
    """Where transactions begin."""

    def writing(self) -> AbstractContextManager[Connection]: ...


def drain(
    connection: Connection,
    page: Page,
    programs: Programs,
    contact_ids: Sequence[int],
    now: datetime,
) -> int:
    """Serve those of these lanes that are awake, and answer how many. The caller commits."""
    outcome = Outcome()
    terms: dict[str, Terms | None] = {}
    served = lanes.to_serve(connection, contact_ids)
    facts = before = knowing.facts(connection, page)
    for lane in served:
        desk = Desk(connection, page, now, lane, outcome, terms)
        facts = _Service(desk, programs, facts).serve()
    knowing.keep(connection, page, before, facts)
    lanes.write(connection, outcome, now)
    progress.note_ways(connection, page.id, outcome.gone, now)
    for contact_id, event_id, problem in outcome.tried:
        poison.rest(connection, contact_id, event_id, problem, now)
    searching.learn(connection, page.id, outcome.learned)
    return len(served)


def drain_apart(
    store: Store, page: Page, programs: Programs, contact_ids: Sequence[int], now: datetime
) -> bool:
    """Serve lanes that break when they are served together, each in a transaction of its own: the
    event that breaks one is found, and the others go on. Answers whether any broke.
    """
    any_broke = False
    for contact_id in contact_ids:
        while not _drained(store, page, programs, contact_id, now):
            any_broke = True
    return any_broke


def _drained(store: Store, page: Page, programs: Programs, contact_id: int, now: datetime) -> bool:
    """Serve one lane; false where it broke, and there may be more to read in it."""
    try:
        with store.writing() as connection:
            drain(connection, page, programs, [contact_id], now)
    except DatabaseProblem:
        raise  # the database's trouble, not the lane's
    except Exception as problem:
        log.exception("the lane of contact %d breaks", contact_id)
        with store.writing() as connection:
            return not poison.blame(connection, contact_id, repr(problem), now)
    return True


@dataclass
class _Service:
    """One contact, while their lane is drained."""

    desk: Desk
    programs: Programs
    page: PageFacts
    contact: Contact = field(init=False)
    conversation: Conversation = field(init=False)
    acted: bool = False

    def __post_init__(self) -> None:
        lane = self.desk.lane
        self.contact = knowing.person(lane)
        self.conversation = Conversation.from_text(lane.conversation)

    def serve(self) -> PageFacts:
        """Read all events; answers what is true of the Page then."""
        before, desk = self.contact, self.desk
        for row in desk.lane.events:
            if (problem := self._read(row)) is None:
                desk.outcome.read.append(row.id)
            elif poison.is_last_try(row.tries):
                parked = {"event": row.id, "problem": problem, "tries": poison.TRIES}
                desk.outcome.parked.append(parked)
            else:
                desk.outcome.tried.append((desk.lane.contact_id, row.id, problem))
                break
        known = self.contact.fields, self.contact.tags
        if known != (before.fields, before.tags):
            desk.outcome.learned[desk.lane.contact_id] = known
        if self.acted:
            acted = {"last_action_at": desk.last_action_at, "unreachable_at": None}
            desk.outcome.acted.append({"contact": desk.lane.contact_id, **acted})
        desk.outcome.lanes.append(
            {
                "contact": desk.lane.contact_id,
                "conversation": self.conversation.to_text(),
            }
        )
        return self.page

    def _read(self, row: EventRow) -> str | None:
        """Deal with one event; of one that breaks us nothing stays but its problem."""
        desk = self.desk
        kept = self.contact, self.conversation, self.page, desk.last_action_at
        marks = desk.marks()
        desk.set_aside.clear()
        try:
            self._deal_with(row)
        except SQLAlchemyError:
            raise  # the database's trouble, not the event's
        except Exception as error:
            log.exception("event %d of kind %s breaks its lane", row.id, row.kind)
            self.contact, self.conversation, self.page, desk.last_action_at = kept
            desk.forget_since(marks)
            permissions.give_back(desk.connection, desk.set_aside)
            return repr(error)
        return None

    def _deal_with(self, row: EventRow) -> None:
        desk = self.desk
        if row.kind == "echo":
            if (echo := echo_of(row.body)) is not None:
                delivery.settle_by_echo(desk.connection, desk.page, echo, desk.now)
                colleagues.answered(desk, echo, min(row.at, desk.now))
            return
        if row.kind == "handover":
            colleagues.handed_over(desk, hands_over_to_us(row.body))
            return
        if row.kind == introducing.KIND:
            known = introducing.introduced(self.contact, row.body, desk.page, desk.now)
            self.contact = replace(self.contact, fields=known)
            return
        desk.announcement_id = row.body.get("announcement") if row.kind == ANNOUNCED else None
        event = _event(desk.connection, row, min(row.at, desk.now))
        if event is None:
            return
        if event.action is not None and window.opens_window(event.action):
            desk.last_action_at = max(event.at, desk.last_action_at or event.at)
            self.acted = True
        for told in self._after_our_part(event):
            if not colleagues.leads(desk, told):
                self._interpret(told)

    def _after_our_part(self, event: Event) -> Iterable[Event]:
        """What the conversation is told of an event, once we have done what no flow can change."""
        match event:
            case events.OptedIn():
                return permitting.kept(self.desk, event)
            case events.Stopped() | events.Resumed():
                return permitting.turned(self.desk, event)
            case events.Wrote() | events.Tapped():
                return stopping.noticed(self.desk, event)
        return (event,)

    def _interpret(self, event: Event) -> None:
        waiting = deque([event])
        while waiting:
            sprint = interpreter.handle(
                self.programs,
                self.conversation,
                self._contact_now(),
                waiting.popleft(),
                self.desk.now,
                self.page,
            )
            self.conversation, self.contact = sprint.conversation, sprint.contact
            self.page = sprint.page
            self.desk.outcome.gone += sprint.gone
            for effect in sprint.effects:
                match effect:
                    case StartTimer():
                        self._start_timer(effect)
                    case StopTimer():
                        self._stop_timer(effect)
                    case Note():
                        self.desk.note(effect.words, effect.flow, effect.version, effect.block)
                    case SendMessages():
                        if (refused := outbox.send(self.desk, effect)) is not None:
                            waiting.append(refused)
                    case FetchAnswer():
                        errands.ask(self.desk, effect)
                    case Do():
                        waiting.extend(deeds.do(self.desk, effect))

    def _contact_now(self) -> Contact:
        desk = self.desk
        held = Held(desk.connection, desk.lane.contact_id, desk.page.rules, desk.now)
        return knowing.at_the_moment(self.contact, held, desk.last_action_at)

    def _start_timer(self, effect: StartTimer) -> None:
        self.desk.outcome.timers.append(
            {
                "page_id": self.desk.page.id,
                "contact_id": self.desk.lane.contact_id,
                "ticket": effect.ticket,
                "due_at": effect.due_at,
            }
        )

    def _stop_timer(self, effect: StopTimer) -> None:
        contact_id, outcome = self.desk.lane.contact_id, self.desk.outcome
        started = [timer for timer in outcome.timers if timer["contact_id"] == contact_id]
        for row in started:
            if row["ticket"] == effect.ticket:
                outcome.timers.remove(row)
        outcome.stopped_timers.append({"contact": contact_id, "place": effect.ticket})


def _event(connection: Connection, row: EventRow, at: datetime) -> Event | None:
    """What the row means to a conversation; none where it means nothing to it."""
    body = row.body
    match row.kind:
        case "woke":
            return events.Woke(at, body["ticket"])
        case "sent" | "unknown":
            return events.Delivered(at, body["ticket"])
        case "not_sent":
            return events.NotSent(at, body["ticket"], body["reason"], body["too_late"])
        case errands.KIND:
            return errands.fetched(connection, at, body)
        case "announced":
            return events.Announced(at, body["topic"], body["flow"])
        case members.JOINED:
            return events.Joined(at, body["flow"])
        case members.LEFT:
            return events.Left(at, body["flow"])
    return event_of(row.kind, body, at)
