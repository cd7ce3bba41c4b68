"""Playing stories, as many as there is time for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from otn_studio.blocks.effect import Person
from otn_studio.blocks.story import Moment
from otn_studio.checks.proof.rehearsal import STEPS_OF_ONE, NotPossible, Rehearsal, Sent, programs
from otn_studio.flow.project import Project

HORIZON = timedelta(days=800)
STEPS_PER_BLOCK, STEPS_AT_LEAST = 20, 10_000


@dataclass(frozen=True, slots=True)
class Plan:
    """A story to try. ``usual``: the person does no more than the way asks for."""

    moments: tuple[Moment, ...]
    late: timedelta
    begins_at: datetime
    usual: bool = True


class Budget:
    """How many steps may be played in all, so that the checks of a large flow come to an end."""

    def __init__(self, blocks: int) -> None:
        self.left = STEPS_AT_LEAST + STEPS_PER_BLOCK * blocks


class Stage:
    """Where the stories of one project are played."""

    def __init__(self, project: Project, budget: Budget) -> None:
        self.project = project
        self._programs = programs(project)
        self._budget = budget

    def rehearsal(self, person: Person, begins_at: datetime, late: timedelta) -> Rehearsal:
        return Rehearsal(self.project, self._programs, person, begins_at, late)

    @property
    def is_over(self) -> bool:
        """Whether there is no time for more."""
        return self._budget.left <= 0

    def pay(self, rehearsal: Rehearsal) -> None:
        """Take the time of a rehearsal off what there is."""
        self._budget.left -= rehearsal.steps + 1

    def played(self, plan: Plan, person: Person) -> Iterator[Sent]:
        """What is sent, or refused, while the story goes on, one after the other."""
        if self.is_over:
            return
        rehearsal = self.rehearsal(person, plan.begins_at, plan.late)
        told = 0
        try:
            for _ in _steps(rehearsal, plan.moments):
                yield from rehearsal.sent[told:]
                told = len(rehearsal.sent)
                if rehearsal.steps > STEPS_OF_ONE:
                    return
        except NotPossible:
            return
        finally:
            self.pay(rehearsal)


def _steps(rehearsal: Rehearsal, moments: tuple[Moment, ...]) -> Iterator[None]:
    """Let the person do it all, then let time pass until nothing more happens.

    Raises:
        NotPossible: there is nothing to tap, however long they wait.
    """
    for moment in moments:
        while not rehearsal.can(moment.act) and rehearsal.next_step_at() is not None:
            rehearsal.step()
            yield
        yield from _let_pass(rehearsal, rehearsal.now + moment.pause)
        rehearsal.act(moment.act)
    yield from _let_pass(rehearsal, rehearsal.now + HORIZON)


def _let_pass(rehearsal: Rehearsal, until: datetime) -> Iterator[None]:
    while (at := rehearsal.next_step_at()) is not None and at <= until:
        rehearsal.step()
        yield
    rehearsal.now = until
