"""A conversation as it is gone through: beat by beat, back and forth, and on from any of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from otn_studio.blocks.story import SayYes, Tap
from otn_studio.blocks.words import Words
from otn_studio.checks.conversations.passed import Passed, passed_in
from otn_studio.checks.conversations.script import Advance, Deed, Given, TapOn, Yes
from otn_studio.checks.conversations.session import Session, WentOtherwise
from otn_studio.checks.conversations.tapping import Address
from otn_studio.checks.conversations.watching import Known, Visit
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project


@dataclass(frozen=True, slots=True)
class Beat:
    """Something that happens: a deed, or that a run comes to a block. ``known``: what is so then.

    ``number`` is the deed that it belongs to; of a permission ``asked`` is what was agreed to.
    """

    number: int
    known: Known
    deed: Deed | None = None
    visit: Visit | None = None
    asked: SayYes | None = None


@dataclass(frozen=True, slots=True)
class Play:
    """A conversation, as far as it can be played. ``problem``: why it ends there."""

    project: Project
    flow: Flow
    given: Given
    deeds: tuple[Deed, ...]
    beats: tuple[Beat, ...]
    session: Session
    problem: Words | None = None

    @property
    def passed(self) -> Passed:
        return passed_in(self.session.stage)

    def up_to(self, beat: int) -> tuple[Deed, ...]:
        """What has been done by then: of a time that passes, so much as has passed."""
        last = self.beats[beat] if self.beats else None
        if last is None:
            return ()
        *before, deed = self.deeds[: last.number + 1]
        if isinstance(deed, Advance) and last.deed is None:
            deed = Advance(deed.line, last.known.at)
        return *before, deed

    def button(self, title: str, reply: str) -> Deed:
        """The tap on a button, or on a quick reply, by what tells it from others."""
        acts = (self.session.buttons.find(one) for one in self.session.buttons.addresses())
        found = next((act for act in acts if act and _reply(act) == reply), None)
        address = self.session.buttons.address(title, found) if found else Address(title)
        return TapOn(1, address)

    def agreement(self, title: str, asked: SayYes) -> Deed:
        return Yes(1, self.session.requests.address(title, asked))


def play(project: Project, flow: Flow, given: Given, deeds: Sequence[Deed]) -> Play:
    """Play it from its beginning, until something can't be done.

    Raises:
        WentOtherwise: it can't even begin.
    """
    session = Session(project, flow, given)
    beats: list[Beat] = []
    problem = None
    done: list[Deed] = []
    for number, deed in enumerate(deeds):
        try:
            beats += _beats(session, number, deed)
        except WentOtherwise as other:
            problem = other.failure.words
            break
        done.append(deed)
    if problem is not None:  # what it did before it failed is undone
        session = play(project, flow, given, done).session
    return Play(project, flow, given, tuple(done), tuple(beats), session, problem)


def _beats(session: Session, number: int, deed: Deed) -> list[Beat]:
    stage = session.stage
    known, before = stage.known(), len(stage.visits)
    asked = session.requests.find(session.meant(deed.address)) if isinstance(deed, Yes) else None
    session.take(deed)
    beats = [Beat(number, v.known, visit=v) for v in stage.visits[before:] if v.known]
    if isinstance(deed, Advance) or not beats:
        return [*beats, Beat(number, stage.known(), deed, asked=asked)]
    known = replace(known, last_action=stage.last_action)  # what it leads to is not yet
    return [Beat(number, known, deed, asked=asked), *beats]


def reply(flow: str, block: str, port: str) -> str:
    """What tells a button from others of its title."""
    return " ".join((flow, block, port))


def _reply(act: Tap) -> str:
    return reply(act.flow, act.block, act.port)
