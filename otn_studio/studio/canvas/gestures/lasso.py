"""Selecting what a line drawn around it holds."""

from collections.abc import Collection

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from otn_studio.studio.canvas.geometry import Box
from otn_studio.studio.canvas.gestures.gesture import Gesture, Spot, Tools

_FILL = 24


class Lasso(Gesture):
    """Adds to ``kept``, what stays selected: every block whose middle is inside."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, tools: Tools, spot: Spot, kept: Collection[str]) -> None:
        self._tools = tools
        self._line = QPolygonF([QPointF(*spot.point)])
        self._kept = frozenset(kept)

    def start(self) -> None:
        self._tools.view.freeze(self)

    def move(self, spot: Spot) -> None:
        self._line.append(QPointF(*spot.point))
        self._tools.view.refresh(self._covered().grown(8 / self._tools.view.zoom))

    def end(self, spot: Spot) -> None:
        self.move(spot)
        self._tools.view.thaw()
        plan = self._tools.plan
        inside = {
            id
            for id in plan.blocks_in(self._covered())
            if self._holds(QPointF(*plan.boxes[id].center))
        }
        self._tools.selection.select(self._kept | inside)

    def cancel(self) -> None:
        self._tools.view.thaw()

    def paint(self, painter: QPainter) -> None:
        ink = self._tools.scene.shared.ink
        fill = QColor(ink.color("accent"))
        fill.setAlpha(_FILL)
        painter.setPen(ink.hairline("accent", painter))
        painter.setBrush(fill)
        painter.drawPolygon(self._line)

    def _holds(self, point: QPointF) -> bool:
        return self._line.containsPoint(point, Qt.FillRule.OddEvenFill)

    def _covered(self) -> Box:
        rect: QRectF = self._line.boundingRect()
        return Box(rect.x(), rect.y(), rect.width(), rect.height())
