"""The way through the blocks: what each step says is done, until there is something to wait for."""

from dataclasses import dataclass, replace
from datetime import datetime

from otn_studio.blocks.block import Block
from otn_studio.blocks.outgoing import PrivateReply
from otn_studio.blocks.turn import (
    BeginRun,
    Call,
    Contact,
    End,
    EndRun,
    Fetch,
    Go,
    HandOver,
    Listen,
    Notify,
    PageFacts,
    Send,
    Sleep,
    Step,
    StopTopic,
    TakeBack,
    Told,
    Turn,
)
from otn_studio.blocks.words import Words
from otn_studio.interpreter import offering
from otn_studio.interpreter.changing import changed, page_after
from otn_studio.interpreter.conversation import HEARD, Conversation, Return, Thread
from otn_studio.interpreter.effects import (
    Do,
    FetchAnswer,
    HostEffect,
    Note,
    SendMessages,
    StartTimer,
    StopTimer,
)
from otn_studio.interpreter.program import Program, Programs

STEPS_AT_MOST = 100
"""Blocks that a run may pass before somebody acts or time goes by: a flow can't spin for ever."""

CALLS_AT_MOST = 20
"""Flows within flows; the checks refuse flows that lead to each other in a circle."""

WOKE, DELIVERED, TOO_LATE, COULD_NOT_SEND = "woke", "delivered", "too_late", "could_not_send"
FETCHED = "fetched"
THE_BLOCK = ""
"""Instead of a way out: the block itself is told, and says how to go on."""
ANSWERED = "answered"
"""The way out after a private reply, once the person has answered it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run is: a block, or none where its flow has ended, and the flows that led there."""

    program: Program
    block: str | None
    returns: tuple[Return, ...] = ()
    reply: PrivateReply | None = None

    def then(self, block: str | None) -> "Place":
        """Where the same run is after that."""
        return Place(self.program, block, self.returns, self.reply)


def _version(program: Program) -> tuple[str, int]:
    return program.flow_id, program.version


