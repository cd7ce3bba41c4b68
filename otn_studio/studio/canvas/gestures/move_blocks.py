"""Moving blocks."""

from collections.abc import Collection

from PySide6.QtCore import QPointF, Qt

from otn_studio.blocks.words import Words
from otn_studio.flow.changes import MoveBlocks
from otn_studio.flow.document import Position
from otn_studio.studio.canvas.gestures.gesture import Gesture
from otn_studio.studio.canvas.scene import Scene
from otn_studio.studio.document import Document

GRID = 4.0


class Move(Gesture):
    """Carries blocks along; the document learns of it at the end, as one step."""

    cursor = Qt.CursorShape.SizeAllCursor

    def __init__(
        self, place: QPointF, scene: Scene, document: Document, blocks: Collection[str]
    ) -> None:
        self._start = place
        self._scene = scene
        self._document = document
        self._from = {id: scene.blocks[id].pos() for id in blocks}

    def move(self, place: QPointF) -> None:
        self._scene.carry(self._there(place))

    def end(self, place: QPointF) -> None:
        there = self._there(place)
        if there != self._from:
            places = {id: Position(at.x(), at.y()) for id, at in there.items()}
            self._document.do(MoveBlocks(places), moved(len(places)))

    def cancel(self) -> None:
        self._scene.carry(self._from)

    def _there(self, place: QPointF) -> dict[str, QPointF]:
        way = place - self._start
        by = QPointF(round(way.x() / GRID) * GRID, round(way.y() / GRID) * GRID)
        return {id: at + by for id, at in self._from.items()}


def moved(count: int) -> Words:
    return Words("Move {n} block", plural="Move {n} blocks", n=count)
