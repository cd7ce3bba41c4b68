"""Drawing a connection, from a way out to a block, or into the open to choose what follows."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from otn_studio.blocks.words import Words
from otn_studio.flow.changes import Connect as ConnectChange
from otn_studio.studio.canvas import geometry
from otn_studio.studio.canvas.gestures.gesture import Gesture
from otn_studio.studio.canvas.scene import Scene
from otn_studio.studio.document import Document

STILL = 6.0
"""Within this of its beginning a drag is no more than a press."""


class Connect(Gesture):
    """``open_end`` is told the block, the port and the place where nothing was."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(
        self,
        way: tuple[str, str],
        scene: Scene,
        document: Document,
        open_end: Callable[[str, str, QPointF], None],
    ) -> None:
        self._block, self._port = way
        self._scene = scene
        self._document = document
        self._open_end = open_end
        self._start = scene.blocks[self._block].place_of_way(self._port)
        self._end = self._start
        self._color: QColor = scene.color_of_way(*way)

    def move(self, place: QPointF) -> None:
        target = self._scene.block_at(place)
        reaches = target is not None and target.look.has_way_in
        self._end = geometry.way_in(target.pos()) if target and reaches else place

    def end(self, place: QPointF) -> None:
        if (place - self._start).manhattanLength() < STILL:
            return
        target = self._scene.block_at(place)
        if target is None:
            self._open_end(self._block, self._port, place)
        elif target.look.has_way_in:
            change = ConnectChange(self._block, self._port, target.id)
            self._document.do(change, Words("Connect “{title}”", title=target.look.title))

    def paint(self, painter: QPainter) -> None:
        painter.setPen(QPen(self._color, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(geometry.curve(self._start, self._end))
