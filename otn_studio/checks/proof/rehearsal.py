"""One person's story, played by the interpreter that runs published flows, and judged by the rules.

Nothing is sent. What a message comes to is told by the rules alone, at the instant at which it would
be sent; where they refuse it, the run takes its way out for that.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from otn_studio.blocks import event as events
from otn_studio.blocks.block import Start
from otn_studio.blocks.effect import Person
from otn_studio.blocks.event import Event
from otn_studio.blocks.outgoing import (
    EMPTY,
    ButtonsMessage,
    CardsMessage,
    Choice,
    Message,
    OptInCard,
    RecurringCard,
    TextMessage,
    are_empty,
    is_single,
)
from otn_studio.blocks.story import (
    Act,
    Answer,
    Begin,
    Given,
    React,
    Resume,
    SayYes,
    Stop,
    Tap,
    Write,
)
from otn_studio.blocks.turn import Contact, Deed, PageFacts, StopTopic
from otn_studio.checks.proof.cards import Cards, Way
from otn_studio.checks.proof.permissions import Permissions
from otn_studio.flow.project import Project
from otn_studio.interpreter import interpreter
from otn_studio.interpreter.conversation import Conversation
from otn_studio.interpreter.effects import (
    Do,
    FetchAnswer,
    HostEffect,
    SendMessages,
    StartTimer,
    StopTimer,
)
from otn_studio.interpreter.program import LivePrograms, Program
from otn_studio.interpreter.reply import Reply
from otn_studio.policy import sending, window
from otn_studio.policy.requests import Asked
from otn_studio.policy.sending import Refusal

VERSION = 1
STEPS_OF_ONE = 500
"""Steps after which one story has gone round often enough."""


Fate = Refusal | Literal["empty"] | None
"""Why messages were not sent; none: they were."""


class NotPossible(Exception):
    """What the person is to do can't be done: there is nothing to tap, or to react to."""


def programs(project: Project) -> LivePrograms:
    """The flows of a project, ready to be rehearsed."""
    return LivePrograms(Program(flow.id, VERSION, flow) for flow in project.flows.values())


