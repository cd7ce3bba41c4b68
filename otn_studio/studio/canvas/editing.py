"""What can be done to the flow on the canvas: each a step that undo takes back, with its words."""

from collections.abc import Iterable

from otn_studio.blocks.words import Problem, Words
from otn_studio.flow.changes import (
    AddBlock,
    Change,
    Connect,
    EditBlock,
    MoveBlocks,
    Several,
    removal,
)
from otn_studio.flow.document import Flow, Position, new_id
from otn_studio.studio.canvas import clipping
from otn_studio.studio.canvas.geometry import Point
from otn_studio.studio.canvas.offers import Offer
from otn_studio.studio.canvas.plan import Plan, Way
from otn_studio.studio.document import Document
from otn_studio.studio.selection import Selection
from otn_studio.studio.words import shown

GRID = 4.0
DUPLICATE_BESIDE = 32.0


class Editing:
    """Sends changes to the document, and selects what they are about."""

    def __init__(self, document: Document, selection: Selection, plan: Plan) -> None:
        self._document = document
        self._selection = selection
        self._plan = plan

    @property
    def flow(self) -> Flow:
        return self._document.flow

    def add(self, offer: Offer, wish: Point, after: Way | None = None) -> str:
        """A new block at the free place nearest to a wish, connected if it follows on something."""
        block = offer.block()
        id = new_id(offer.title)
        place = self._plan.free_place(wish, self._plan.measured(block).height)
        changes: list[Change] = [AddBlock(id, block, Position(*place))]
        if after is not None:
            changes.append(Connect(*after, id))
        self._document.do(Several(tuple(changes)), Words("Add “{what}”", what=offer.title))
        self._selection.select([id], "elements.0" if offer.is_element else "")
        return id

    def add_to(self, offer: Offer, id: str) -> bool:
        """The element in a block that takes it; answers whether it does."""
        block = offer.added_to(self.flow.blocks[id])
        if block is None:
            return False
        self._document.do(EditBlock(id, block), Words("Add “{what}”", what=offer.title))
        self._selection.select([id], f"elements.{len(block.elements) - 1}")
        return True

    def connect(self, way: Way, to: str) -> None:
        if self.flow.leads_to(*way) != to:
            self._document.do(Connect(*way, to), Words("Connect “{block}”", block=self.name(to)))

    def cut(self, way: Way) -> None:
        """Let a way out lead nowhere."""
        if self.flow.leads_to(*way) is not None:
            words = Words("Cut the connection from “{block}”", block=self.name(way[0]))
            self._document.do(Connect(*way, None), words)

    def move(self, places: dict[str, Point], merge: str = "") -> None:
        positions = {id: Position(*place) for id, place in places.items()}
        words = Words("Move {n} block", plural="Move {n} blocks", n=len(positions))
        self._document.do(MoveBlocks(positions), words, merge)

    def nudge(self, x: float, y: float) -> None:
        """The selected blocks a little; nudges in a row are one step."""
        ids = sorted(self._selection.blocks)
        if ids:
            places = {id: self._plan.boxes[id].corner.plus(x, y) for id in ids}
            self.move(places, merge=f"nudge {' '.join(ids)}")

    def delete(self) -> None:
        """The selected blocks with their connections."""
        ids = sorted(self._selection.blocks)
        if ids:
            words = Words("Delete {n} block", plural="Delete {n} blocks", n=len(ids))
            self._document.do(removal(self.flow, *ids), words)
            self._selection.select([])

    def copied(self) -> str:
        """The selected blocks as a text for the clipboard."""
        return clipping.to_text(self._clip())

    def duplicate(self) -> None:
        ids = self._selection.blocks
        if ids:
            corner = _corner(self._plan, ids).plus(DUPLICATE_BESIDE, DUPLICATE_BESIDE)
            words = Words("Duplicate {n} block", plural="Duplicate {n} blocks", n=len(ids))
            self._paste(self._clip(), corner, words)

    def paste(self, text: str, middle: Point) -> None:
        """What was copied, around a place.

        Raises:
            Unreadable: it is no part of a flow.
        """
        part = clipping.from_text(text)
        if not part.blocks:
            return
        size = Plan(self._plan.fonts)
        size.show(part)
        bounds = size.bounds()
        assert bounds is not None
        corner = Point(
            round((middle.x - bounds.width / 2) / GRID) * GRID,
            round((middle.y - bounds.height / 2) / GRID) * GRID,
        )
        count = len(part.blocks)
        words = Words("Paste {n} block", plural="Paste {n} blocks", n=count)
        self._paste(part, corner, words)

    def can_paste(self, text: str) -> bool:
        """Whether a text is a part of a flow."""
        try:
            return bool(clipping.from_text(text).blocks)
        except Problem:
            return False

    def undo(self) -> None:
        self._document.undo()

    def redo(self) -> None:
        self._document.redo()

    def name(self, id: str) -> str:
        """What people call a block."""
        return shown(self.flow.blocks[id].label())

    def _clip(self) -> Flow:
        ids = self._selection.blocks
        return clipping.clipped(self.flow, ids, {id: self._plan.boxes[id].corner for id in ids})

    def _paste(self, part: Flow, corner: Point, words: Words) -> None:
        change, ids = clipping.pasting(self.flow, part, corner)
        self._document.do(change, words)
        self._selection.select(ids)


def _corner(plan: Plan, ids: Iterable[str]) -> Point:
    boxes = [plan.boxes[id] for id in ids]
    return Point(min(box.x for box in boxes), min(box.y for box in boxes))
