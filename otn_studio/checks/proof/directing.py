"""Rehearsing scripts until every message in them fares as it should."""

import heapq
from datetime import datetime, timedelta

from otn_studio.blocks.effect import Person
from otn_studio.checks.proof.mending import Mending
from otn_studio.checks.proof.playing import Stage
from otn_studio.checks.proof.scripts import Script
from otn_studio.checks.proof.state import LATE
from otn_studio.checks.proof.takes import Production, Take

IN_TIME, JUST_IN_TIME = timedelta(0), timedelta(seconds=LATE)
TAKES_AT_MOST = {IN_TIME: 6, JUST_IN_TIME: 40}
"""What goes wrong even if all steps are in time shows at once, or hardly ever."""


class Director:
    """Rehearses scripts on the stage of one project."""

    def __init__(self, stage: Stage, mending: Mending) -> None:
        self._stage = stage
        self._mending = mending

    def successful(self, script: Script, person: Person, around: datetime) -> Take | None:
        """A take in which all went well: as it comes, or else mended until it does."""
        for attempt, tries in ((self._take, script.loose), (self._mended, script)):
            for late in (IN_TIME, JUST_IN_TIME):
                production = Production(tries.beats, late, around, script.usual, around)
                take = attempt(production, person)
                if take is not None and take.succeeded:
                    return take
        return None

    def _mended(self, first: Production, person: Person) -> Take | None:
        """The production, mended until all goes well. What came furthest is mended first."""
        waiting, seen = [(0, 0, first)], {first}
        for _ in range(TAKES_AT_MOST[first.late]):
            if not waiting or self._stage.is_over:
                return None
            production = heapq.heappop(waiting)[-1]
            take = self._take(production, person)
            if take.succeeded:
                return take
            left = len(production.beats) - take.stopped_at
            for mended in self._mending.of(take):
                if mended not in seen:
                    seen.add(mended)
                    heapq.heappush(waiting, (left, len(seen), mended))
        return None

    def _take(self, production: Production, person: Person) -> Take:
        rehearsal = self._stage.rehearsal(person, production.begins_at, production.late)
        take = Take(production, rehearsal)
        self._stage.pay(rehearsal)
        return take
