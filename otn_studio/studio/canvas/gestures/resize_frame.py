"""Pulling a frame larger or smaller by an edge or a corner."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from otn_studio.studio.canvas.frames import LEAST_HEIGHT, LEAST_WIDTH, Grip
from otn_studio.studio.canvas.geometry import Box
from otn_studio.studio.canvas.gestures.gesture import Gesture, Spot, Tools
from otn_studio.studio.canvas.guides import GRID

_CURSORS = {
    (0, 1): Qt.CursorShape.SizeVerCursor,
    (1, 0): Qt.CursorShape.SizeHorCursor,
    (1, 1): Qt.CursorShape.SizeFDiagCursor,
    (1, -1): Qt.CursorShape.SizeBDiagCursor,
}


class ResizeFrame(Gesture):
    """What is on the frame stays where it is."""

    def __init__(self, tools: Tools, spot: Spot, grip: Grip) -> None:
        self._tools = tools
        self._grip = grip
        self._from = spot.point
        self._before = self._box = tools.plan.frames.boxes[grip.frame]
        self.cursor = cursor_of(grip)

    def start(self) -> None:
        self._tools.view.freeze(self, (), (), {self._grip.frame})

    def move(self, spot: Spot) -> None:
        grip, reach = self._grip, self._tools.scene.frames.reach
        covered = reach(grip.frame, self._box)
        x = _to_grid(spot.point.x - self._from.x)
        y = _to_grid(spot.point.y - self._from.y)
        left, width = _pulled(self._before.x, self._before.width, grip.x, x, LEAST_WIDTH)
        top, height = _pulled(self._before.y, self._before.height, grip.y, y, LEAST_HEIGHT)
        self._box = Box(left, top, width, height)
        self._tools.view.refresh(covered, reach(grip.frame, self._box))

    def end(self, spot: Spot) -> None:
        self.move(spot)
        self._tools.view.thaw()
        if self._box != self._before:
            self._tools.framing.resize(self._grip.frame, self._box)

    def cancel(self) -> None:
        self._tools.view.thaw()

    def paint(self, painter: QPainter) -> None:
        self._tools.scene.frames.paint_at(painter, self._grip.frame, self._box)


def cursor_of(grip: Grip) -> Qt.CursorShape:
    return _CURSORS.get((grip.x, grip.y)) or _CURSORS[-grip.x, -grip.y]


def _to_grid(number: float) -> float:
    return round(number / GRID) * GRID


def _pulled(at: float, size: float, side: int, by: float, least: float) -> tuple[float, float]:
    """Where it begins and how large it is, pulled at its end (1), its beginning (-1) or neither."""
    if side > 0:
        return at, max(least, size + by)
    if side < 0:
        by = min(by, size - least)
        return at + by, size - by
    return at, size
