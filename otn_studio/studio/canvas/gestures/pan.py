"""Pulling the canvas along."""

from PySide6.QtCore import Qt

from otn_studio.studio.canvas.gestures.gesture import Gesture, Spot, Tools


class Pan(Gesture):
    """Goes by the pixels of the window, since the canvas itself moves under the mouse."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, tools: Tools, spot: Spot) -> None:
        self._view = tools.view
        self._last = spot.pixel

    def move(self, spot: Spot) -> None:
        way = spot.pixel - self._last
        self._view.scroll_by(way.x(), way.y())
        self._last = spot.pixel

    def end(self, spot: Spot) -> None:
        self.move(spot)
