"""Long work off the GUI thread, its result back on it."""

import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot
from shiboken6 import isValid

log = logging.getLogger(__name__)


class _Signals(QObject):
    done = Signal(object, object)


class _Job(QRunnable):
    """Qt keeps it for ever, since nobody can tell when its thread has let go of it. What it knew is
    let go of once it has ended.
    """

    def __init__(self, work: Callable[[], Any], end: Callable[["_Job", Any, Any], None]) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self._work: Callable[[], Any] | None = work
        self._end: Callable[[_Job, Any, Any], None] | None = end
        self._signals = _Signals()
        self._signals.done.connect(self._tell)

    @Slot()
    def run(self) -> None:
        assert self._work is not None
        try:
            result, error = self._work(), None
        except Exception as problem:
            result, error = None, problem
        with suppress(RuntimeError):  # the program has ended meanwhile, and nobody listens
            self._signals.done.emit(result, error)

    def _tell(self, result: Any, error: Exception | None) -> None:
        end, self._end, self._work = self._end, None, None
        assert end is not None
        end(self, result, error)


class Background(QObject):
    """Runs work for one owner; results that come after the owner's end are let go."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pool = QThreadPool.globalInstance()
        self._jobs: set[_Job] = set()

    def run(
        self,
        work: Callable[[], Any],
        then: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Do ``work`` elsewhere, then call ``then`` with its result here. Errors go to ``failed``."""

        def end(job: _Job, result: Any, error: Exception | None) -> None:
            self._jobs.discard(job)
            if not isValid(self):
                return
            if error is None:
                then(result)
            elif failed is not None:
                failed(error)
            else:
                log.error("work in the background failed", exc_info=error)

        job = _Job(work, end)
        self._jobs.add(job)
        self._pool.start(job)

    @property
    def is_busy(self) -> bool:
        return bool(self._jobs)
