"""What happens in a conversation when something happens: a pure function.

`handle` takes the programs, a conversation, the contact, an event and the time, and answers the
conversation as it is then, with what its host is to do about it. It sends nothing, stores nothing
and asks no clock, so the engine, the simulator and the tests run the very same code.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from otn_studio.blocks.block import Block
from otn_studio.blocks.event import (
    Announced,
    ChoseEntry,
    Commented,
    Delivered,
    Event,
    Fetched,
    Joined,
    Left,
    NotSent,
    OptedIn,
    Tapped,
    Woke,
    Wrote,
)
from otn_studio.blocks.liquid import VALUE_LIMIT
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
    Heard,
    Listen,
    Notify,
    PageFacts,
    Send,
    Sent,
    Sleep,
    Step,
    StopTopic,
    TakeBack,
    Told,
    Turn,
)
from otn_studio.blocks.words import Words
from otn_studio.interpreter import offering, reasons, reply
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
from otn_studio.policy import private_reply

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


NO_PAGE = PageFacts()


@dataclass(frozen=True, slots=True)
class Sprint:
    """All that one event led to. ``gone`` are the ways that were gone, each as flow, block and way
    out, which is empty where the block was come to.
    """

    conversation: Conversation
    contact: Contact
    page: PageFacts
    effects: tuple[HostEffect, ...]
    gone: tuple[tuple[str, str, str], ...] = ()


def handle(
    programs: Programs,
    conversation: Conversation,
    contact: Contact,
    event: Event,
    now: datetime,
    page: PageFacts = NO_PAGE,
) -> Sprint:
    """Go on with the conversation from ``event``."""
    run = _Run(programs, conversation, contact, page, now)
    if isinstance(event, Wrote):
        run.keep_offered(event.text)
    match event:
        case Woke() | Delivered() | NotSent() | Fetched():
            run.resume(event)
        case Tapped():
            run.tap(event)
        case OptedIn():
            run.begin(event)
            run.tap(event)
        case Joined(flow=flow):
            run.join(flow)
        case Left(flow=flow):
            run.end(flow)
        case Wrote():
            run.write(event)
        case _:
            run.begin(event)
    run.begin_joined()
    return Sprint(run.conversation(), run.contact, run.page, tuple(run.effects), tuple(run.gone))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a run is: a block, or none where its flow has ended, and the flows that led there."""

    program: Program
    block: str | None
    returns: tuple[Return, ...] = ()
    reply: PrivateReply | None = None


def _version(program: Program) -> tuple[str, int]:
    return program.flow_id, program.version


def _is_meant(event: Event, program: Program, block: str) -> bool:
    """Whether the start of that block is one that the event may be for."""
    match event:
        case Announced() | Joined():
            return event.flow == program.flow_id
        case ChoseEntry():
            return (event.flow, event.block) == (program.flow_id, block)
    return True


def _reply_to(event: Event) -> PrivateReply | None:
    """What one message may answer, although it opens no window."""
    if not isinstance(event, Commented):
        return None
    return PrivateReply(event.comment, private_reply.ends_at(event.at))


