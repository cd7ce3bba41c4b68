"""What happens in a conversation when something happens: a pure function.

`handle` takes the programs, a conversation, the contact, an event and the time, and answers the
conversation as it is then, with what its host is to do about it. It sends nothing, stores nothing
and asks no clock, so the engine, the simulator and the tests run the very same code.
"""

from dataclasses import dataclass
from datetime import datetime

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
from otn_studio.blocks.turn import Contact, Heard, PageFacts, Sent
from otn_studio.blocks.words import Words
from otn_studio.interpreter import offering, reasons, reply
from otn_studio.interpreter.conversation import HEARD, Conversation, latest_listening
from otn_studio.interpreter.effects import HostEffect, Note
from otn_studio.interpreter.program import Program, Programs
from otn_studio.interpreter.walking import (
    ANSWERED,
    CALLS_AT_MOST,
    COULD_NOT_SEND,
    DELIVERED,
    THE_BLOCK,
    TOO_LATE,
    WOKE,
    Place,
    Walk,
)
from otn_studio.policy import private_reply

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
    walk = Walk(programs, conversation, contact, page, now)
    run = _Run(programs, walk)
    match event:
        case Wrote():
            run.keep_offered(event.text)
            run.write(event)
        case Woke() | Delivered() | NotSent() | Fetched():
            run.resume(event)
        case Tapped():
            run.tap(event)
        case OptedIn():
            run.begin(event)
            run.tap(event)
        case Joined(flow=flow):
            walk.join(flow)
        case Left(flow=flow):
            walk.end(flow)
        case _:
            run.begin(event)
    run.begin_joined()
    return Sprint(
        walk.conversation(), walk.contact, walk.page, tuple(walk.effects), tuple(walk.gone)
    )


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
    """What an event means where the conversation is."""

    def __init__(self, programs: Programs, walk: Walk) -> None:
        self._programs = programs
        self._walk = walk

    def begin(self, event: Event, steps: int = 0) -> None:
        """Begin a run at the start that answers the event, if one does, after so many steps."""
        for program, block, start in self._programs.starts():
            if _is_meant(event, program, block) and start.answers(event):
                self._walk.end(program.flow_id)
                self._walk.note(Words("“{flow}” started", flow=program.flow.name), program, block)
                self._walk.go_on(Place(program, block, reply=_reply_to(event)), steps)
                return

    def begin_joined(self) -> None:
        """Begin the sequences that the person was put on meanwhile."""
        for _ in range(CALLS_AT_MOST):
            if not self._walk.joined:
                return
            flow, steps = self._walk.joined.pop(0)
            if all(thread.run != flow for thread in self._walk.threads.values()):
                self.begin(Joined(self._walk.now, flow), steps)

    def keep_offered(self, text: str) -> None:
        """Keep the person's own number or address, if that is what they sent."""
        for offer in self._walk.offers:
            program = self._programs.version(offer.flow, offer.version)
            if program is not None:
                step = offering.kept(offer, text, self._walk.turn(program))
                self._walk.apply(step, program, offer.block, 0)
        self._walk.offers = ()

    def write(self, event: Wrote) -> None:
        """What the person wrote answers what waits for an answer, else it may begin a run."""
        listening = latest_listening(self._walk.threads)
        if listening is not None:
            self.hear(listening.ticket, Heard(event.text, event.files, listening.tries))
        else:
            self.begin(event)

    def hear(self, ticket: int, what: Heard) -> None:
        """Tell the block that waits for it what the person answered."""
        thread = self._walk.take(ticket)
        program = self._programs.version(thread.flow, thread.version)
        if program is None:
            return
        here = Place(program, thread.block, thread.returns, thread.reply)
        if (port := thread.leads[HEARD]) == THE_BLOCK:
            self._walk.tell(here, what)
        else:
            self._walk.go_on(here.then(self._walk.way(program, thread.block, port)))

    def tap(self, event: Tapped | OptedIn) -> None:
        """Begin a thread where a button or card leads, in the version that sent it."""
        place = reply.read(event.reply)
        program = place and self._programs.version(place.flow, place.version)
        if not place or not program or place.block not in program.flow.blocks:
            self._walk.effects.append(
                Note(Words("Something was tapped that leads to no flow of ours"))
            )
            return
        answer = self._walk.block(program, place.block).answer_behind(place.port)
        asked = (place.flow, place.version, place.block)
        listening = next(
            (
                thread
                for thread in self._walk.threads.values()
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
        to = self._walk.way(program, place.block, place.port)
        words = self._walk.block(program, place.block).words_behind(place.port)
        if to is None and words is not None:
            self.write(Wrote(at, self._walk.turn(program).render(words, VALUE_LIMIT)))
        else:
            self._walk.go_on(Place(program, to))

    def resume(self, event: Woke | Delivered | NotSent | Fetched) -> None:
        """Go on where the ticket says. One that nobody waits with any more is of no meaning."""
        thread = self._walk.threads.pop(event.ticket, None)
        program = thread and self._programs.version(thread.flow, thread.version)
        if thread is None or program is None:
            return
        here = Place(program, thread.block, thread.returns, thread.reply)
        told, steps = DELIVERED, thread.steps
        match event:
            case Delivered() if ANSWERED in thread.leads:
                self._walk.wait_for_answer(here, thread.leads[ANSWERED])
                return
            case Delivered() if thread.leads[DELIVERED] == THE_BLOCK:
                self._walk.tell(here, Sent(thread.tries), steps)
                return
            case Fetched():
                self._walk.tell(here, event, steps)
                return
            case Woke():
                told, steps = WOKE, 0
            case NotSent(too_late=too_late, reason=reason):
                told = TOO_LATE if too_late else COULD_NOT_SEND
                self._walk.note(
                    Words("Not sent: {reason}", reason=reasons.words(reason)), program, thread.block
                )
        to = self._walk.way(program, thread.block, thread.leads[told])
        if to is None and told in (TOO_LATE, COULD_NOT_SEND):
            return
        self._walk.go_on(here.then(to), steps)
