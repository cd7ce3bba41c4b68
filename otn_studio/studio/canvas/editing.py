"""What can be done to the flow on the canvas: each a step that undo takes back, with its words."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

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
from otn_studio.flow.looks import SetFrame
from otn_studio.studio.canvas import clipping
from otn_studio.studio.canvas.geometry import Box, Point, around
from otn_studio.studio.canvas.guides import GRID
from otn_studio.studio.canvas.inserting import room, spliced, way_through
from otn_studio.studio.canvas.offers import Offer
from otn_studio.studio.canvas.plan import Plan, Way
from otn_studio.studio.canvas.scene import Scene
from otn_studio.studio.document.document import Document
from otn_studio.studio.document.selection import Selection
from otn_studio.studio.words import shown

DUPLICATE_BESIDE = 32.0


class _Copied(NamedTuple):
    """A part of a flow as it is on the clipboard. Of what was copied elsewhere the bounds have yet to
    be found out.
    """

    text: str
    part: Flow
    bounds: Box | None


class Editing:
    """Sends changes to the document, and selects what they are about."""

    def __init__(self, document: Document, selection: Selection, scene: Scene) -> None:
        self._document = document
        self._selection = selection
        self._scene = scene
        self._copied: _Copied | None = None

    @property
    def _plan(self) -> Plan:
        return self._scene.plan

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

    def insert(self, offer: Offer, way: Way) -> str:
        """A new block in a connection; those behind it step aside where it needs the room."""
        block, id = offer.block(), new_id(offer.title)
        place, aside = room(self._plan, way, self._plan.measured(block).height)
        changes: list[Change] = [
            AddBlock(id, block, Position(*place)),
            MoveBlocks({id: Position(*to) for id, to in aside.items()}),
            *spliced(self.flow, way, id, way_through(self.flow, id, block)),
        ]
        self._document.do(Several(tuple(changes)), Words("Add “{what}”", what=offer.title))
        self._selection.select([id], "elements.0" if offer.is_element else "")
        return id

    def can_put_into(self, way: Way, id: str) -> bool:
        """Whether a block can be put into a connection."""
        return id not in (way[0], self.flow.leads_to(*way)) and self.goes_on(id)

    def goes_on(self, id: str) -> bool:
        """Whether it can be between others: there is a way in, and an open one to go on by."""
        through = way_through(self.flow, id, self.flow.blocks[id])
        return self._plan.shapes[id].has_way_in and through is not None

    def put_into(self, way: Way, id: str, place: Point) -> None:
        """A block that is there already, into a connection."""
        through = way_through(self.flow, id, self.flow.blocks[id])
        moved = MoveBlocks({id: Position(*place)})
        words = Words("Insert “{block}”", block=self.name(id))
        self._document.do(Several((moved, *spliced(self.flow, way, id, through))), words)

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

    def movable(self) -> tuple[frozenset[str], frozenset[str]]:
        """The blocks and the frames that move with what is selected: a frame takes along what is
        on it."""
        boxes = [self._plan.frames.boxes[id] for id in self._selection.frames]
        frames = {id for box in boxes for id in self._plan.frames.inside(box)}
        return self._selection.blocks | self._plan.held_by(frames), frozenset(frames)

    def move(
        self, blocks: Iterable[str], frames: Iterable[str], by: Point, merge: str = ""
    ) -> None:
        """These, as one step."""
        boxes, framed = self._plan.boxes, self.flow.frames
        positions = {id: Position(*boxes[id].corner.plus(*by)) for id in sorted(blocks)}
        moved = [
            SetFrame(id, replace(framed[id], x=framed[id].x + by.x, y=framed[id].y + by.y))
            for id in sorted(frames)
        ]
        words = Words("Move {n} block", plural="Move {n} blocks", n=len(positions))
        if moved:
            words = Words("Move {n} frame", plural="Move {n} frames", n=len(moved))
        self._document.do(Several((MoveBlocks(positions), *moved)), words, merge)

    def nudge(self, x: float, y: float) -> None:
        """What is selected a little; nudges in a row are one step."""
        blocks, frames = self.movable()
        if blocks or frames:
            merge = f"nudge {' '.join(sorted(blocks))} {' '.join(sorted(frames))}"
            self.move(blocks, frames, Point(x, y), merge)

    def delete(self) -> None:
        """The selected blocks with their connections; of the selected frames, not what is on them."""
        ids, frames = sorted(self._selection.blocks), sorted(self._selection.frames)
        if ids or frames:
            words = Words("Delete {n} block", plural="Delete {n} blocks", n=len(ids))
            if not ids:
                words = Words("Delete {n} frame", plural="Delete {n} frames", n=len(frames))
            gone = (SetFrame(id, None) for id in frames)
            self._document.do(Several((removal(self.flow, *ids), *gone)), words)
            self._selection.select([])

    def copied(self) -> str:
        """The selected blocks as a text for the clipboard."""
        part = self._clip()
        text = clipping.to_text(part)
        self._copied = _Copied(text, part, around(self._boxes()))
        return text

    def duplicate(self) -> None:
        if self.has_selection():
            corner = self._corner().plus(DUPLICATE_BESIDE, DUPLICATE_BESIDE)
            count = len(self._selection.blocks)
            words = Words("Duplicate {n} block", plural="Duplicate {n} blocks", n=count)
            self._paste(self._clip(leaves=False), corner, words)

    def paste(self, text: str, middle: Point) -> None:
        """What was copied, around a place.

        Raises:
            Unreadable: it is no part of a flow.
        """
        _text, part, bounds = self._read(text)
        bounds = bounds or clipping.bounds_of(part, self._plan.fonts)
        if bounds is None:
            return
        self._copied = _Copied(text, part, bounds)
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
            part = self._read(text).part
        except Problem:
            return False
        return bool(part.blocks or part.frames)

    def undo(self) -> None:
        self._document.undo()

    def redo(self) -> None:
        self._document.redo()

    def name(self, id: str) -> str:
        """What people call a block."""
        return shown(self.flow.blocks[id].label())

    def has_selection(self) -> bool:
        return bool(self._selection.blocks or self._selection.frames)

    def _clip(self, *, leaves: bool = True) -> Flow:
        ids, frames = self._selection.blocks, self._selection.frames
        places = {id: self._plan.boxes[id].corner for id in ids}
        return clipping.clipped(self.flow, ids, places, frames, leaves=leaves)

    def _read(self, text: str) -> "_Copied":
        """What was copied or read last is known."""
        if self._copied is None or self._copied.text != text:
            self._copied = _Copied(text, clipping.from_text(text), None)
        return self._copied

    def _paste(self, part: Flow, corner: Point, words: Words) -> None:
        change, blocks, frames = clipping.pasting(self.flow, part, corner)
        self._document.do(change, words)
        self._selection.select(blocks, frames=frames)

    def _corner(self) -> Point:
        """The top left corner of what is selected."""
        boxes = self._boxes()
        return Point(min(box.x for box in boxes), min(box.y for box in boxes))

    def _boxes(self) -> list[Box]:
        """Where the selected blocks and frames are."""
        blocks = [self._plan.boxes[id] for id in self._selection.blocks]
        return blocks + [self._plan.frames.boxes[id] for id in self._selection.frames]