class _Run:
    """One call of `handle` while it works."""

    def __init__(
        self,
        programs: Programs,
        conversation: Conversation,
        contact: Contact,
        page: PageFacts,
        now: datetime,
    ) -> None:
        self._programs = programs
        self._threads = dict(conversation.threads)
        self._next_ticket = conversation.next_ticket
        self._offers = conversation.offers
        self._now = now
        self._joined: list[tuple[str, int]] = []
        self.contact = contact
        self.page = page
        self.effects: list[HostEffect] = []
        self.gone: list[tuple[str, str, str]] = []

    def conversation(self) -> Conversation:
        return Conversation(self._next_ticket, self._threads, self._offers)

    def begin(self, event: Event, steps: int = 0) -> None:
        """Begin a run at the start that answers the event, if one does, after so many steps."""
        for program, block, start in self._programs.starts():
            if _is_meant(event, program, block) and start.answers(event):
                self.end(program.flow_id)
                self._note(Words("“{flow}” started", flow=program.flow.name), program, block)
                self._go_on(_Place(program, block, reply=_reply_to(event)), steps)
                return

    def join(self, flow: str, steps: int = 0) -> None:
        """Put the person on a sequence; `begin_joined` begins it. Its steps go on from those that led
        to it, so that sequences which put people on each other don't go round without end either.
        """
        self._joined.append((flow, steps))

    def end(self, flow: str) -> None:
        """End the run of a flow, wherever it is."""
        for ticket, thread in list(self._threads.items()):
            if thread.run == flow:
                self._take(ticket)

    def begin_joined(self) -> None:
        """Begin the sequences that the person was put on meanwhile."""
        for _ in range(CALLS_AT_MOST):
            if not self._joined:
                return
            flow, steps = self._joined.pop(0)
            if all(thread.run != flow for thread in self._threads.values()):
                self.begin(Joined(self._now, flow), steps)

    def keep_offered(self, text: str) -> None:
        """Keep the person's own number or address, if that is what they sent."""
        for offer in self._offers:
            program = self._programs.version(offer.flow, offer.version)
            if program is not None:
                step = offering.kept(offer, text, self._turn(program))
                self._apply(step, program, offer.block, 0)
        self._offers = ()

    def write(self, event: Wrote) -> None:
        """What the person wrote answers what waits for an answer, else it may begin a run."""
        listening = self.conversation().listening()
        if listening is not None:
            self.hear(listening.ticket, Heard(event.text, event.files, listening.tries))
        else:
            self.begin(event)

    def hear(self, ticket: int, what: Heard) -> None:
        """Tell the block that waits for it what the person answered."""
        thread = self._take(ticket)
        program = self._programs.version(thread.flow, thread.version)
        if program is None:
            return
        here = _Place(program, thread.block, thread.returns, thread.reply)
        if (port := thread.leads[HEARD]) == THE_BLOCK:
            self._tell(here, what)
        else:
            self._go_on(replace(here, block=self._way(program, thread.block, port)))

    def tap(self, event: Tapped | OptedIn) -> None:
        """Begin a thread where a button or card leads, in the version that sent it."""
        place = reply.read(event.reply)
        program = place and self._programs.version(place.flow, place.version)
        if not place or not program or place.block not in program.flow.blocks:
            self.effects.append(Note(Words("Something was tapped that leads to no flow of ours")))
            return
        answer = self._block(program, place.block).answer_behind(place.port)
        asked = (place.flow, place.version, place.block)
        listening = next(
            (
                thread
                for thread in self._threads.values()
                if HEARD in thread.leads and (thread.flow, thread.version, thread.block) == asked
            ),
            None,
        )
        if listening is not None and (answer is not None or listening.leads[HEARD]):
            self.hear(listening.ticket, Heard(answer or "", tries=listening.tries))
        elif answer is not None:
            self.begin(Wrote(event.at, answer))
        if answer is None:
            self._follow_tap(program, place, event.at)

    def _follow_tap(self, program: Program, place: reply.Reply, at: datetime) -> None:
        """Go where it leads; a quick reply that leads nowhere is as good as its words."""
        to = self._way(program, place.block, place.port)
        words = self._block(program, place.block).words_behind(place.port)
        if to is None and words is not None:
            self.write(Wrote(at, self._turn(program).render(words, VALUE_LIMIT)))
        else:
            self._go_on(_Place(program, to))

    def resume(self, event: Woke | Delivered | NotSent | Fetched) -> None:
        """Go on where the ticket says. One that nobody waits with any more is of no meaning."""
        thread = self._threads.pop(event.ticket, None)
        program = thread and self._programs.version(thread.flow, thread.version)
        if thread is None or program is None:
            return
        here = _Place(program, thread.block, thread.returns, thread.reply)
        told, steps = DELIVERED, thread.steps
        match event:
            case Delivered() if ANSWERED in thread.leads:
                self._wait_for_answer(here, thread.leads[ANSWERED])
                return
            case Delivered() if thread.leads[DELIVERED] == THE_BLOCK:
                self._tell(here, Sent(thread.tries), steps)
                return
            case Fetched():
                self._tell(here, event, steps)
                return
            case Woke():
                told, steps = WOKE, 0
            case NotSent(too_late=too_late, reason=reason):
                told = TOO_LATE if too_late else COULD_NOT_SEND
                self._note(
                    Words("Not sent: {reason}", reason=reasons.words(reason)), program, thread.block
                )
        to = self._way(program, thread.block, thread.leads[told])
        if to is None and told in (TOO_LATE, COULD_NOT_SEND):
            return
        self._go_on(replace(here, block=to), steps)

    def _wait_for_answer(self, at: "_Place", port: str) -> None:
        """After a private reply: the person has to answer before anything else can be sent."""
        if at.program.flow.leads_to(at.block or "", port) is not None or at.returns:
            place = (*_version(at.program), at.block or "")
            thread = Thread(self._next_ticket, *place, {HEARD: port}, returns=at.returns)
            self._threads[thread.ticket] = thread
            self._next_ticket += 1

    def _go_on(self, place: "_Place", steps: int = 0) -> None:
        while (at := self._here(place)) is not None:
            if steps >= STEPS_AT_MOST:
                self._note(Words("Ended: it went round without end"), at.program, at.block)
                return
            steps += 1
            self.gone.append((at.program.flow_id, at.block, ""))
            step = self._block(at.program, at.block).step(self._turn(at.program))
            if (to := self._follow(step, at, steps)) is None:
                return
            place = to

    def _tell(self, at: "_Place", what: Told, steps: int = 0) -> None:
        """Tell a block what it waits for, and go on as it says."""
        step = self._block(at.program, at.block).told(self._turn(at.program), what)
        if (to := self._follow(step, at, steps)) is not None:
            self._go_on(to, steps)

    def _follow(self, step: Step, at: "_Place", steps: int) -> "_Place | None":
        """Do what a step says; answers where it leads to at once."""
        program, block = at.program, at.block
        self._apply(step, program, block, steps)
        match step.then:
            case Go(port, otherwise):
                is_open = bool(otherwise) and program.flow.leads_to(block, port) is None
                return replace(at, block=self._way(program, block, otherwise if is_open else port))
            case Call(flow, then):
                return self._called(flow, at, Return(*_version(program), block, then))
            case End(result):
                return self._ended(result, at)
            case wait:
                self._park(wait, at, steps)
                return None

    def _way(self, program: Program, block: str, port: str) -> str | None:
        """Where a way out leads that is gone now."""
        self.gone.append((program.flow_id, block, port))
        return program.flow.leads_to(block, port)

    def _turn(self, program: Program) -> Turn:
        language = program.language(self.contact.language, self.page.language)
        fields = program.flow.fields
        return Turn(self._now, self.contact, page=self.page, fields=fields, language=language)

    def _block(self, program: Program, block: str) -> Block:
        return program.block(block, self.contact.language, self.page.language)

    def _here(self, place: "_Place") -> "_Place | None":
        """The place itself, or where the run goes on when that flow has ended; none: nowhere."""
        while place.block is None and place.returns:
            *outer, back = place.returns
            program = self._programs.version(back.flow, back.version)
            if program is None:
                return None
            to = self._way(program, back.block, back.port)
            place = _Place(program, to, tuple(outer), place.reply)
        return None if place.block is None else place

    def _ended(self, result: str, at: "_Place") -> "_Place":
        """Where a run goes on when its flow has ended so: nowhere, where none had gone to it."""
        if not at.returns:
            return replace(at, block=None)
        *outer, back = at.returns
        program = self._programs.version(back.flow, back.version)
        if program is None:
            return replace(at, block=None, returns=())
        port = program.block(back.block).way_back(result)
        return _Place(program, self._way(program, back.block, port), tuple(outer))

    def _called(self, flow: str, at: "_Place", back: Return) -> "_Place":
        program = self._programs.live(flow)
        entry = program and program.entry()
        if program is None or entry is None or len(at.returns) >= CALLS_AT_MOST:
            self._note(
                Words("The flow to go to is not published, so it was passed over"),
                at.program,
                back.block,
            )
            return replace(at, block=self._way(at.program, back.block, back.port))
        return _Place(program, entry, (*at.returns, back), at.reply)

    def _apply(self, step: Step, program: Program, block: str, steps: int) -> None:
        for words in step.notes:
            self._note(words, program, block)
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

    def _park(self, wait: Sleep | Send | Listen | Fetch, at: "_Place", steps: int) -> None:
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
                self._offers = tuple(offering.offers(wait.messages, place))
        tries = getattr(wait, "tries", 0)
        self._threads[ticket] = Thread(ticket, *place, leads, steps, tries, right, at.returns)

    def _take(self, ticket: int) -> Thread:
        """A thread that no longer waits, with whatever would have woken it."""
        thread = self._threads.pop(ticket)
        if WOKE in thread.leads:
            self.effects.append(StopTimer(ticket))
        return thread

    def _note(self, words: Words, program: Program, block: str) -> None:
        self.effects.append(Note(words, program.flow_id, program.version, block))
