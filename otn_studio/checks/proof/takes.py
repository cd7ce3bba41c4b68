"""One rehearsal of a script, and how far it came."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from otn_studio.blocks.effect import Person
from otn_studio.blocks.story import Answer, Begin, Moment, SayYes, Story, Tap
from otn_studio.checks.proof.playing import HORIZON
from otn_studio.checks.proof.rehearsal import STEPS_OF_ONE, NotPossible, Rehearsal, Sent
from otn_studio.checks.proof.scripts import Beat, Cue
from otn_studio.policy.sending import Refusal

MONDAY = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
"""When stories begin, where it does not matter: a day without clock changes."""
LATER = datetime(2031, 3, 3, 9, 0, tzinfo=UTC)
"""Another such day, when dates that flows wait for are over."""


@dataclass(frozen=True, slots=True)
class Production:
    """A script, and when it is to be played. ``late`` is how long after it is due each step comes.

    ``usual``: the person does no more than the way asks for. It begins ``around`` some day, whatever
    is tried.
    """

    beats: tuple[Beat, ...]
    late: timedelta
    begins_at: datetime = MONDAY
    usual: bool = True
    around: datetime = MONDAY

    def with_beats(self, beats: Iterable[Beat]) -> "Production":
        """Another script, in which the person does more than they would."""
        return replace(self, beats=tuple(beats), usual=False)


class Take:
    """One rehearsal, up to the first message that does not fare as it should.

    ``times`` are those of the beats that came true, ``stopped_at`` is the one that did not, and
    ``fault`` the message that should have fared otherwise. ``moments`` are the acts with the pauses
    that there were.
    """

    def __init__(self, production: Production, rehearsal: Rehearsal) -> None:
        self.production = production
        self.rehearsal = rehearsal
        self.moments: list[Moment] = []
        self.acted_at = production.begins_at
        self.times: list[datetime] = []
        self.fault: Sent | None = None
        self._told = 0
        self._followed = production.begins_at
        self._play()

    @property
    def stopped_at(self) -> int:
        return len(self.times)

    @property
    def succeeded(self) -> bool:
        return self.stopped_at == len(self.production.beats)

    def _play(self) -> None:
        for beat in self.production.beats:
            if not (self._act(beat) if isinstance(beat, Moment) else self._hear(beat)):
                return
            self.times.append(self.rehearsal.now)

    def _act(self, moment: Moment) -> bool:
        rehearsal, since = self.rehearsal, self.acted_at
        act = moment.act
        while not rehearsal.can(act):
            if not self._step():
                return False
        since = max(since, rehearsal.possible_since(act))
        at = max(since + moment.pause, rehearsal.now)
        rehearsal.wait(at - rehearsal.now)
        try:
            rehearsal.act(act)
        except NotPossible:
            return False
        self.acted_at = at
        self.moments.append(Moment(at - since, act))
        if isinstance(act, Begin | Tap | Answer | SayYes):
            self._followed = at
        return True

    def _hear(self, cue: Cue) -> bool:
        while (sent := self._next_of(cue)) is None:
            if not self._step():
                return False
        self._followed = sent.at
        if sent.refusal not in cue.fates:
            self.fault = sent
        return self.fault is None

    def _next_of(self, cue: Cue) -> Sent | None:
        sent = self.rehearsal.sent
        while self._told < len(sent):
            self._told += 1
            found = sent[self._told - 1]
            here = (found.flow, found.block) == (cue.flow, cue.block)
            if here and found.acts >= len(self.moments) and found.at >= self._followed + cue.after:
                return found
        return None

    def _step(self) -> bool:
        """Take the next step; whether there was one."""
        rehearsal = self.rehearsal
        at = rehearsal.next_step_at()
        last = self.acted_at + HORIZON
        if at is None or at > last or rehearsal.steps >= STEPS_OF_ONE:
            return False
        rehearsal.step()
        return True

    def story(self, refusal: Refusal, person: Person) -> Story:
        end, production = self.rehearsal.sent[self._told - 1], self.production
        moments = tuple(self.moments)
        return Story(
            *(production.begins_at, moments, production.late),
            *(end.flow, end.block, refusal, end.at, person),
        )
