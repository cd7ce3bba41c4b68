"""What can be done to the flow from the canvas, each as one step with its words."""

from PySide6.QtCore import QPointF, QRectF, QSizeF

from otn_studio.blocks.words import Words
from otn_studio.flow.changes import Connect, MoveBlocks, removal
from otn_studio.flow.document import Position
from otn_studio.studio.canvas import clipboard, kinds
from otn_studio.studio.canvas.gestures.move_blocks import moved
from otn_studio.studio.canvas.kinds import Choice
from otn_studio.studio.canvas.scene import Scene
from otn_studio.studio.document import Document
from otn_studio.studio.selection import Selection

BESIDE = 80.0
PASTE_AWAY = 40.0
GAP = 24.0
NEW_BLOCK = QSizeF(240, 120)
"""About the size that a block has before anything is written in it."""


class Editing:
    """Acts on what is selected, and selects what it made."""

    def __init__(self, document: Document, selection: Selection, scene: Scene) -> None:
        self._document = document
        self._selection = selection
        self._scene = scene

    def add(self, choice: Choice, at: QPointF, after: tuple[str, str] | None = None) -> None:
        """Add a block; an element joins the Send Message that is selected, if one is."""
        only = self._selection.only
        words = Words("Add “{what}”", what=choice.words)
        if after is None and only is not None:
            extension = kinds.extension(self._document.flow, only, choice)
            if extension is not None:
                self._document.do(extension, words)
                last = len(self._document.flow.blocks[only].elements) - 1
                self._selection.select([only], f"elements.{last}")
                return
        place = Position(round(at.x()), round(at.y()))
        id, change = kinds.addition(choice, place, after)
        self._document.do(change, words)
        self._selection.select([id])

    def delete(self) -> None:
        blocks = self._selection.blocks
        if blocks:
            words = Words("Delete {n} block", plural="Delete {n} blocks", n=len(blocks))
            self._document.do(removal(self._document.flow, *blocks), words)
            self._selection.select([])

    def copy(self) -> None:
        if self._selection.blocks:
            clipboard.copy(self._document.flow, self._selection.blocks)

    def cut(self) -> None:
        self.copy()
        self.delete()

    def paste(self, at: QPointF) -> None:
        part = clipboard.pasted()
        if part is not None and part.blocks:
            place = Position(round(at.x()), round(at.y()))
            ids, change = clipboard.insertion(self._document.flow, part, place)
            words = Words("Paste {n} block", plural="Paste {n} blocks", n=len(ids))
            self._document.do(change, words)
            self._selection.select(ids)

    def duplicate(self) -> None:
        if self._selection.blocks:
            part = clipboard.part_of(self._document.flow, self._selection.blocks)
            left = min(place.x for place in part.layout.values()) + PASTE_AWAY
            top = min(place.y for place in part.layout.values()) + PASTE_AWAY
            ids, change = clipboard.insertion(self._document.flow, part, Position(left, top))
            words = Words("Duplicate {n} block", plural="Duplicate {n} blocks", n=len(ids))
            self._document.do(change, words)
            self._selection.select(ids)

    def nudge(self, x: float, y: float) -> None:
        """Move what is selected a little; nudges in a row undo as one."""
        there = {
            id: Position(self._scene.places[id].x + x, self._scene.places[id].y + y)
            for id in self._selection.blocks
        }
        if there:
            merge = "nudge " + " ".join(sorted(there))
            self._document.do(MoveBlocks(there), moved(len(there)), merge=merge)

    def connect(self, block: str, port: str, to: str) -> None:
        look = self._scene.blocks[to].look
        if look.has_way_in:
            words = Words("Connect “{title}”", title=look.title)
            self._document.do(Connect(block, port, to), words)

    def disconnect(self, block: str, port: str) -> None:
        if self._document.flow.leads_to(block, port) is not None:
            self._document.do(Connect(block, port, None), Words("Remove connection"))

    def select_all(self) -> None:
        self._selection.select(self._document.flow.blocks)

    def go(self, x: int, y: int) -> None:
        """Select the nearest block in a direction; the first one where none is selected."""
        only = self._selection.only
        places = {id: item.rect.center() + item.pos() for id, item in self._scene.blocks.items()}
        if only is None:
            self.step(1)
            return
        here = places.pop(only)
        ahead = {id: _distance(here, place, x, y) for id, place in places.items()}
        reachable = {id: far for id, far in ahead.items() if far is not None}
        if reachable:
            self._selection.show(min(reachable, key=lambda id: reachable[id]))

    def step(self, by: int) -> None:
        """Select the next block in reading order."""
        order = sorted(
            self._scene.blocks, key=lambda id: (self._scene.places[id].x, self._scene.places[id].y)
        )
        if order:
            only = self._selection.only
            index = order.index(only) + by if only in order else 0
            self._selection.show(order[index % len(order)])

    def free_place(self, wanted: QPointF) -> QPointF:
        """The place, or the first one below it where a new block covers no other."""
        taken = [item.rect.translated(item.pos()) for item in self._scene.blocks.values()]
        room = QRectF(wanted, NEW_BLOCK).adjusted(-GAP, -GAP, GAP, GAP)
        while any(room.intersects(rect) for rect in taken):
            room.translate(0, GAP)
        return room.topLeft() + QPointF(GAP, GAP)

    def beside(self, block: str) -> QPointF:
        """A good place for what follows on a block."""
        item = self._scene.blocks[block]
        return item.pos() + QPointF(item.rect.width() + BESIDE, 0)


def _distance(here: QPointF, there: QPointF, x: int, y: int) -> float | None:
    """How far something is in a direction; what lies sideways counts as further, behind as not."""
    way = there - here
    along = way.x() * x + way.y() * y
    across = abs(way.x() * y) + abs(way.y() * x)
    return along + 2 * across if along > 1 and across <= 2.5 * along else None
