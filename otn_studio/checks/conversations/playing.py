"""Plays recorded conversations by the interpreter and the rules of published flows; nothing is sent."""

from dataclasses import replace
from datetime import datetime, timedelta

from otn_studio.blocks import event as events
from otn_studio.blocks.effect import Person
from otn_studio.blocks.event import Fetched
from otn_studio.blocks.outgoing import Choice, Message, OptInCard, RecurringCard
from otn_studio.blocks.start.announced import Announced
from otn_studio.blocks.story import Act, Begin, Resume, SayYes, Stop, Tap
from otn_studio.blocks.turn import HandOver, Notify, TakeBack
from otn_studio.blocks.words import Words
from otn_studio.checks.conversations.hearing import (
    Failure,
    also_said,
    compared,
    tappable,
    text_of,
)
from otn_studio.checks.conversations.script import (
    Advance,
    Announce,
    Bot,
    ChangeOfMind,
    Conversation,
    Facts,
    Me,
    Start,
    Step,
    TapOn,
    Yes,
)
from otn_studio.checks.proof.rehearsal import STEPS_OF_ONE, NotPossible, Rehearsal, programs
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from otn_studio.policy.profiles import PROFILES, Rules

NOW = timedelta(0)


def play(project: Project, flow: Flow, conversation: Conversation) -> Failure | None:
    """Play one conversation of a flow; where and how it went another way, if it did."""
    try:
        _Player(project, flow, conversation).play()
    except _Other as other:
        return other.failure
    return None


class _Other(Exception):
    """It went another way."""

    def __init__(self, line: int, words: Words) -> None:
        self.failure = Failure(line, words)


