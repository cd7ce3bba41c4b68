"""The tests of the open flow while they run, off the GUI thread, and what came of them."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from otn_studio.blocks.words import Words
from otn_studio.checks.conversations.beside import Suite, outcomes, tests_of
from otn_studio.checks.conversations.passed import Passed, together
from otn_studio.checks.conversations.playing import Result
from otn_studio.checks.conversations.reading import path_beside
from otn_studio.studio.background import Background
from otn_studio.studio.document.document import Document
from otn_studio.studio.document.other_flows import OtherFlows
from otn_studio.studio.problem_words import sentence
from otn_studio.studio.words import shown

Done = Callable[[], None]
SAVE_FIRST = Words("Tests stand beside the file of their flow. Save the flow first.")


class TestRun(QObject):
    """``changed``: there is another result, or it has begun or ended.

    ``names`` are of all that there is to play; ``results`` of those that have been. ``is_old``: the
    flow has changed since.
    """

    __test__ = False
    changed = Signal()
    _told = Signal(object)
    _found = Signal(object)

    def __init__(self, document: Document, others: OtherFlows) -> None:
        super().__init__(document)
        self._document, self._others = document, others
        self._background = Background(self)
        self._cancelled = threading.Event()
        self._waiting: list[Done] = []
        self.names: tuple[str, ...] = ()
        self.results: list[Result] = []
        self.problem = ""
        self.is_running = self.is_old = False
        self._told.connect(self._take)
        self._found.connect(self._show_names)
        document.changed.connect(self._grow_old)
        document.destroyed.connect(self._cancelled.set)

    @property
    def has_file(self) -> bool:
        """Whether tests could stand beside the flow."""
        return self._document.path is not None

    @property
    def has_tests(self) -> bool:
        """Whether there is something to run, as far as can be seen without reading it."""
        return self.has_file and path_beside(self._document.path).exists()

    @property
    def failed(self) -> int:
        return sum(result.failure is not None for result in self.results)

    @property
    def passed(self) -> Passed:
        return together(result.passed for result in self.results)

    @property
    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def start(self, then: Done | None = None) -> None:
        """Play them all; ``then`` is called once that is over. While they run, no others begin."""
        self._waiting += [then] if then else []
        if self.is_running:
            return
        path, flow, rules = self._document.path, self._document.flow, self._others.rules
        self._cancelled.clear()
        self.names, self.results, self.problem = (), [], ""
        self.is_old = False
        if path is None:
            self.problem = shown(SAVE_FIRST)
            self._end()
            return
        self.is_running = True
        self.changed.emit()
        self._background.run(
            lambda: self._play(tests_of(path, flow, rules)),
            lambda _all: self._end(),
            self._fail,
        )

    def cancel(self) -> None:
        """No more after the one that is played just now."""
        self._cancelled.set()

    def _play(self, suite: Suite | None) -> None:
        """In the other thread."""
        if suite is not None:
            if isValid(self):
                self._found.emit(tuple(one.name for one in suite.script.conversations))
            outcomes(suite, self._tell)

    def _tell(self, result: Result) -> bool:
        if self._cancelled.is_set() or not isValid(self):
            return False
        self._told.emit(result)
        return True

    def _show_names(self, names: tuple[str, ...]) -> None:
        self.names = names
        self.changed.emit()

    def _take(self, result: Result) -> None:
        self.results.append(result)
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        self.problem = sentence(error)
        self._end()

    def _end(self) -> None:
        self.is_running = False
        self.changed.emit()
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()

    def _grow_old(self) -> None:
        if not self.is_old:
            self.is_old = True
            self.changed.emit()
