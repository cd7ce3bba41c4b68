"""Plays recorded conversations, and compares what comes with what was to come."""

from dataclasses import dataclass

from otn_studio.blocks.turn import Notify
from otn_studio.blocks.words import Words
from otn_studio.checks.conversations.hearing import Failure, also_said, compared
from otn_studio.checks.conversations.passed import Passed, passed_in
from otn_studio.checks.conversations.script import Bot, Conversation, Facts, Step
from otn_studio.checks.conversations.session import Session, WentOtherwise
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one conversation: where and how it went another way, if it did."""

    conversation: Conversation
    failure: Failure | None
    passed: Passed


def play(project: Project, flow: Flow, conversation: Conversation) -> Failure | None:
    """Play one conversation of a flow; where and how it went another way, if it did."""
    return outcome(project, flow, conversation).failure


def outcome(project: Project, flow: Flow, conversation: Conversation) -> Result:
    """Play one conversation of a flow, and tell what it passed."""
    session: Session | None = None
    failure = None
    try:
        session = Session(project, flow, conversation.given)
        _Player(session, conversation).play()
    except WentOtherwise as other:
        failure = other.failure
    passed = passed_in(session.stage) if session is not None else Passed()
    return Result(conversation, failure, passed)


class _Player:
    """One conversation while it is played."""

    def __init__(self, session: Session, conversation: Conversation) -> None:
        self._session = session
        self._conversation = conversation

    def play(self) -> None:
        for step in self._conversation.steps:
            if not isinstance(step, Bot | Facts):
                self._hear_no_more(step.line)
            self._take(step)
        self._hear_no_more(self._conversation.line)

    def _hear_no_more(self, line: int) -> None:
        if self._session.said:
            raise WentOtherwise(line, also_said(line, self._session.said).words)

    def _take(self, step: Step) -> None:
        match step:
            case Bot():
                said, self._session.said = self._session.said, []
                if (failure := compared(said, step)) is not None:
                    raise WentOtherwise(failure.line, failure.words)
            case Facts():
                self._compare(step)
            case deed:
                self._session.take(deed)

    def _compare(self, facts: Facts) -> None:
        session, stage = self._session, self._session.stage
        contact, page = stage.contact, stage.page
        told = tuple(d.deed.to for d in stage.done if isinstance(d.deed, Notify))
        for key, wanted in facts.fields.items():
            self._same(facts.line, key, contact.known(key), wanted)
        for key, wanted in facts.page.items():
            self._same(facts.line, key, page.values.get(key) or "", wanted)
        for tag, worn in facts.tags.items():
            self._same(facts.line, tag, _yes(tag in contact.tags), _yes(worn))
        for topic, can in facts.permissions.items():
            can_be = session.topic(topic, facts.line) in session.usable()
            self._same(facts.line, topic, _yes(can_be), _yes(can))
        if facts.told is not None:
            self._same(facts.line, "told", ", ".join(told), ", ".join(facts.told))
        if facts.handed_over is not None:
            over, wanted = session.is_handed_over, facts.handed_over
            self._same(facts.line, "handed_over", _yes(over), _yes(wanted))

    def _same(self, line: int, what: str, found: str, wanted: str) -> None:
        if found != wanted:
            words = Words(
                "“{what}” is “{found}”, and was to be “{wanted}”.",
                what=what,
                found=found,
                wanted=wanted,
            )
            raise WentOtherwise(line, words)


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"
