"""Putting blocks in order: in line, spread evenly, tidied up, or showing their titles only."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject

from otn_studio.blocks.words import Words
from otn_studio.flow.changes import Change, MoveBlocks, Several
from otn_studio.flow.document import Flow, Position
from otn_studio.flow.looks import Collapse, SetFrame
from otn_studio.studio.background import Background
from otn_studio.studio.canvas.aligning import Places, Side, aligned, distributed
from otn_studio.studio.canvas.arrange import ROW_GAP, arranged
from otn_studio.studio.canvas.geometry import Box, Point, around
from otn_studio.studio.canvas.guides import GRID
from otn_studio.studio.canvas.plan import Plan
from otn_studio.studio.canvas.scene import Scene
from otn_studio.studio.document.document import Document
from otn_studio.studio.document.selection import Selection

LINES_UP = {
    Side.LEFT: Words("Align left"),
    Side.CENTER: Words("Align centers"),
    Side.RIGHT: Words("Align right"),
    Side.TOP: Words("Align tops"),
    Side.MIDDLE: Words("Align middles"),
    Side.BOTTOM: Words("Align bottoms"),
}


AT_ONCE = 200
"""For more blocks places are found in the background: the window would stand still meanwhile."""


class Arranging:
    """``glide`` shows blocks on their way from where they were before the change that it is given."""

    def __init__(
        self,
        document: Document,
        selection: Selection,
        scene: Scene,
        glide: Callable[[Callable[[], None]], None],
        owner: QObject,
    ) -> None:
        self._document = document
        self._selection = selection
        self._scene = scene
        self._glide = glide
        self._background = Background(owner)

    @property
    def _plan(self) -> Plan:
        return self._scene.plan

    def align(self, side: Side) -> None:
        self._move(aligned(self._boxes(), side), LINES_UP[side])

    def distribute(self, *, across: bool) -> None:
        words = Words("Distribute across") if across else Words("Distribute down")
        self._move(distributed(self._boxes(), across=across), words)

    def tidy(self) -> None:
        """The selected blocks, or all of them, laid out anew as the conversation goes. Frames come to
        lie around the blocks that were on them."""
        ids = self._selection.blocks if len(self._selection.blocks) > 1 else ()
        self._tidy(ids or self._plan.boxes.keys())

    def collapse(self) -> None:
        """Show the titles only of the selected blocks; all that they say, where none shows it."""
        flow, ids = self._document.flow, sorted(self._selection.blocks)
        if ids:
            wanted = not flow.collapsed.issuperset(ids)
            words = Words("Expand") if not wanted else Words("Collapse")
            self._document.do(Collapse(dict.fromkeys(ids, wanted)), words)

    def _tidy(self, ids: Collection[str]) -> None:
        flow, wanted = self._document.flow, sorted(ids & self._plan.boxes.keys())
        heights = {id: self._plan.boxes[id].height for id in wanted}
        find = partial(arranged, flow, heights, {}, wanted)
        if len(wanted) <= AT_ONCE:
            self._put_tidily(find())
        else:
            self._background.run(find, lambda places: self._found(flow, places))

    def _found(self, flow: Flow, places: Mapping[str, Point]) -> None:
        """Somebody may have done something else meanwhile."""
        if self._document.flow is flow:
            self._put_tidily(places)
        else:
            self._tidy(places.keys())

    def _put_tidily(self, places: Mapping[str, Point]) -> None:
        whole = around(self._plan.boxes[id] for id in places)
        if whole is not None:
            corner = _to_grid(whole.corner)
            moved = {id: place.plus(*corner) for id, place in places.items()}
            moved = self._beside_others(moved)
            self._move(moved, Words("Tidy up"), self._reframed(moved))

    def _beside_others(self, places: Places) -> Places:
        """Farther down, until no block is covered that stays where it is."""
        boxes = self._plan.boxes
        if places.keys() == boxes.keys():
            return places
        while met := {
            other
            for id, place in places.items()
            for other in self._plan.blocks_in(Box(*place, boxes[id].width, boxes[id].height))
            if other not in places
        }:
            top = min(place.y for place in places.values())
            down = max(boxes[id].bottom for id in met) + ROW_GAP - top
            places = {id: place.plus(0, down) for id, place in places.items()}
        return places

    def _boxes(self) -> dict[str, Box]:
        return {id: self._plan.boxes[id] for id in self._selection.blocks}

    def _move(self, places: Places, words: Words, further: Iterable[Change] = ()) -> None:
        moved = {
            id: Position(*place)
            for id, place in places.items()
            if place != self._plan.boxes[id].corner
        }
        if moved:
            change = Several((MoveBlocks(moved), *further))
            self._glide(lambda: self._document.do(change, words))

    def _reframed(self, places: Places) -> Iterable[SetFrame]:
        """The frames whose blocks move, each as far around them as it was."""
        boxes = self._plan.boxes
        for id, frame in self._document.flow.frames.items():
            held = self._plan.held_by([id])
            before = around(boxes[block] for block in held)
            after = around(
                Box(
                    *places.get(block, boxes[block].corner), boxes[block].width, boxes[block].height
                )
                for block in held
            )
            if before is None or after is None or before == after:
                continue
            yield SetFrame(
                id,
                replace(
                    frame,
                    x=frame.x + after.x - before.x,
                    y=frame.y + after.y - before.y,
                    width=frame.width + after.width - before.width,
                    height=frame.height + after.height - before.height,
                ),
            )


def _to_grid(point: Point) -> Point:
    return Point(round(point.x / GRID) * GRID, round(point.y / GRID) * GRID)