class Walk:
    """What has become of a conversation so far, and what its host is to do about it."""

    def __init__(
        self,
        programs: Programs,
        conversation: Conversation,
        contact: Contact,
        page: PageFacts,
        now: datetime,
    ) -> None:
        self._programs = programs
        self.threads = dict(conversation.threads)
        self._next_ticket = conversation.next_ticket
        self.offers = conversation.offers
        self.now = now
        self.joined: list[tuple[str, int]] = []
        self.contact = contact
        self.page = page
        self.effects: list[HostEffect] = []
        self.gone: list[tuple[str, str, str]] = []

    def conversation(self) -> Conversation:
        return Conversation(self._next_ticket, self.threads, self.offers)

    def join(self, flow: str, steps: int = 0) -> None:
        """Put the person on a sequence, which begins once all else is done. Its steps go on from those
        that led to it, so that sequences which put people on each other come to an end, too.
        """
        self.joined.append((flow, steps))

    def end(self, flow: str) -> None:
        """End the run of a flow, wherever it is."""
        for ticket, thread in list(self.threads.items()):
            if thread.run == flow:
                self.take(ticket)

    def go_on(self, place: Place, steps: int = 0) -> None:
        while (at := self._here(place)) is not None:
            if steps >= STEPS_AT_MOST:
                self.note(Words("Ended: it went round without end"), at.program, at.block)
                return
            steps += 1
            self.gone.append((at.program.flow_id, at.block, ""))
            turn = self.turn(at.program)
            step = at.program.block(at.block, turn.language).step(turn)
            if (to := self._follow(step, at, steps)) is None:
                return
            place = to

    def tell(self, at: Place, what: Told, steps: int = 0) -> None:
        """Tell a block what it waits for, and go on as it says."""
        turn = self.turn(at.program)
        step = at.program.block(at.block, turn.language).told(turn, what)
        if (to := self._follow(step, at, steps)) is not None:
            self.go_on(to, steps)

    def way(self, program: Program, block: str, port: str) -> str | None:
        """Where a way out leads that is gone now."""
        self.gone.append((program.flow_id, block, port))
        return program.flow.leads_to(block, port)

    def turn(self, program: Program) -> Turn:
        language = program.flow.language
        if program.flow.translations:
            language = program.language(self.contact.language, self.page.language)
        fields = program.flow.fields
        return Turn(self.now, self.contact, page=self.page, fields=fields, language=language)

    def block(self, program: Program, block: str) -> Block:
        return program.block(block, self.contact.language, self.page.language)

    def note(self, words: Words, program: Program, block: str) -> None:
        self.effects.append(Note(words, program.flow_id, program.version, block))

    def take(self, ticket: int) -> Thread:
        """A thread that no longer waits, with whatever would have woken it."""
        thread = self.threads.pop(ticket)
        if WOKE in thread.leads:
            self.effects.append(StopTimer(ticket))
        return thread

    def apply(self, step: Step, program: Program, block: str, steps: int) -> None:
        for words in step.notes:
            self.note(words, program, block)
        for effect in step.effects:
            match effect:
                case BeginRun(flow):
                    self.join(flow, steps)
                case EndRun(flow):
                    self.end(flow)
                case StopTopic() | HandOver() | TakeBack() | Notify():
                    self.effects.append(Do(effect, *_version(program), block))
                case change:
                    self.contact = changed(self.contact, change)
                    self.page = page_after(self.page, change)

    def wait_for_answer(self, at: Place, port: str) -> None:
        """After a private reply: the person has to answer before anything else can be sent."""
        if at.program.flow.leads_to(at.block or "", port) is not None or at.returns:
            place = (*_version(at.program), at.block or "")
            thread = Thread(self._next_ticket, *place, {HEARD: port}, returns=at.returns)
            self.threads[thread.ticket] = thread
            self._next_ticket += 1

    def _follow(self, step: Step, at: Place, steps: int) -> Place | None:
        """Do what a step says; answers where it leads to at once."""
        program, block = at.program, at.block
        self.apply(step, program, block, steps)
        match step.then:
            case Go(port, otherwise):
                is_open = bool(otherwise) and program.flow.leads_to(block, port) is None
                return at.then(self.way(program, block, otherwise if is_open else port))
            case Call(flow, then):
                return self._called(flow, at, Return(*_version(program), block, then))
            case End(result):
                return self._ended(result, at)
            case wait:
                self._park(wait, at, steps)
                return None

    def _here(self, place: Place) -> Place | None:
        """The place itself, or where the run goes on when that flow has ended; none: nowhere."""
        while place.block is None and place.returns:
            *outer, back = place.returns
            program = self._programs.version(back.flow, back.version)
            if program is None:
                return None
            to = self.way(program, back.block, back.port)
            place = Place(program, to, tuple(outer), place.reply)
        return None if place.block is None else place

    def _ended(self, result: str, at: Place) -> Place:
        """Where a run goes on when its flow has ended so: nowhere, where none had gone to it."""
        if not at.returns:
            return at.then(None)
        *outer, back = at.returns
        program = self._programs.version(back.flow, back.version)
        if program is None:
            return replace(at, block=None, returns=())
        port = program.block(back.block).way_back(result)
        return Place(program, self.way(program, back.block, port), tuple(outer))

    def _called(self, flow: str, at: Place, back: Return) -> Place:
        program = self._programs.live(flow)
        entry = program and program.entry()
        if program is None or entry is None or len(at.returns) >= CALLS_AT_MOST:
            self.note(
                Words("The flow to go to is not published, so it was passed over"),
                at.program,
                back.block,
            )
            return at.then(self.way(at.program, back.block, back.port))
        return Place(program, entry, (*at.returns, back), at.reply)

    def _park(self, wait: Sleep | Send | Listen | Fetch, at: Place, steps: int) -> None:
        ticket = self._next_ticket
        self._next_ticket += 1
        place, right = (*_version(at.program), at.block), at.reply
        match wait:
            case Sleep(until, port):
                leads = {WOKE: port}
                self.effects.append(StartTimer(ticket, until))
            case Listen(until, no_answer):
                leads = {HEARD: THE_BLOCK}
                if until is not None:
                    leads[WOKE] = no_answer
                    self.effects.append(StartTimer(ticket, until))
            case Fetch(request):
                leads = {FETCHED: THE_BLOCK}
                self.effects.append(FetchAnswer(ticket, *place, request))
            case Send():
                leads = {
                    DELIVERED: THE_BLOCK if wait.asks else wait.next,
                    TOO_LATE: wait.too_late,
                    COULD_NOT_SEND: wait.could_not_send,
                }
                uses = None if wait.topic else right
                if uses is not None:
                    right = None
                    leads |= {} if wait.asks else {ANSWERED: wait.next}
                self.effects.append(SendMessages(ticket, *place, wait.messages, wait.topic, uses))
                self.offers = tuple(offering.offers(wait.messages, place))
        tries = getattr(wait, "tries", 0)
        self.threads[ticket] = Thread(ticket, *place, leads, steps, tries, right, at.returns)
