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
from otn_studio.blocks.turn import Contact, Effect, Go, Send, SetField, Sleep, Step, Turn
from otn_studio.blocks.words import Words
from otn_studio.runtime import reasons, reply
from otn_studio.runtime.conversation import Conversation, Thread
from otn_studio.runtime.program import Program, Programs

STEPS_AT_MOST = 100
"""Blocks that a run may pass before somebody acts or time goes by: a flow can't spin for ever."""

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
        case Tapped() | OptedIn():
            run.tap(event)
        case _:
            run.begin(event)
    return Sprint(run.conversation(), run.contact, tuple(run.effects))


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
                self._go_on(program, block, steps=0)
                return

    def tap(self, event: Tapped | OptedIn) -> None:
        """Begin a thread where a button or card leads, in the version that sent it."""
        place = reply.read(event.reply)
        program = place and self._programs.version(place.flow, place.version)
        if not place or not program or place.block not in program.flow.blocks:
            self.effects.append(Note(Words("Something was tapped that leads to no flow of ours")))
            return
        if (to := program.flow.leads_to(place.block, place.port)) is not None:
            self._go_on(program, to, steps=0)

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
        if to is not None:
            self._go_on(program, to, steps)

    def _go_on(self, program: Program, block: str | None, steps: int) -> None:
        while block is not None:
            if steps >= STEPS_AT_MOST:
                self._note(Words("Ended: it went round without end"), program, block)
                return
            steps += 1
            step = program.block(block).step(Turn(self._now, self.contact))
            self._apply(step, program, block)
            if not isinstance(step.then, Go):
                self._park(step.then, program, block, steps)
                return
            block = program.flow.leads_to(block, step.then.port)

    def _apply(self, step: Step, program: Program, block: str) -> None:
        for words in step.notes:
            self._note(words, program, block)
        for effect in step.effects:
            self.contact = _changed(self.contact, effect)

    def _park(self, wait: Sleep | Send, program: Program, block: str, steps: int) -> None:
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
            place = (program.flow_id, program.version, block)
            self.effects.append(SendMessages(ticket, *place, wait.messages, wait.topic))
        self._threads[ticket] = Thread(
            ticket, program.flow_id, program.version, block, leads, steps
        )

    def _drop_run(self, flow: str) -> None:
        for ticket, thread in list(self._threads.items()):
            if thread.flow == flow:
                del self._threads[ticket]
                if WOKE in thread.leads:
                    self.effects.append(StopTimer(ticket))

    def _note(self, words: Words, program: Program, block: str) -> None:
        self.effects.append(Note(words, program.flow_id, program.version, block))


def _changed(contact: Contact, effect: Effect) -> Contact:
    match effect:
        case SetField(field, None):
            kept = {key: value for key, value in contact.fields.items() if key != field}
            return replace(contact, fields=kept)
        case SetField(field, value):
            return replace(contact, fields={**contact.fields, field: value})
