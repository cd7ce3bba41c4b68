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
    def __init__(self, work: Callable[[], Any]) -> None:
        super().__init__()
        self._work = work
        self.signals = _Signals()

    @Slot()
    def run(self) -> None:
        try:
            result, error = self._work(), None
        except Exception as problem:
            result, error = None, problem
        with suppress(RuntimeError):  # the program has ended meanwhile, and nobody listens
            self.signals.done.emit(result, error)


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
        job = _Job(work)
        job.setAutoDelete(False)
        self._jobs.add(job)

        def finish(result: Any, error: Exception | None) -> None:
            self._jobs.discard(job)
            if not isValid(self):
                return
            if error is None:
                then(result)
            elif failed is not None:
                failed(error)
            else:
                log.error("work in the background failed", exc_info=error)

        job.signals.done.connect(finish)
        self._pool.start(job)

    @property
    def is_busy(self) -> bool:
        return bool(self._jobs)
