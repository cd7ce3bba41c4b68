"""What happens in a conversation when something happens: a pure function.

`handle` takes the programs, a conversation, the contact, an event and the time, and answers the
conversation as it is then, with what its host is to do about it. It sends nothing, stores nothing
and asks no clock, so the engine, the simulator and the tests run the very same code.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from otn_studio.blocks.event import (
    Announced,
    Delivered,
    Event,
    NotSent,
    OptedIn,
    Tapped,
    Woke,
)
from otn_studio.blocks.outgoing import Message
from otn_studio.blocks.turn import Call, Contact, Effect, Go, Send, SetField, Sleep, Step, Turn
from otn_studio.blocks.words import Words
from otn_studio.interpreter import reasons, reply
from otn_studio.interpreter.conversation import Conversation, Return, Thread
from otn_studio.interpreter.program import Program, Programs

STEPS_AT_MOST = 100
"""Blocks that a run may pass before somebody acts or time goes by: a flow can't spin for ever."""

CALLS_AT_MOST = 20
"""Flows within flows; the checks refuse flows that lead to each other in a circle."""

WOKE, DELIVERED, TOO_LATE, COULD_NOT_SEND = "woke", "delivered", "too_late", "could_not_send"


@dataclass(frozen=True, slots=True)
class StartTimer:
    """Tell the conversation that it `Woke`, with this ticket, when the time has come."""

    ticket: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class StopTimer:
    ticket: int


@dataclass(frozen=True, slots=True)
class SendMessages:
    """Send these, in order; then tell the conversation `Delivered` or `NotSent` with the ticket.

    ``topic`` is empty for messages in the conversation, else they spend a permission for it.
    """

    ticket: int
    flow: str
    version: int
    block: str
    messages: tuple[Message, ...]
    topic: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something for the timeline. ``flow`` is empty where no flow was concerned."""

    words: Words
    flow: str = ""
    version: int = 0
    block: str = ""


HostEffect = StartTimer | StopTimer | SendMessages | Note


@dataclass(frozen=True, slots=True)
class Sprint:
    """All that one event led to."""

    conversation: Conversation
    contact: Contact
    effects: tuple[HostEffect, ...]


def handle(
    programs: Programs,
    conversation: Conversation,
    contact: Contact,
    event: Event,
    now: datetime,
) -> Sprint:
    """Go on with the conversation from ``event``."""
    run = _Run(programs, conversation, contact, now)
    match event:
        case Woke() | Delivered() | NotSent():
            run.resume(event)
        case Tapped():
            run.tap(event)
        case OptedIn():
            run.begin(event)
            run.tap(event)
        case _:
            run.begin(event)
    return Sprint(run.conversation(), run.contact, tuple(run.effects))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a run is: a block, or none where its flow has ended, and the flows that led there."""

    program: Program
    block: str | None
    returns: tuple[Return, ...] = ()


def _version(program: Program) -> tuple[str, int]:
    return program.flow_id, program.version