class _Player:
    """One conversation while it is played."""

    def __init__(self, project: Project, flow: Flow, conversation: Conversation) -> None:
        given = conversation.given
        rules = Rules(PROFILES[given.rules], given.zone, given.country)
        self._project = replace(project, rules=rules)
        self._flow = flow
        self._conversation = conversation
        person = Person(given.fields, dict.fromkeys(given.tags, True), "ann", self._outcomes())
        flows = programs(self._project)
        self._stage = Rehearsal(self._project, flows, person, given.now, late=NOW)
        self._stage.page = replace(self._stage.page, values=given.page)
        if given.wrote is not None:
            self._stage.last_action = given.now - given.wrote
        for topic, ago in given.permissions.items():
            self._stage.permissions.given(self._topic(topic, given.line), given.now - ago)
        self._seen = 0
        self._said: list[Message] = []
        self._buttons: dict[str, Act] = {}
        self._requests: dict[str, Act] = {}

    def play(self) -> None:
        for step in self._conversation.steps:
            if not isinstance(step, Bot | Facts) and self._said:
                raise _Other(step.line, also_said(step.line, self._said).words)
            self._take(step)
            if self._stage.steps >= STEPS_OF_ONE:
                raise _Other(step.line, Words("The conversation went round too often."))
        if self._said:
            line = self._conversation.line
            raise _Other(line, also_said(line, self._said).words)

    def _take(self, step: Step) -> None:
        match step:
            case Bot():
                said, self._said = self._said, []
                if (failure := compared(said, step)) is not None:
                    raise _Other(failure.line, failure.words)
                return
            case Facts():
                self._compare(step)
                return
            case Advance(line, time):
                self._wait(line, time)
                return
            case Me(text=text):
                self._write(text)
            case TapOn(line, title):
                self._act(line, self._buttons.get(title))
            case Yes(line, title):
                self._act(line, self._requests.get(title))
            case ChangeOfMind(line, topic, stops):
                self._act(line, (Stop if stops else Resume)(self._topic(topic, line)))
            case Announce(line, topic):
                self._announce(line, self._topic(topic, line))
            case Start(line, block):
                self._act(line, Begin(self._flow.id, self._block(block, line)))
        self._wait(step.line, NOW)

    def _write(self, text: str) -> None:
        if self._is_handed_over(self._stage.now, len(self._stage.sent)):
            self._stage.happens(events.Reacted(self._stage.now))
        else:
            self._stage.happens(events.Wrote(self._stage.now, text))

    def _act(self, line: int, act: Act | None) -> None:
        try:
            if act is None:
                raise NotPossible
            self._stage.act(act)
        except NotPossible:
            raise _Other(line, Words("There is nothing of that kind to tap or to stop.")) from None

    def _announce(self, line: int, topic: str) -> None:
        if topic not in self._usable():
            raise _Other(
                line, Words("The person holds no permission for this topic that can be used now.")
            )
        for flow, id, start in self._project.starts():
            if isinstance(start, Announced) and start.topic == topic:
                self._act(line, Begin(flow.id, id))
                return
        raise _Other(line, Words("No flow starts when this topic is announced."))

    def _wait(self, line: int, time: timedelta | datetime) -> None:
        length = time - self._stage.now if isinstance(time, datetime) else time
        if length < NOW:
            raise _Other(line, Words("This time is over already."))
        self._stage.wait(length)
        first, self._seen = self._seen, len(self._stage.sent)
        for number, sent in enumerate(self._stage.sent[first:], first):
            if sent.refusal is not None:
                continue
            if self._is_handed_over(sent.at, number):
                raise _Other(line, Words("A flow spoke while a colleague had the conversation."))
            for message in sent.messages:
                self._hear(sent.flow, sent.block, message)

    def _hear(self, flow: str, block: str, message: Message) -> None:
        self._said.append(message)
        for shown in tappable(message):
            if isinstance(shown, Choice):
                self._buttons[shown.title] = Tap(flow, block, shown.port)
        if isinstance(message, OptInCard | RecurringCard):
            asked = SayYes(flow, block, message.port, message.topic)
            self._requests[text_of(message)] = asked

    def _is_handed_over(self, at: datetime, sent: int) -> bool:
        """Whether a colleague had the conversation after so many times that messages were sent."""
        until = at
        for done in self._stage.done:
            if done.sent <= sent:
                match done.deed:
                    case HandOver(longest):
                        until = done.at + longest
                    case TakeBack():
                        until = at
        return at < until

    def _compare(self, facts: Facts) -> None:
        contact, page = self._stage.contact, self._stage.page
        told = tuple(d.deed.to for d in self._stage.done if isinstance(d.deed, Notify))
        for key, wanted in facts.fields.items():
            self._same(facts.line, key, contact.known(key), wanted)
        for key, wanted in facts.page.items():
            self._same(facts.line, key, page.values.get(key) or "", wanted)
        for tag, worn in facts.tags.items():
            self._same(facts.line, tag, _yes(tag in contact.tags), _yes(worn))
        for topic, can in facts.permissions.items():
            can_be = self._topic(topic, facts.line) in self._usable()
            self._same(facts.line, topic, _yes(can_be), _yes(can))
        if facts.told is not None:
            self._same(facts.line, "told", ", ".join(told), ", ".join(facts.told))
        if facts.handed_over is not None:
            over = self._is_handed_over(self._stage.now, len(self._stage.sent))
            self._same(facts.line, "handed_over", _yes(over), _yes(facts.handed_over))

    def _usable(self) -> frozenset[str]:
        """The topics for which the person holds a permission that can be used now."""
        now = self._stage.now
        return frozenset(id for id, at in self._stage.permissions.usable(now).items() if at <= now)

    def _same(self, line: int, what: str, found: str, wanted: str) -> None:
        if found != wanted:
            raise _Other(
                line,
                Words(
                    "“{what}” is “{found}”, and was to be “{wanted}”.",
                    what=what,
                    found=found,
                    wanted=wanted,
                ),
            )

    def _topic(self, name: str, line: int) -> str:
        for flow in self._project.flows.values():
            for id, topic in flow.topics.items():
                if name in (id, topic.name):
                    return id
        raise _Other(line, Words("There is no topic “{name}”.", name=name))

    def _block(self, name: str, line: int) -> str:
        for id, block in self._flow.blocks.items():
            if name in (id, block.title):
                return id
        raise _Other(line, Words("There is no block “{name}” in this flow.", name=name))

    def _outcomes(self) -> dict[tuple[str, str], Fetched]:
        given = self._conversation.given
        return {
            (self._flow.id, self._block(block, given.line)): answer
            for block, answer in given.answers.items()
        }


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"
