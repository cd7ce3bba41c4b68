"""Large forms in portions: what there is no time for now comes in the next turns of the event loop."""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

ROWS_AT_ONCE = 6
"""So many take a third of the time that one would notice, and half of what one sees of the panel."""


class Turns(QObject):
    """What was put off is made in its order. ``rested``: now everything is there."""

    rested = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: deque[Callable[[], None]] = deque()
        self._left: float = ROWS_AT_ONCE
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)

    def begin(self) -> None:
        """Somebody waits for a form, or for what became of it."""
        self._left = ROWS_AT_ONCE

    def forget(self) -> None:
        """The form is there no more."""
        self._waiting.clear()
        self._timer.stop()

    @property
    def has_time(self) -> bool:
        return self._left > 0

    def spend(self, rows: float) -> None:
        self._left -= rows

    def put_off(self, work: Callable[[], None]) -> None:
        self._waiting.append(work)
        self._timer.start()

    def _go_on(self) -> None:
        self.begin()
        while self._waiting and self.has_time:
            self._waiting.popleft()()
        if not self._waiting:
            self._timer.stop()
            self.rested.emit()