class _Run:
    """One call of `handle` while it works."""

    def __init__(
        self, programs: Programs, conversation: Conversation, contact: Contact, now: datetime
    ) -> None:
        self._programs = programs
        self._threads = dict(conversation.threads)
        self._next_ticket = conversation.next_ticket
        self._now = now
        self.contact = contact
        self.effects: list[HostEffect] = []

    def conversation(self) -> Conversation:
        return Conversation(self._next_ticket, self._threads)

    def begin(self, event: Event) -> None:
        """Begin a run at the start that answers the event, if one does."""
        for program, block, start in self._programs.starts():
            if isinstance(event, Announced) and event.flow != program.flow_id:
                continue
            if start.answers(event):
                self._drop_run(program.flow_id)
                self._note(Words("“{flow}” started", flow=program.flow.name), program, block)
                self._go_on(_Place(program, block))
                return

    def tap(self, event: Tapped | OptedIn) -> None:
        """Begin a thread where a button or card leads, in the version that sent it."""
        place = reply.read(event.reply)
        program = place and self._programs.version(place.flow, place.version)
        if not place or not program or place.block not in program.flow.blocks:
            self.effects.append(Note(Words("Something was tapped that leads to no flow of ours")))
            return
        to = program.flow.leads_to(place.block, place.port)
        self._go_on(_Place(program, to))

    def resume(self, event: Woke | Delivered | NotSent) -> None:
        """Go on where the ticket says. One that nobody waits with any more is of no meaning."""
        thread = self._threads.pop(event.ticket, None)
        program = thread and self._programs.version(thread.flow, thread.version)
        if thread is None or program is None:
            return
        told, steps = DELIVERED, thread.steps
        match event:
            case Woke():
                told, steps = WOKE, 0
            case NotSent(too_late=too_late, reason=reason):
                told = TOO_LATE if too_late else COULD_NOT_SEND
                self._note(
                    Words("Not sent: {reason}", reason=reasons.words(reason)), program, thread.block
                )
        to = program.flow.leads_to(thread.block, thread.leads[told])
        if to is None and told in (TOO_LATE, COULD_NOT_SEND):
            return
        self._go_on(_Place(program, to, thread.returns), steps)

    def _go_on(self, place: "_Place", steps: int = 0) -> None:
        while (at := self._here(place)) is not None:
            program, block = at.program, at.block
            if steps >= STEPS_AT_MOST:
                self._note(Words("Ended: it went round without end"), program, block)
                return
            steps += 1
            step = program.block(block).step(Turn(self._now, self.contact))
            self._apply(step, program, block)
            match step.then:
                case Go(port):
                    place = replace(at, block=program.flow.leads_to(block, port))
                case Call(flow, then):
                    place = self._called(flow, at, Return(*_version(program), block, then))
                case wait:
                    self._park(wait, at, steps)
                    return

    def _here(self, place: "_Place") -> "_Place | None":
        """The place itself, or where the run goes on when that flow has ended; none: nowhere."""
        while place.block is None and place.returns:
            *outer, back = place.returns
            program = self._programs.version(back.flow, back.version)
            if program is None:
                return None
            place = _Place(program, program.flow.leads_to(back.block, back.port), tuple(outer))
        return None if place.block is None else place

    def _called(self, flow: str, at: "_Place", back: Return) -> "_Place":
        program = self._programs.live(flow)
        entry = program and program.entry()
        if program is None or entry is None or len(at.returns) >= CALLS_AT_MOST:
            self._note(
                Words("The flow to go to is not published, so it was passed over"),
                at.program,
                back.block,
            )
            return replace(at, block=at.program.flow.leads_to(back.block, back.port))
        return _Place(program, entry, (*at.returns, back))

    def _apply(self, step: Step, program: Program, block: str) -> None:
        for words in step.notes:
            self._note(words, program, block)
        for effect in step.effects:
            self.contact = changed(self.contact, effect)

    def _park(self, wait: Sleep | Send, at: "_Place", steps: int) -> None:
        flow, version, block = *_version(at.program), at.block
        ticket = self._next_ticket
        self._next_ticket += 1
        if isinstance(wait, Sleep):
            leads = {WOKE: wait.port}
            self.effects.append(StartTimer(ticket, wait.until))
        else:
            leads = {
                DELIVERED: wait.next,
                TOO_LATE: wait.too_late,
                COULD_NOT_SEND: wait.could_not_send,
            }
            place = (flow, version, block)
            self.effects.append(SendMessages(ticket, *place, wait.messages, wait.topic))
        self._threads[ticket] = Thread(ticket, flow, version, block, leads, steps, at.returns)

    def _drop_run(self, flow: str) -> None:
        for ticket, thread in list(self._threads.items()):
            if thread.run == flow:
                del self._threads[ticket]
                if WOKE in thread.leads:
                    self.effects.append(StopTimer(ticket))

    def _note(self, words: Words, program: Program, block: str) -> None:
        self.effects.append(Note(words, program.flow_id, program.version, block))


def changed(contact: Contact, effect: Effect) -> Contact:
    """The contact after an effect."""
    match effect:
        case SetField(field, None):
            kept = {key: value for key, value in contact.fields.items() if key != field}
            return replace(contact, fields=kept)
        case SetField(field, value):
            return replace(contact, fields={**contact.fields, field: value})
