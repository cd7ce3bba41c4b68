"""The conversation that is simulated: who talks, what has been done, and which beat is looked at."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QObject, Signal

from otn_studio.blocks.story import Story
from otn_studio.blocks.words import Problem
from otn_studio.checks.conversations.script import Deed, Given
from otn_studio.checks.conversations.session import WentOtherwise
from otn_studio.studio.background import Background
from otn_studio.studio.document.document import Document
from otn_studio.studio.document.other_flows import OtherFlows
from otn_studio.studio.services.page_values import PageValues
from otn_studio.studio.simulator.personas import Persona, made_up, of_page
from otn_studio.studio.simulator.play import Beat, Play, play
from otn_studio.studio.simulator.retelling import retold
from otn_studio.studio.words import _, shown

Place = tuple[str, str]


class Simulation(QObject):
    """``changed``: there is something else to see. All that it plays, it plays off the GUI thread.

    What is done while an earlier beat is looked at goes on from there, as if nothing had come after.
    """

    changed = Signal()

    def __init__(
        self,
        document: Document,
        others: OtherFlows,
        page_values: PageValues,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        super().__init__(document)
        self._document, self._others, self._page_values = document, others, page_values
        self.now = now or (lambda: datetime.now(UTC))
        self._background = Background(self)
        self._waiting: list[Deed] = []
        self._is_busy = False
        self._beginnings = 0
        self._number = 0
        self._is_old = False
        self.persona: Persona = next(made_up(document.flow))
        self.play: Play | None = None
        self.beat = 0
        self.stops: frozenset[Place] = frozenset()
        self.is_stepping = False
        self.problem = ""
        document.changed.connect(self._grow_old)
        others.changed.connect(self._grow_old)

    @property
    def shown(self) -> Sequence[Beat]:
        """The beats up to the one that is looked at."""
        return self.play.beats[: self.beat + 1] if self.play else ()

    @property
    def is_at_end(self) -> bool:
        return self.play is None or self.beat >= len(self.play.beats) - 1

    def begin(self, persona: Persona) -> None:
        """A new conversation, with somebody, and with the values of the Page as they are."""
        self.persona = persona
        now, rules = self.now(), self._others.rules
        begin = self._unless_begun_anew(
            lambda page: self.begin_with(persona.given(now, rules, page))
        )
        self._background.run(
            lambda: of_page(self._page_values.all(), rules.zone), begin, lambda _problem: begin({})
        )

    def begin_with(self, given: Given, deeds: Sequence[Deed] = ()) -> None:
        """A new conversation in which so much has been done."""
        self._beginnings += 1
        known = {t.name for f in self._others.project().flows.values() for t in f.topics.values()}
        held = {topic: ago for topic, ago in given.permissions.items() if topic in known}
        self.play = None
        self._waiting = []
        self._start(replace(given, permissions=held), deeds, 0)

    def retell(self, story: Story) -> None:
        """The conversation of a story, to be gone through from its beginning."""
        project, flow = self._others.project(), self._document.flow
        begin = self._unless_begun_anew(lambda told: self.begin_with(*told))
        self._background.run(lambda: retold(project, flow, story), begin, self._fail)

    def do(self, deed: Deed) -> None:
        """Let it happen now, or as soon as what happened before is done."""
        if self._is_busy:
            self._waiting.append(deed)
        elif self.play is not None:
            deeds = self.play.up_to(self.beat)
            self._start(self.play.given, (*deeds, deed), len(deeds))

    def refresh(self) -> None:
        """Play it in the flow as it is now, if that has changed meanwhile."""
        if self.play is None:
            self.begin(self.persona)
        elif self._is_old and not self._is_busy:
            self._start(self.play.given, self.play.deeds, len(self.play.deeds))

    def look_at(self, beat: int) -> None:
        """Go to a beat, before or after."""
        last = len(self.play.beats) - 1 if self.play else 0
        self.beat = max(0, min(beat, last))
        self.changed.emit()

    def run(self) -> None:
        """Go on to where it is to stop, or to the end."""
        self.look_at(self._next_stop(self.beat + 1))

    def stop_at(self, place: Place, wanted: bool) -> None:
        """Let it stop where a run comes to a block, or no more."""
        self.stops = self.stops | {place} if wanted else self.stops - {place}
        self.changed.emit()

    def _unless_begun_anew(self, begin: Callable[[Any], None]) -> Callable[[Any], None]:
        """Begins with what was found out, if nothing else was begun in the meantime."""
        self._beginnings = number = self._beginnings + 1
        return lambda found: begin(found) if number == self._beginnings else None

    def _start(self, given: Given, deeds: Sequence[Deed], first: int) -> None:
        """Play; then show what came from the ``first`` of these deeds on."""
        self._is_busy, self._is_old = True, False
        self._number = number = self._number + 1
        project, flow = self._others.project(), self._document.flow
        self._background.run(
            lambda: play(project, flow, given, deeds),
            lambda made: self._take(made, first, number),
            self._fail,
        )

    def _take(self, made: Play, first: int, number: int) -> None:
        if number != self._number:  # somebody else talks by now
            return
        self.play = made
        self.problem = shown(made.problem) if made.problem else ""
        new = [number for number, beat in enumerate(made.beats) if beat.number >= first]
        start = new[0] if new else len(made.beats) - 1
        self.beat = max(0, start if self.is_stepping else self._next_stop(start))
        self._end()

    def _fail(self, problem: Exception) -> None:
        match problem:
            case WentOtherwise():
                self.problem = shown(problem.failure.words)
            case Problem():
                self.problem = shown(problem.words)
            case _:
                self.problem = _("This can’t be played: {problem}", problem=problem)
        self._waiting = []
        self._end()

    def _end(self) -> None:
        self._is_busy = False
        self.changed.emit()
        if self._waiting:
            self.do(self._waiting.pop(0))

    def _next_stop(self, beat: int) -> int:
        beats = self.play.beats if self.play else ()
        for number, one in enumerate(beats[beat:], beat):
            if one.visit is not None and (one.visit.flow, one.visit.block) in self.stops:
                return number
        return len(beats) - 1

    def _grow_old(self) -> None:
        self._is_old = True
