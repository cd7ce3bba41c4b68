"""A conversation under way, by the interpreter and the rules of published flows; nothing is sent."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from otn_studio.blocks import event as events
from otn_studio.blocks.block import Start
from otn_studio.blocks.effect import Person
from otn_studio.blocks.event import Fetched
from otn_studio.blocks.outgoing import Choice, Message, OptInCard, RecurringCard, Typing
from otn_studio.blocks.start.announced import Announced
from otn_studio.blocks.story import Act, Begin, React, Resume, SayYes, Stop, Tap
from otn_studio.blocks.story import Given as Agreed
from otn_studio.blocks.words import Words
from otn_studio.checks.conversations import script
from otn_studio.checks.conversations.hearing import Failure, tappable, text_of
from otn_studio.checks.conversations.script import Given
from otn_studio.checks.conversations.tapping import Address, Shown
from otn_studio.checks.conversations.watching import Watched
from otn_studio.checks.proof.rehearsal import STEPS_OF_ONE, NotPossible
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from otn_studio.policy.profiles import PROFILES, Rules

NOW = timedelta(0)


class WentOtherwise(Exception):
    """What was to happen can't, or something else came."""

    def __init__(self, line: int, words: Words) -> None:
        super().__init__(str(words))
        self.failure = Failure(line, words)


class Session:
    """One person talks with a flow, among those that are live with it.

    ``said`` is what the bot said, until somebody takes it away; ``buttons`` and ``requests`` are what
    there is to tap.
    """

    def __init__(self, project: Project, flow: Flow, given: Given) -> None:
        rules = Rules(PROFILES[given.rules], given.zone, given.country)
        self.project = replace(project, rules=rules)
        self.flow = flow
        tags = dict.fromkeys(given.tags, True)
        person = Person(given.fields, tags, "ann", self._outcomes(given))
        self.stage = Watched(self.project, person, given.now)
        self.stage.page = replace(self.stage.page, values=given.page)
        if given.wrote is not None:
            self.stage.last_action = given.now - given.wrote
        for topic, ago in given.permissions.items():
            self.stage.permissions.given(self.topic(topic, given.line), given.now - ago)
        self.said: list[Message] = []
        self.buttons: Shown[Tap] = Shown()
        self.requests: Shown[SayYes] = Shown()
        self._seen = 0

    def take(self, deed: script.Deed) -> None:
        """Let it happen, with all that it leads to at once.

        Raises:
            WentOtherwise: it can't.
        """
        match deed:
            case script.Advance(line, time):
                self._wait(line, time)
                return
            case script.Me(text=text):
                self._write(text)
            case script.TapOn(line, address):
                self._act(line, self.buttons.find(self.meant(address)))
            case script.Yes(line, address):
                self._act(line, self.requests.find(self.meant(address)))
            case script.React(line):
                self._act(line, React())
            case script.Agree(line, topic):
                self._act(line, Agreed(self.topic(topic, line)))
            case script.ChangeOfMind(line, topic, stops):
                self._act(line, (Stop if stops else Resume)(self.topic(topic, line)))
            case script.Announce(line, topic):
                self._announce(line, self.topic(topic, line))
            case script.Start(line, block):
                self._start(line, self.block(block, line))
        self._wait(deed.line, NOW)

    @property
    def is_handed_over(self) -> bool:
        """Whether a colleague has the conversation now."""
        return self._is_handed_over(self.stage.now, len(self.stage.sent))

    def usable(self) -> frozenset[str]:
        """The topics for which the person holds a permission that can be used now."""
        now = self.stage.now
        return frozenset(id for id, at in self.stage.permissions.usable(now).items() if at <= now)

    def topic(self, name: str, line: int = 1) -> str:
        """The id of a topic, by its name or its id."""
        for flow in self.project.flows.values():
            for id, topic in flow.topics.items():
                if name in (id, topic.name):
                    return id
        raise WentOtherwise(line, Words("There is no topic “{name}”.", name=name))

    def block(self, name: str, line: int = 1) -> str:
        """The id of a block of the flow, by its title or its id."""
        if (found := _named(name, [self.flow])) is None:
            raise WentOtherwise(line, Words("There is no block “{name}” in this flow.", name=name))
        return found

    def meant(self, address: Address) -> Address:
        """With the block by its id, whichever flow it belongs to."""
        flows = [self.flow, *self.project.flows.values()]
        return replace(address, block=_named(address.block, flows) or address.block)

    def _write(self, text: str) -> None:
        if self.is_handed_over:
            self.stage.happens(events.Reacted(self.stage.now))
        else:
            self.stage.happens(events.Wrote(self.stage.now, text))

    def _start(self, line: int, block: str) -> None:
        start = self.flow.blocks[block]
        if isinstance(start, Start) and start.begins() is not None:
            self._act(line, Begin(self.flow.id, block))
        else:
            self.stage.begin_at(self.flow.id, block)

    def _act(self, line: int, act: Act | None) -> None:
        try:
            if act is None:
                raise NotPossible
            self.stage.act(act)
        except NotPossible:
            words = Words("There is nothing of that kind to tap or to stop.")
            raise WentOtherwise(line, words) from None

    def _announce(self, line: int, topic: str) -> None:
        if topic not in self.usable():
            words = Words("The person holds no permission for this topic that can be used now.")
            raise WentOtherwise(line, words)
        for flow, id, start in self.project.starts():
            if isinstance(start, Announced) and start.topic == topic:
                self._act(line, Begin(flow.id, id))
                return
        raise WentOtherwise(line, Words("No flow starts when this topic is announced."))

    def _wait(self, line: int, time: timedelta | datetime) -> None:
        length = time - self.stage.now if isinstance(time, datetime) else time
        if length < NOW:
            raise WentOtherwise(line, Words("This time is over already."))
        self.stage.wait(length)
        self._listen(line)
        if self.stage.steps >= STEPS_OF_ONE:
            raise WentOtherwise(line, Words("The conversation went round too often."))

    def _listen(self, line: int) -> None:
        first, self._seen = self._seen, len(self.stage.sent)
        for number, sent in enumerate(self.stage.sent[first:], first):
            if sent.refusal is not None:
                continue
            if self._is_handed_over(sent.at, number):
                words = Words("A flow spoke while a colleague had the conversation.")
                raise WentOtherwise(line, words)
            for message in sent.messages:
                self._hear(sent.flow, sent.block, message)

    def _hear(self, flow: str, block: str, message: Message) -> None:
        if isinstance(message, Typing):
            return
        self.said.append(message)
        for shown in tappable(message):
            if isinstance(shown, Choice):
                self.buttons.show(shown.title, Tap(flow, block, shown.port))
        if isinstance(message, OptInCard | RecurringCard):
            asked = SayYes(flow, block, message.port, message.topic)
            self.requests.show(text_of(message), asked)

    def _is_handed_over(self, at: datetime, sent: int) -> bool:
        until = self.stage.handed_over_until(sent)
        return until is not None and at < until

    def _outcomes(self, given: Given) -> dict[tuple[str, str], Fetched]:
        return {
            (self.flow.id, self.block(block, given.line)): answer
            for block, answer in given.answers.items()
        }


def _named(name: str, flows: Iterable[Flow]) -> str | None:
    for flow in flows:
        for id, block in flow.blocks.items():
            if name and name in (id, block.title):
                return id
    return None
