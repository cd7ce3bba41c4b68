"""Python's search for garbage among all that has lived for long: when nobody waits for the window."""

import gc

from PySide6.QtCore import QObject, QTimer

QUIET_MILLISECONDS, FEW = 1_000, 150
"""Where so long no more objects than these have come, nobody has done anything."""
DUE, SELDOM = 10, 100
"""Rounds among the young ones until the old ones are due, and until it is done at any time."""


class Sweeping(QObject):
    """It takes as long as all else that follows from a key, and would come in the midst of that."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        young, middle, _old = gc.get_threshold()
        gc.set_threshold(young, middle, SELDOM)
        self._count = gc.get_count()
        self._timer = QTimer(self, interval=QUIET_MILLISECONDS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Sweep, if that is due and nothing has happened since the last look."""
        (young, *older), self._count = self._count, gc.get_count()
        now, *older_now = self._count
        if older_now == older and abs(now - young) < FEW and older_now[-1] >= DUE:
            gc.collect()
