"""Long work off the GUI thread, its result back on it."""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from itertools import count
from typing import Any

from PySide6.QtCore import QEvent, QObject, QThreadPool, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

log = logging.getLogger(__name__)

UNSEEN_MILLISECONDS = 2_000


@dataclass
class _Job:
    owner: "Background"
    work: Callable[[], Any]
    then: Callable[[Any], None]
    failed: Callable[[Exception], None] | None
    result: Any = None
    error: Exception | None = None


class _Post(QObject):
    """Keeps all jobs, and brings them back to the GUI thread.

    Threads know them by number only. Whoever lets go of a job last may end what it knows with it, and
    with that widgets: that has to be this thread.
    """

    _ended = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._jobs: dict[int, _Job] = {}
        self._held: list[int] | None = None
        self._numbers = count()
        self._ended.connect(self._finish)

    def start(self, job: _Job, *, at_once: bool = False) -> None:
        number = next(self._numbers)
        self._jobs[number] = job
        if self._held is None or at_once:
            QThreadPool.globalInstance().start(partial(self._do, number))
        else:
            self._held.append(number)

    def hold(self) -> None:
        """Let everything wait until it is to begin."""
        self._held = []

    def begin(self) -> None:
        held, self._held = self._held or (), None
        for number in held:
            QThreadPool.globalInstance().start(partial(self._do, number))

    def _do(self, number: int) -> None:
        """In a thread: nothing is held here of the job when its end is told."""
        job = self._jobs[number]
        try:
            job.result = job.work()
        except Exception as problem:
            job.error = problem
        del job
        with suppress(RuntimeError):  # the program has ended meanwhile, and nobody listens
            self._ended.emit(number)

    @Slot(int)
    def _finish(self, number: int) -> None:
        job = self._jobs.pop(number)
        if isValid(job.owner):
            job.owner.finish(job)


@cache
def _post() -> _Post:
    return _Post()


class WorkAfterPaint(QObject):
    """As long as a window is not painted, nothing is done elsewhere: that would only take its time.
    Then comes what is to be done ``first``, with nothing beside it.

    A window that nobody sees does not keep the work waiting for long.
    """

    def __init__(self, window: QWidget, first: Callable[[], object]) -> None:
        super().__init__(window)
        self._window, self._first = window, first
        _post().hold()
        window.installEventFilter(self)
        QTimer.singleShot(UNSEEN_MILLISECONDS, self, _post().begin)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self, self._begin)
        return False

    def _begin(self) -> None:
        Background(self).run(self._first, lambda _done: _post().begin(), at_once=True)


class Background(QObject):
    """Runs work for one owner; results that come after the owner's end are let go."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._running = 0

    def run(
        self,
        work: Callable[[], Any],
        then: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        at_once: bool = False,
    ) -> None:
        """Do ``work`` elsewhere, then call ``then`` with its result here. Errors go to ``failed``.

        ``at_once``: even where work has to wait.
        """
        self._running += 1
        _post().start(_Job(self, work, then, failed), at_once=at_once)

    def finish(self, job: _Job) -> None:
        """One of its jobs is done."""
        self._running -= 1
        if job.error is None:
            job.then(job.result)
        elif job.failed is not None:
            job.failed(job.error)
        else:
            log.error("work in the background failed", exc_info=job.error)

    @property
    def is_busy(self) -> bool:
        return self._running > 0
