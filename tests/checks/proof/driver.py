"""Random people before published flows, judged by the second judge, with no gate in between.

The interpreter is the product's. Its host is not: it sends whatever it is told to send, with the
oldest token that has not been used, and lets the second judge say what Messenger would have said.
"""

import dataclasses
import heapq
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from otn_studio.blocks import event as events
from otn_studio.blocks.effect import Hears
from otn_studio.blocks.event import Event
from otn_studio.blocks.outgoing import (
    ButtonsMessage,
    CardsMessage,
    Choice,
    Message,
    OptInCard,
    RecurringCard,
    TextMessage,
    Typing,
)
from otn_studio.blocks.start.announced import Announced
from otn_studio.blocks.turn import Contact, PageFacts, StopTopic
from otn_studio.checks.proof.facts import heard_by
from otn_studio.checks.proof.permissions import Permissions
from otn_studio.flow.project import Project
from otn_studio.interpreter import interpreter
from otn_studio.interpreter.conversation import Conversation
from otn_studio.interpreter.effects import Do, FetchAnswer, SendMessages, StartTimer, StopTimer
from otn_studio.interpreter.program import LivePrograms, Program
from otn_studio.interpreter.reply import Reply
from tests.judge.judge import BAD_PARAMETER, OUTSIDE_WINDOW, STOPPED, Judge

ANN = "ann"
LATE = 60
STEPS_AT_MOST = 2_000
"""A flow that goes round and round is left at that."""
PAUSES = (1, 20, 70, 3_600, 82_800, 86_340, 86_399, 86_400, 90_000, 260_000, 604_000, 700_000)
Answer = tuple[int, int | None]


@dataclass
class Card:
    """Something on the phone that can be tapped."""

    flow: str
    block: str
    port: str
    topic: str = ""
    title: str = ""
    quick: bool = False
    lasting: bool = False


@dataclass(frozen=True)
class Refused:
    """A message that the second judge refused. ``provided_for``: the flow has a way out for it."""

    at: datetime
    flow: str
    block: str
    code: Answer
    provided_for: bool


@dataclass
class Token:
    """A permission as the host knows it: no rules, only what came in and went out."""

    id: str
    lasting: bool
    at: datetime
    used: bool = False
    stopped: bool = False