@dataclass(frozen=True, slots=True)
class Sent:
    """Messages of a block that went out, or were refused. ``topic``: by a permission for it.

    ``since`` is the time since the person last opened the window; none: they never have. ``acts``
    is how much they had done by then, ``messages`` what the block said or wanted to say.
    """

    at: datetime
    flow: str
    block: str
    topic: str
    since: timedelta | None
    acts: int
    refusal: Fate = None
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What a flow had its host do, and how many times messages were ``sent`` before."""

    at: datetime
    deed: Deed
    sent: int


class Rehearsal:
    """Plays one person. ``late`` is how long after it is due each step comes."""

    def __init__(
        self,
        project: Project,
        flows: LivePrograms,
        person: Person,
        begins_at: datetime,
        late: timedelta,
    ) -> None:
        self.now = begins_at
        self.sent: list[Sent] = []
        self.steps = 0
        self.done: list[Done] = []
        self._acts = 0
        self._project = project
        self._programs = flows
        self._late = late
        self._person = person
        self.contact = contact_like(person)
        self.page = PageFacts(zone=project.rules.zone)
        self._begins_at = self._listens_since = begins_at
        self._conversation = Conversation()
        self.last_action: datetime | None = None
        self.permissions = Permissions(project)
        self._asked: list[Asked] = []
        self._due: list[tuple[datetime, int, Event]] = []
        self._stopped_timers: set[int] = set()
        self._number = 0
        self._cards = Cards()

    def act(self, act: Act) -> None:
        """Let the person do something now.

        Raises:
            NotPossible: there is nothing to tap, to react to, or to begin.
        """
        self._acts += 1
        match act:
            case Write():
                self.happens(events.Wrote(self.now, "Hello?"))
            case React():
                self._react()
            case Begin(flow, block):
                self.happens(self._example(flow, block))
            case Answer(text=text):
                if not self.can(act):
                    raise NotPossible
                self.happens(events.Wrote(self.now, text))
            case Tap(flow, block, port):
                self._tap((flow, block, port))
                reply = str(Reply(flow, VERSION, block, port))
                self.happens(events.Tapped(self.now, reply))
            case SayYes(flow, block, port, topic):
                self._tap((flow, block, port))
                self._cards.remove((flow, block, port))
                self._say_yes(topic, str(Reply(flow, VERSION, block, port, topic)))
            case Given(topic):
                self._say_yes(topic, reply="")
            case Stop(topic) | Resume(topic):
                self._change_mind(topic, stopped=isinstance(act, Stop))

    def can(self, act: Act) -> bool:
        """Whether there is what is to be tapped, and the question that is to be answered."""
        match act:
            case Tap() | SayYes():
                return (act.flow, act.block, act.port) in self._cards
            case Answer(flow, block):
                thread = self._conversation.listening()
                return thread is not None and (thread.flow, thread.block) == (flow, block)
        return True

    def possible_since(self, act: Act) -> datetime:
        """Since when it can be done, if it can."""
        match act:
            case Tap() | SayYes():
                return self._cards.since((act.flow, act.block, act.port))
            case Answer():
                return self._listens_since
        return self._begins_at

    def next_step_at(self) -> datetime | None:
        return self._due[0][0] if self._due else None

    def tappable(self) -> list[tuple[Way, datetime]]:
        """What there is to tap, in a fixed order, and since when."""
        return self._cards.all()

    def step(self) -> None:
        """Take the next step, at its time."""
        self.steps += 1
        self.now, _, event = heapq.heappop(self._due)
        if isinstance(event, events.Woke) and event.ticket in self._stopped_timers:
            return
        before = self._conversation.listening()
        contact = replace(
            self.contact,
            last_action_at=self.last_action,
            held=self.permissions.usable(self.now),
        )
        sprint = interpreter.handle(
            self._programs, self._conversation, contact, event, self.now, self.page
        )
        self._conversation, self.contact = sprint.conversation, sprint.contact
        self.page = sprint.page
        if self._conversation.listening() != before:
            self._listens_since = self.now
        self._note_gone(sprint.gone)
        for effect in sprint.effects:
            self._carry_out(effect)

    def wait(self, time: timedelta) -> None:
        """Let time pass, with every step in it."""
        until = self.now + time
        while (at := self.next_step_at()) is not None and at <= until and self.steps < STEPS_OF_ONE:
            self.step()
        self.now = until

    def _note_gone(self, gone: Sequence[tuple[str, str, str]]) -> None:
        """For those who watch where it goes: see `interpreter.Sprint`."""

    def _carry_out(self, effect: HostEffect) -> None:
        match effect:
            case StartTimer(ticket, due_at):
                self._plan(events.Woke(due_at, ticket), due_at)
            case StopTimer(ticket):
                self._stopped_timers.add(ticket)
            case SendMessages():
                self._send(effect)
            case FetchAnswer():
                self._plan(self._fetched(effect), self.now)
            case Do(deed):
                self.done.append(Done(self.now, deed, len(self.sent)))
                if isinstance(deed, StopTopic):
                    self._stop(deed.topic)

    def _plan(self, event: Event, due_at: datetime) -> None:
        self._number += 1
        heapq.heappush(self._due, (due_at + self._late, self._number, event))

    def happens(self, event: Event) -> None:
        """Something happens to the person now; `step` takes it."""
        if event.action is not None and window.opens_window(event.action):
            self.last_action = self.now
        if isinstance(event, events.Wrote):
            self._cards.forget_quick_replies()
        self._plan(event, self.now)

    def _tap(self, way: Way) -> None:
        if not self._cards.tap(way):
            raise NotPossible

    def _example(self, flow: str, block: str) -> Event:
        drawn = self._project.flows.get(flow)
        start = drawn and drawn.blocks.get(block)
        if not isinstance(start, Start):
            raise NotPossible  # the story was told of an earlier drawing
        event = start.example(self.now)
        match event:
            case events.Announced():
                return replace(event, flow=flow)
            case events.ChoseEntry():
                return replace(event, flow=flow, block=block)
        return event

    def _fetched(self, effect: FetchAnswer) -> events.Fetched:
        outcome = self._person.outcomes.get((effect.flow, effect.block))
        answer = outcome or events.Fetched(self.now, 0, status=200)
        return replace(answer, at=self.now, ticket=effect.ticket)

    def _stop(self, topic: str) -> None:
        if self.permissions.stop(topic, self.now):
            self._plan(events.Stopped(self.now, "", topic), self.now)

    def _react(self) -> None:
        if not self.permissions.any and all(sent.refusal for sent in self.sent):
            raise NotPossible
        self.happens(events.Reacted(self.now))

    def _say_yes(self, topic: str, reply: str) -> None:
        id = self.permissions.given(topic, self.now)
        if id:
            self._plan(events.OptedIn(self.now, reply, id, topic=topic), self.now)

    def _change_mind(self, topic: str, stopped: bool) -> None:
        if not self.permissions.change(topic, stopped):
            raise NotPossible
        event = events.Stopped if stopped else events.Resumed
        self._plan(event(self.now, "", topic), self.now)

    def _send(self, effect: SendMessages) -> None:
        refusal = self._judge(effect)
        place = (effect.flow, effect.block, effect.topic)
        since = None if self.last_action is None else self.now - self.last_action
        self.sent.append(Sent(self.now, *place, since, self._acts, refusal, effect.messages))
        if refusal is not None:
            too_late = refusal is Refusal.TOO_LATE
            self._plan(events.NotSent(self.now, effect.ticket, refusal, too_late), self.now)
            return
        for message in effect.messages:
            self._receive(message, effect.flow, effect.block)
        self._plan(events.Delivered(self.now, effect.ticket), self.now)

    def _judge(self, effect: SendMessages) -> Fate:
        if are_empty(effect.messages):
            return EMPTY
        rules = self._project.rules
        if effect.reply is not None:
            single = is_single(effect.messages)
            return sending.judge_private_reply(effect.reply.until, single, self.now)
        if effect.topic:
            return self.permissions.use(effect.topic, self.now, _length(effect.messages))
        for message in effect.messages:
            if isinstance(message, RecurringCard):
                refusal = sending.judge_request(
                    self.last_action, message.title, self._asked, self.now, rules
                )
            else:
                refusal = sending.judge_in_conversation(self.last_action, self.now)
            if refusal is not None:
                return refusal
        return None

    def _receive(self, message: Message, flow: str, block: str) -> None:
        self._cards.forget_quick_replies()
        match message:
            case TextMessage(quick_replies=replies):
                choices = [r for r in replies if isinstance(r, Choice)]
                self._cards.offer(self.now, [(flow, block, r.port) for r in choices], once=True)
            case ButtonsMessage(buttons=buttons):
                choices = [b for b in buttons if isinstance(b, Choice)]
                self._cards.offer(self.now, [(flow, block, b.port) for b in choices])
            case CardsMessage(cards):
                choices = [b for card in cards for b in card.buttons if isinstance(b, Choice)]
                self._cards.offer(self.now, [(flow, block, b.port) for b in choices])
            case OptInCard(port=port):
                self._cards.offer(self.now, [(flow, block, port)])
            case RecurringCard(title=title, port=port):
                self._asked.append(Asked(title, self.now))
                self._cards.offer(self.now, [(flow, block, port)])


def contact_like(person: Person) -> Contact:
    """A contact of whom just this is known."""
    fields = {key: value for key, value in person.fields.items() if value is not None}
    return Contact(
        person.id or "ann", fields, frozenset(tag for tag, worn in person.tags.items() if worn)
    )


def _length(messages: tuple[Message, ...]) -> int:
    return max((len(getattr(message, "text", "")) for message in messages), default=0)
