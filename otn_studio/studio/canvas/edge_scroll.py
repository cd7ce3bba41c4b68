"""Going on where something is carried to the edge of the window."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, QTimer

from otn_studio.studio.canvas.view import View

EDGE, SPEED, MILLISECONDS = 28.0, 14.0, 30


class EdgeScroll(QObject):
    """``scrolled`` is called after each step, of however small a way."""

    def __init__(self, view: View, scrolled: Callable[[], object]) -> None:
        super().__init__(view)
        self._view = view
        self._scrolled = scrolled
        self._at = QPointF()
        self._timer = QTimer(self, interval=MILLISECONDS)
        self._timer.timeout.connect(self._step)

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def carry(self, at: QPointF) -> None:
        """The mouse is there now, in pixels of the window."""
        self._at = at

    def _step(self) -> None:
        room = self._view.viewport().rect()
        x, y = _beyond(self._at.x(), room.width()), _beyond(self._at.y(), room.height())
        if x or y:
            self._view.scroll_by(-x * SPEED, -y * SPEED)
            self._scrolled()


def _beyond(at: float, size: float) -> int:
    return (at > size - EDGE) - (at < EDGE)
