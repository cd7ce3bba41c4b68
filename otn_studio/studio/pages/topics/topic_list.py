"""The topics as they were last heard of, and everything that can be done with them, in the background.

What is done is done in order. An answer that was asked for before something was done is let go, so that
the table never falls back for a moment to how things were.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from otn_studio.flow.document import Topic, new_id
from otn_studio.studio.background import Background
from otn_studio.studio.problem_words import sentence
from otn_studio.studio.services.services import TopicRow, Topics

Told = Callable[[Any], None]


class TopicList(QObject):
    """``changed``: the rows, or why there are none. Those who ask are told only while they live."""

    changed = Signal()

    def __init__(self, topics: Topics, parent: QObject) -> None:
        super().__init__(parent)
        self._topics = topics
        self._background = Background(self)
        self._waiting: deque[tuple[Callable[[], Any], Told, Told]] = deque()
        self._round = 0
        self._writing = self._reading = False
        self.rows: tuple[TopicRow, ...] = ()
        self.is_known = False
        self.problem = ""

    def topic(self, id: str) -> TopicRow | None:
        return next((row for row in self.rows if row.id == id), None)

    def refresh(self) -> None:
        """Ask anew, unless an answer is on its way."""
        if not self._reading and not self._writing:
            self._reading = True
            asked = self._round
            self._background.run(
                self._topics.all, lambda rows: self._heard(asked, rows), self._unheard
            )

    def add(self, topic: Topic, then: Told, failed: Told) -> None:
        """``then`` hears the new topic's id."""
        id = new_id(topic.name)

        def work() -> None:
            self._topics.add(id, topic.name, topic.frequency, topic.asks_again)

        self._write(work, lambda _: _tell(then, id), failed)

    def rename(self, id: str, name: str, then: Told, failed: Told) -> None:
        """Shows the new name at once, and the old one again if it can't be."""
        self._rename_row(id, name)
        self._write(lambda: self._topics.rename(id, name), then, failed)

    def delete(self, id: str, then: Told, failed: Told) -> None:
        self._write(lambda: self._topics.delete(id), then, failed)

    def restore(self, id: str, then: Told, failed: Told) -> None:
        self._write(lambda: self._topics.restore(id), then, failed)

    def reach(self, id: str, then: Told, failed: Told) -> None:
        """``then`` hears to how many people an announcement would go."""
        self._background.run(
            lambda: self._topics.reach(id),
            lambda people: _tell(then, people),
            lambda error: _tell(failed, sentence(error)),
        )

    def announce(self, id: str, text: str, then: Told, failed: Told) -> None:
        """``then`` hears to how many people it goes."""
        self._write(lambda: self._topics.announce(id, text), then, failed)

    def _rename_row(self, id: str, name: str) -> None:
        self.rows = _in_order(replace(row, name=name) if row.id == id else row for row in self.rows)
        self.changed.emit()

    def _write(self, work: Callable[[], Any], then: Told, failed: Told) -> None:
        self._round += 1
        self._waiting.append((work, then, failed))
        self._next()

    def _next(self) -> None:
        if self._writing or not self._waiting:
            return
        self._writing = True
        work, then, failed = self._waiting.popleft()
        self._background.run(
            work,
            lambda answer: self._written(lambda: _tell(then, answer)),
            lambda error: self._written(lambda: _tell(failed, sentence(error))),
        )

    def _written(self, tell: Callable[[], None]) -> None:
        """Let the next one begin; when all is done, see what came of it, then tell."""
        self._writing = False
        self._round += 1
        tell()
        self._next()
        self.refresh()

    def _heard(self, asked: int, rows: Sequence[TopicRow]) -> None:
        self._reading = False
        if asked != self._round:
            self.refresh()
            return
        known = self.rows, self.is_known, self.problem
        self.rows, self.is_known, self.problem = _in_order(rows), True, ""
        if known != (self.rows, True, ""):
            self.changed.emit()

    def _unheard(self, error: Exception) -> None:
        self._reading = False
        self.problem = sentence(error)
        self.changed.emit()


def _in_order(rows) -> tuple[TopicRow, ...]:
    return tuple(sorted(rows, key=lambda row: (row.name.casefold(), row.id)))


def _tell(listener: Told, what: Any) -> None:
    owner = getattr(listener, "__self__", None)
    if not isinstance(owner, QObject) or isValid(owner):
        listener(what)