@dataclass
class Driver:
    """One person, called Ann."""

    project: Project
    random: Random
    now: datetime
    late: int | None = None
    """How late each step comes; at random without."""
    contact: Contact = field(default_factory=lambda: Contact(ANN))
    refused: list[Refused] = field(default_factory=list)
    sends: int = 0
    announced: int = 0
    """How often a flow was begun by announcing its topic."""
    steps: int = 0

    def __post_init__(self) -> None:
        rules = self.project.rules
        self.judge = Judge(rules.profile.name, rules.zone.key, rules.country)
        flows = self.project.flows.values()
        self.programs = LivePrograms(Program(flow.id, 1, flow) for flow in flows)
        self.conversation = Conversation()
        self.due: list[tuple[datetime, datetime, int, Event]] = []
        self.gone: set[int] = set()
        self.cards: list[Card] = []
        self.tokens: dict[str, list[Token]] = {}
        self.worked_until = self.now
        self.known = Permissions(self.project)
        self.last_action: datetime | None = None
        self.page = PageFacts(zone=self.project.rules.zone)
        self.outcomes: Mapping[tuple[str, str], events.Fetched] = {}
        self.count = 0
        starts = list(self.project.starts())
        self.announcing = [s for s in starts if isinstance(s[2], Announced)]
        self.starts = [s for s in starts if not isinstance(s[2], Announced)]

    def live(self, acts: int) -> None:
        """Do so many things at random, with time between them."""
        for topic in sorted({block.topic for *_, block in self.announcing}):
            if self.random.random() < 0.5:
                self.say_yes_elsewhere(topic)
        for _ in range(acts):
            self._let_pass(self._pause())
            if self.starts or self.cards:
                self._act()
        self._let_pass(timedelta(days=self.random.choice((1, 30, 400))))

    def let_pass(self, time: timedelta) -> None:
        self._let_pass(time)

    def _pause(self) -> timedelta:
        if self.due and self.random.random() < 0.3:
            before = self.due[0][0] - self.now - timedelta(seconds=self.random.choice((1, 30, 70)))
            return max(before, timedelta(seconds=1))
        if self.random.random() < 0.05:
            return timedelta(days=self.random.choice((170, 182, 272, 365, 366)))
        return timedelta(seconds=self.random.choice(PAUSES))

    def _act(self) -> None:
        lasting = [topic for topic, held in self.tokens.items() if any(t.lasting for t in held)]
        choice = self.random.random()
        if (asked := self.asked()) is not None and choice < 0.5:
            self.answer(asked.taken if self.random.random() < 0.7 else asked.refused)
        elif self.cards and (choice < 0.6 or not self.starts):
            self.tap(self.random.choice(self.cards))
        elif lasting and choice < 0.7:
            self.change_mind(self.random.choice(lasting), self.random.random() < 0.5)
        elif choice > 0.95:
            self.write(events.Reacted(self.now))
        elif choice > 0.75 and (announceable := self._announceable()):
            self.announced += 1
            self.begin(self.random.choice(announceable))
        else:
            self.begin(self.random.choice(self.starts))

    def _announceable(self) -> list[tuple]:
        """The starts by which the Page's topics can be announced to them now."""
        usable = {topic for topic, at in self.known.usable(self.now).items() if at <= self.now}
        return [start for start in self.announcing if start[2].topic in usable]

    def begin(self, start: tuple) -> None:
        """Do what a start answers, if it answers to something that people do, or announce its topic."""
        flow, id, block = start
        begins = block.begins()
        if begins is None:
            return
        event = block.example(self.now)
        if isinstance(event, events.Announced):
            self._come(dataclasses.replace(event, flow=flow.id))
        elif isinstance(event, events.ChoseEntry):
            self.write(dataclasses.replace(event, flow=flow.id, block=id))
        elif isinstance(event, events.Commented):
            self.count += 1
            comment = f"c{self.count}"
            self.judge.commented(ANN, comment, self.now)
            self._come(dataclasses.replace(event, comment=comment))
        elif begins.acts:
            self.write(event)

    def asked(self) -> Hears | None:
        """What waits for an answer."""
        thread = self.conversation.listening()
        if thread is None:
            return None
        return heard_by(self.project.flows[thread.flow].blocks[thread.block].effect())

    def answer(self, text: str) -> None:
        self.write(events.Wrote(self.now, text))

    def write(self, event: Event) -> None:
        """Do something that opens the window."""
        self._acted()
        if isinstance(event, events.Wrote):
            self._forget_quick()
        self._come(event)

    def _acted(self) -> None:
        self.judge.acted(ANN, self.now)
        self.last_action = self.now

    def tap(self, card: Card) -> None:
        reply = str(Reply(card.flow, 1, card.block, card.port, card.topic))
        if not card.topic:
            if card.quick:
                self._forget_quick()
            self._acted()
            self._come(events.Tapped(self.now, reply))
            return
        self.cards.remove(card)
        self.known.given(card.topic, self.now)
        held = self.tokens.setdefault(card.topic, [])
        frequency = self.project.topic(card.topic).frequency
        known = [t for t in held if t.lasting and not self.judge.is_over(t.id, self.now)]
        self.count += 1
        token = known[0] if known else Token(f"t{self.count}", card.lasting, self.now)
        often = frequency.value if card.lasting else None
        if known:
            self.judge.renewed(token.id, self.now)
            token.stopped = False
            return
        self.judge.opted_in(ANN, token.id, card.topic, self.now, often)
        held.append(token)
        self._come(events.OptedIn(self.now, reply, token.id, topic=card.topic))

    def say_yes_elsewhere(self, topic: str) -> None:
        """Tap an opt-in card that no flow of the project has sent."""
        lasting = self.project.topic(topic).frequency is not None
        card = Card("elsewhere", "ask", "card", topic, topic, lasting=lasting)
        self.cards.append(card)
        self.tap(card)

    def change_mind(self, topic: str, stop: bool) -> None:
        self.known.change(topic, stop)
        for token in self.tokens[topic]:
            if token.lasting:
                token.stopped = stop
                (self.judge.stopped if stop else self.judge.resumed)(token.id, self.now)
        event = events.Stopped if stop else events.Resumed
        self._come(event(self.now, "", topic))

    def _come(self, event: Event, at: datetime | None = None) -> None:
        self.count += 1
        due = at or self.now
        late = self.random.choice((0, 0, 1, 30, LATE)) if self.late is None else self.late
        heapq.heappush(self.due, (due + timedelta(seconds=late), due, self.count, event))

    def _let_pass(self, time: timedelta) -> None:
        until = self.now + time
        while self.due and self.due[0][0] <= until and self.steps < STEPS_AT_MOST:
            at, _, _, event = heapq.heappop(self.due)
            self.now = max(self.now, at)
            self._step(event)
        self.now = until

    def _step(self, event: Event) -> None:
        self.steps += 1
        if isinstance(event, events.Woke) and event.ticket in self.gone:
            return
        contact = dataclasses.replace(
            self.contact, last_action_at=self.last_action, held=self.known.usable(self.now)
        )
        sprint = interpreter.handle(
            self.programs, self.conversation, contact, event, self.now, self.page
        )
        self.conversation = Conversation.from_text(sprint.conversation.to_text())
        self.contact, self.page = sprint.contact, sprint.page
        for effect in sprint.effects:
            match effect:
                case StartTimer(ticket, due_at):
                    self._come(events.Woke(due_at, ticket), due_at)
                case StopTimer(ticket):
                    self.gone.add(ticket)
                case SendMessages():
                    self._send(effect)
                case FetchAnswer():
                    self._fetch(effect)
                case Do(StopTopic(topic)):
                    self._stop(topic)

    def _fetch(self, effect: FetchAnswer) -> None:
        found = self.outcomes.get((effect.flow, effect.block))
        if found is None and self.late is not None:
            found = events.Fetched(self.now, 0, status=200)
        if found is None:
            fetches = self.project.flows[effect.flow].blocks[effect.block].effect()
            found = self.random.choice(list(fetches.outcomes.values()))
        after = timedelta(seconds=self.random.randrange(10)) if self.late is None else timedelta(0)
        at = self.now + after
        self._come(dataclasses.replace(found, at=at, ticket=effect.ticket), at)

    def _stop(self, topic: str) -> None:
        """The host stops it for the person, and Messenger is not told."""
        for token in self.tokens.get(topic, []):
            token.stopped = True
        if self.known.stop(topic, self.now):
            self._come(events.Stopped(self.now, "", topic))

    def _send(self, effect: SendMessages) -> None:
        if _says_nothing(effect.messages):
            self._come(events.NotSent(self.now, effect.ticket, "empty", False))
            return
        self.sends += 1
        code = self._told(effect)
        if code is None:
            self._come(events.Delivered(self.now, effect.ticket))
            return
        late = code == OUTSIDE_WINDOW
        leads = self.project.flows[effect.flow].connections.get(effect.block, {})
        provided_for = ("too_late" if late else "could_not_send") in leads
        self.refused.append(Refused(self.now, effect.flow, effect.block, code, provided_for))
        self._come(events.NotSent(self.now, effect.ticket, "refused", late))

    def _told(self, effect: SendMessages) -> Answer | None:
        if effect.reply is not None:
            plain = [m for m in effect.messages if not isinstance(m, OptInCard | RecurringCard)]
            code = self.judge.replied(ANN, effect.reply.comment, len(plain), self.now)
            if code is None:
                self._receive(effect)
            return code
        if effect.topic:
            held = [t for t in self.tokens.get(effect.topic, []) if not t.used]
            alive = [t for t in held if not self.judge.is_over(t.id, self.now)] or held
            if not alive:
                return BAD_PARAMETER
            alive = [t for t in alive if not t.stopped] or alive
            if all(t.stopped for t in alive):
                return STOPPED
            token = min(alive, key=lambda t: t.at)
            length = max(len(getattr(message, "text", "")) for message in effect.messages)
            code = self.judge.sent_by(token.id, self.now, length)
            token.used = code is None and not token.lasting
            if code is None:
                self.known.use(effect.topic, self.now, length)
                self._receive(effect)
            return code
        for message in effect.messages:
            code = self._in_conversation(message)
            if code is not None:
                return code
        self._receive(effect)
        return None

    def _in_conversation(self, message: Message) -> Answer | None:
        match message:
            case RecurringCard(title=title):
                return self.judge.requested(ANN, title, self.now)
            case Typing():
                return None
            case OptInCard():
                return self.judge.requested_once(ANN, self.now)
        return self.judge.sent_in_conversation(ANN, self.now)

    def _receive(self, effect: SendMessages) -> None:
        for message in effect.messages:
            if not isinstance(message, Typing):
                self._forget_quick()
            match message:
                case TextMessage(quick_replies=replies):
                    ports = [r.port for r in replies if isinstance(r, Choice)]
                    self._offer(effect, ports, quick=True)
                case ButtonsMessage(buttons=buttons):
                    self._offer(effect, [b.port for b in buttons if isinstance(b, Choice)])
                case CardsMessage(cards):
                    buttons = [b for card in cards for b in card.buttons]
                    self._offer(effect, [b.port for b in buttons if isinstance(b, Choice)])
                case OptInCard(title, topic, port):
                    self.cards.append(Card(effect.flow, effect.block, port, topic, title))
                case RecurringCard(title, topic, port):
                    card = Card(effect.flow, effect.block, port, topic, title, lasting=True)
                    self.cards.append(card)

    def _offer(self, effect: SendMessages, ports: list[str], quick: bool = False) -> None:
        for port in ports:
            self.cards.append(Card(effect.flow, effect.block, port, quick=quick))

    def _forget_quick(self) -> None:
        self.cards = [card for card in self.cards if not card.quick]


def _says_nothing(messages: tuple[Message, ...]) -> bool:
    """Whether a text is empty without which a message can't be."""
    shown = [getattr(message, "text", getattr(message, "title", "x")) for message in messages]
    return not messages or not all(text.strip() for text in shown)


def unexpected(driver: Driver) -> list[Refused]:
    """What was refused although the flow has no way out for it."""
    return [refused for refused in driver.refused if not refused.provided_for]
