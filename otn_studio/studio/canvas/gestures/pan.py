"""Pulling the canvas along."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt

from otn_studio.studio.canvas.gestures.gesture import Gesture


class Pan(Gesture):
    """``scroll`` takes the way in pixels of the window; so are the places here."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, place: QPointF, scroll: Callable[[QPointF], None]) -> None:
        self._last = place
        self._scroll = scroll

    def move(self, place: QPointF) -> None:
        self._scroll(place - self._last)
        self._last = place
