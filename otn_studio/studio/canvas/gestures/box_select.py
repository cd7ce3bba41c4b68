"""Selecting what a box holds."""

from collections.abc import Collection

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from otn_studio.studio.canvas.gestures.gesture import Gesture
from otn_studio.studio.canvas.scene import Scene
from otn_studio.studio.selection import Selection


class BoxSelect(Gesture):
    """Adds to ``kept``, what was selected before."""

    def __init__(
        self,
        place: QPointF,
        scene: Scene,
        selection: Selection,
        kept: Collection[str],
        color: QColor,
    ) -> None:
        self._start = place
        self._box = QRectF(place, place)
        self._scene = scene
        self._selection = selection
        self._before = selection.blocks
        self._kept = frozenset(kept)
        self._color = color

    def move(self, place: QPointF) -> None:
        self._box = QRectF(self._start, place).normalized()
        inside = (
            id
            for id, item in self._scene.blocks.items()
            if self._box.intersects(item.rect.translated(item.pos()))
        )
        self._selection.select(self._kept | set(inside))

    def end(self, place: QPointF) -> None:
        self.move(place)

    def cancel(self) -> None:
        self._selection.select(self._before)

    def paint(self, painter: QPainter) -> None:
        pen = QPen(self._color, 1)
        pen.setCosmetic(True)
        painter.setPen(pen)
        filling = QColor(self._color)
        filling.setAlphaF(0.08)
        painter.setBrush(filling)
        painter.drawRect(self._box)
