"""The services of the pages, in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event

from otn_studio.blocks.words import Problem
from otn_studio.policy.calendar import Frequency
from otn_studio.studio.services.services import EngineState, TopicRow

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def row(
    name: str,
    held: int = 0,
    used: int = 0,
    days: int | None = None,
    flows: tuple[str, ...] = (),
    ending: int = 0,
    **recurring: object,
) -> TopicRow:
    """A topic whose id is its name, whose first permission ends after so many days."""
    ends = NOW + timedelta(days=days) if days is not None else None
    return TopicRow(name.lower(), name, held, used, 0, ends, flows, ending, **recurring)


class FakeTopics:
    """Topics that refuse a name that is taken, as the real ones do."""

    def __init__(self, *rows: TopicRow) -> None:
        self.rows = {row.id: row for row in rows}
        self.deleted: dict[str, TopicRow] = {}
        self.people: dict[str, int] = {}
        """Where somebody holds several permissions of a topic."""
        self.announced: list[tuple[str, str]] = []
        self.problem = ""
        self.may_answer = Event()
        self.may_answer.set()

    def all(self) -> Sequence[TopicRow]:
        self._answer()
        return tuple(self.rows.values())

    def add(
        self, id: str, name: str, frequency: Frequency | None = None, asks_again: bool = True
    ) -> None:
        self._answer()
        self._refuse_taken(id, name)
        made = row(name, frequency=frequency, asks_again=asks_again)
        self.rows[id] = replace(made, id=id)

    def rename(self, id: str, name: str) -> None:
        self._answer()
        self._refuse_taken(id, name)
        self.rows[id] = replace(self.rows[id], name=name)

    def delete(self, id: str) -> None:
        self._answer()
        self.deleted[id] = self.rows.pop(id)

    def restore(self, id: str) -> None:
        self._answer()
        self._refuse_taken(id, self.deleted[id].name)
        self.rows[id] = self.deleted.pop(id)

    def reach(self, id: str) -> int:
        self._answer()
        return self.people.get(id, self.rows[id].held)

    def announce(self, id: str, text: str) -> int:
        people = self.reach(id)
        self.announced.append((id, text))
        topic = self.rows[id]
        held = topic.held - people
        self.rows[id] = replace(topic, held=held, used=topic.used + people, ends_soonest=None)
        return people

    def names(self) -> list[str]:
        return sorted((row.name for row in self.rows.values()), key=str.casefold)

    def _answer(self) -> None:
        self.may_answer.wait(5)
        if self.problem:
            raise Problem(self.problem)

    def _refuse_taken(self, id: str, name: str) -> None:
        for other in self.rows.values():
            if other.id != id and other.name.casefold() == name.casefold():
                raise Problem(
                    "There is a topic “{name}” already. Choose another name.", name=other.name
                )


class FakeEngine:
    """An engine that starts and stops at once."""

    def __init__(self, **state: object) -> None:
        self.now = EngineState(
            **{"running": False, "practice": True, "waiting": 0, "since": None} | state
        )
        self.problem = ""

    def state(self) -> EngineState:
        return self.now

    def start(self) -> None:
        if self.problem:
            raise Problem(self.problem)
        self.now = replace(self.now, running=True, since=NOW, problem="")

    def stop(self) -> None:
        self.now = replace(self.now, running=False, since=None)

    def go_on(self) -> None:
        if self.problem:
            raise Problem(self.problem)
        self.now = replace(self.now, problem="", may_go_on=False, restored=False)
