"""A rehearsal under watch: which blocks it came to and by which ways, why, and what was known then."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from otn_studio.blocks import event as events
from otn_studio.blocks.effect import Person
from otn_studio.blocks.outgoing import Message
from otn_studio.blocks.turn import Contact, HandOver, PageFacts, TakeBack
from otn_studio.blocks.words import Words
from otn_studio.checks.proof.cards import Way
from otn_studio.checks.proof.rehearsal import VERSION, Fate, Rehearsal
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from otn_studio.interpreter.conversation import HEARD, Conversation, Thread
from otn_studio.interpreter.effects import HostEffect, Note, SendMessages
from otn_studio.interpreter.program import LivePrograms, Program
from otn_studio.policy.sending import Permission

NOWHERE = ""
"""In place of a block: the run is to begin right at the block that the way is called by."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A block at which a run waits: for an answer, or until an instant, or both."""

    flow: str
    block: str
    until: datetime | None
    hears: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What is so at an instant. ``usable`` are topics with a permission that can be used, and when.

    A colleague has the conversation until ``handed_over``, if any does.
    """

    at: datetime
    contact: Contact
    page: PageFacts
    last_action: datetime | None = None
    permissions: tuple[Permission, ...] = ()
    usable: Mapping[str, datetime] = field(default_factory=dict)
    waiting: tuple[Waiting, ...] = ()
    handed_over: datetime | None = None


@dataclass(slots=True)
class Visit:
    """A block that a run came to. ``left_by``: the way out by which it went on; ``notes``: why.

    ``block`` is empty where something happened that concerns no flow.
    """

    at: datetime
    flow: str
    block: str
    left_by: str = ""
    notes: list[Words] = field(default_factory=list)
    messages: tuple[Message, ...] = ()
    topic: str = ""
    refusal: Fate = None
    known: Known | None = None


class Watched(Rehearsal):
    """Notes every visit, and every way out that was taken."""

    def __init__(self, project: Project, person: Person, begins_at: datetime) -> None:
        self.visits: list[Visit] = []
        self.ways: set[Way] = set()
        self._flows = project.flows
        programs = LivePrograms(
            Program(flow.id, VERSION, _BegunAnywhere(**vars(flow)))
            for flow in project.flows.values()
        )
        super().__init__(project, programs, person, begins_at, late=begins_at - begins_at)

    def begin_at(self, flow: str, block: str) -> None:
        """Begin a run right at a block, whatever leads there; `step` takes it."""
        ticket, threads = self._conversation.next_ticket, self._conversation.threads
        thread = Thread(ticket, flow, VERSION, NOWHERE, {"woke": block})
        self._conversation = Conversation(ticket + 1, {**threads, ticket: thread})
        self._plan(events.Woke(self.now, ticket), self.now)

    def step(self) -> None:
        before = len(self.visits)
        super().step()
        known = self.known()
        for visit in self.visits[before:]:
            visit.known = known

    def known(self) -> Known:
        """What is so now."""
        return Known(
            self.now,
            self.contact,
            self.page,
            self.last_action,
            tuple(self.permissions.all()),
            self.permissions.usable(self.now),
            tuple(self._waiting()),
            self.handed_over_until(len(self.sent)),
        )

    def handed_over_until(self, sent: int) -> datetime | None:
        """Until when a colleague has the conversation, by what was done before so many sendings."""
        until = None
        for done in self.done:
            if done.sent <= sent:
                match done.deed:
                    case HandOver(longest):
                        until = done.at + longest
                    case TakeBack():
                        until = None
        return until

    def _note_gone(self, gone: Sequence[Way]) -> None:
        for flow, block, port in gone:
            if not port:
                self.visits.append(Visit(self.now, flow, block))
            elif block != NOWHERE and self._flows[flow].leads_to(block, port) is not None:
                self._leave(flow, block, port)

    def _leave(self, flow: str, block: str, port: str) -> None:
        self.ways.add((flow, block, port))
        if (visit := self._visit(flow, block)) is not None:
            visit.left_by = port

    def _carry_out(self, effect: HostEffect) -> None:
        super()._carry_out(effect)
        match effect:
            case Note(words, flow, block=block):
                visit = self._visit(flow, block) or self._another(flow, block)
                visit.notes.append(words)
            case SendMessages(flow=flow, block=block, messages=messages, topic=topic):
                visit = self._visit(flow, block)
                if visit is None or visit.messages:
                    visit = self._another(flow, block)
                visit.messages, visit.topic = messages, topic
                visit.refusal = self.sent[-1].refusal

    def _visit(self, flow: str, block: str) -> Visit | None:
        """The latest there."""
        place = flow, block
        return next((v for v in reversed(self.visits) if (v.flow, v.block) == place), None)

    def _another(self, flow: str, block: str) -> Visit:
        self.visits.append(Visit(self.now, flow, block))
        return self.visits[-1]

    def _waiting(self) -> Iterable[Waiting]:
        due = {
            event.ticket: at
            for at, _, event in self._due
            if isinstance(event, events.Woke) and event.ticket not in self._stopped_timers
        }
        for ticket, thread in self._conversation.threads.items():
            hears = HEARD in thread.leads
            if hears or ticket in due:
                yield Waiting(thread.flow, thread.block, due.get(ticket), hears)


class _BegunAnywhere(Flow):
    def leads_to(self, block: str, port: str) -> str | None:
        return port if block == NOWHERE else super().leads_to(block, port)
