"""Where everything of a flow is: boxes, shapes and routes, kept up to date, and asked what is where."""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, islice
from typing import NamedTuple

from otn_studio.flow.document import Flow, Position
from otn_studio.studio.canvas.arrange import arranged
from otn_studio.studio.canvas.beside import Beside
from otn_studio.studio.canvas.connections import Connections, Way
from otn_studio.studio.canvas.face import Face
from otn_studio.studio.canvas.frames import Frames
from otn_studio.studio.canvas.geometry import Box, Point, around
from otn_studio.studio.canvas.grid import Grid, cells_of_box
from otn_studio.studio.canvas.measures import Measures
from otn_studio.studio.canvas.shape import MIDDLE_OF_HEAD, WIDTH, Fonts


class Changed(NamedTuple):
    """What became different when another flow was shown, by ids and ways."""

    gone: frozenset[str]
    reshaped: frozenset[str]
    moved: frozenset[str]
    links: frozenset[Way]


class Plan:
    """One flow, laid out."""

    def __init__(self, fonts: Fonts) -> None:
        self.fonts = fonts
        self.beside = Beside({}, {})
        self._arranged: dict[str, Point] = {}
        self._blocks: Grid[str] = Grid()
        self._bounds: Box | None = None
        self.flow = Flow("", "")
        self._measures = Measures(fonts)
        self.shapes = self._measures.shapes
        self.measured = self._measures.measured
        self.boxes: dict[str, Box] = {}
        self._laid = Connections(self.way_out, self.way_in, self._boxes_near)
        self.routes = self._laid.routes
        self.leads_to = self._laid.leads_to
        self.touching = self._laid.touching
        self.lay_on = self._laid.lay_on
        self._awaited: Flow | None = None
        self._coming: dict[str, Box] = {}
        self._coming_near: Grid[str] = Grid()
        self._came: list[Box] = []
        """Where blocks came while others were still to come: connections ask about them at the end."""
        self._stirred: list[Box] = []
        """Where blocks have come to stand, and where they stood, since the flow was shown last."""
        self.frames = Frames(fonts)

    def expect(self, flow: Flow) -> None:
        """Blocks of a flow will come to stand where it says. Until then connections are laid as if
        each of them were as high as most are.
        """
        self._awaited = flow

    def expect_nothing(self) -> None:
        self._awaited, self._coming, self._coming_near = None, {}, Grid()

    def show(self, flow: Flow, most: float = math.inf) -> Changed:
        """Take on a flow; what is the same object as before is left alone. What is more than the
        ``most`` trouble with ways past blocks waits for ``lay_on``.
        """
        before, self.flow = self.flow, flow
        self._stirred = []
        gone = frozenset(before.blocks.keys() - flow.blocks.keys())
        reshaped = self._measures.show(before, flow, self.beside)
        for id in gone:
            self._blocks.drop(id, cells_of_box(self.boxes[id]))
            self._stirred.append(self.boxes.pop(id))
        moved = self._place(before, flow, reshaped)
        if self._awaited is not None:
            self._keep_room(self._awaited)
        links = self._connect(before, flow, reshaped | moved, most)
        if self.frames.show(flow.frames) or gone or reshaped or moved:
            self._bounds = around((*self.boxes.values(), *self.frames.boxes.values()))
        return Changed(gone, frozenset(reshaped), frozenset(moved), links)

    @property
    def is_laid(self) -> bool:
        """Whether every connection runs past the blocks in its way."""
        return not self._laid.is_waiting

    def placed(self) -> Flow:
        """The flow with a place for every block, also for those that were laid out here."""
        places = {id: Position(*box.corner) for id, box in self.boxes.items()}
        return replace(self.flow, layout=places)

    def bounds(self) -> Box | None:
        """The box that holds every block and every frame."""
        return self._bounds

    def face(self, id: str) -> Face:
        """A block as it is painted."""
        return self._measures.face(self.flow, id)

    def depth(self, id: str) -> tuple[float, float, str]:
        """Of blocks that cover each other the one with the greatest lies on top: the lowest."""
        box = self.boxes[id]
        return box.y, box.x, id

    def block_at(self, point: Point) -> str | None:
        """The block at a place."""
        near = self._blocks.near(Box(point.x, point.y, 0, 0))
        found = (id for id in near if self.boxes[id].contains(point))
        return max(found, key=self.depth, default=None)

    def port_at(self, point: Point, reach: float) -> Way | None:
        """The way out whose port is nearest, if it is within reach."""
        near = self._blocks.near(Box(point.x, point.y, 0, 0).grown(reach))
        found = [
            (place.distance(point), (id, port.way.port))
            for id in near
            for port in self.shapes[id].ports
            if (place := self.boxes[id].corner.plus(WIDTH, port.y)).distance(point) <= reach
        ]
        return min(found)[1] if found else None

    def end_at(self, point: Point, reach: float) -> Way | None:
        """The connection that arrives within reach of a place."""
        return self._laid.end_at(point, reach)

    def connection_at(self, point: Point, reach: float, but: Collection[Way] = ()) -> Way | None:
        """The connection that runs within reach of a place, of all ``but`` these."""
        return self._laid.at(point, reach, but)

    def blocks_in(self, box: Box) -> set[str]:
        """Those that a box meets."""
        return {id for id in self._blocks.near(box) if self.boxes[id].meets(box)}

    def held_by(self, frames: Iterable[str]) -> set[str]:
        """The blocks that lie wholly in one of these frames."""
        boxes = [self.frames.boxes[id] for id in frames]
        return {id for box in boxes for id in self.blocks_in(box) if box.holds(self.boxes[id])}

    def links_in(self, box: Box) -> list[Way]:
        """The connections that may run through a box."""
        return self._laid.in_box(box)

    def way_out(self, way: Way) -> Point:
        """Where a connection leaves."""
        id, port = way
        return self.boxes[id].corner.plus(WIDTH, self.shapes[id].y_of(port))

    def way_in(self, id: str) -> Point:
        """Where connections arrive."""
        return self.boxes[id].corner.plus(0, MIDDLE_OF_HEAD)

    def reading_order(self) -> list[str]:
        """The blocks as the conversation goes, from the topmost start on."""
        first = sorted(self.boxes, key=self._by_start)
        order: dict[str, None] = {}
        for root in first:
            waiting = [root]
            while waiting:
                id = waiting.pop()
                if id not in order:
                    order[id] = None
                    waiting.extend(reversed(self.flow.connections.get(id, {}).values()))
        return list(order)

    def begins_at(self) -> Point | None:
        """The corner of the topmost start, else of the topmost block."""
        first = min(self.boxes, key=self._by_start, default=None)
        return first and self.boxes[first].corner

    def free_place(self, wish: Point, height: float) -> Point:
        """The place nearest below a wish where a block of that height covers no other."""
        x, y = wish
        while met := self.blocks_in(Box(x, y, WIDTH, height).grown(8)):
            y = max(self.boxes[id].bottom for id in met) + 24
        return Point(round(x / 4) * 4, round(y / 4) * 4)

    def _keep_room(self, awaited: Flow) -> None:
        heights = sorted(box.height for box in self.boxes.values())
        for id in awaited.blocks.keys() - self.boxes.keys():
            place = awaited.layout[id]
            self._coming[id] = box = Box(place.x, place.y, WIDTH, heights[len(heights) // 2])
            self._coming_near.put(id, cells_of_box(box))
        self._awaited = None

    def _by_start(self, id: str) -> tuple[bool, float, float]:
        return self.shapes[id].has_way_in, self.boxes[id].y, self.boxes[id].x

    def _place(self, before: Flow, flow: Flow, reshaped: set[str]) -> set[str]:
        """Put every block where it belongs; answers those that have moved or are new."""
        if before.layout is flow.layout and not reshaped:
            return set()
        moved, missing = set(), []
        stay = before.layout is flow.layout
        for id in flow.blocks:
            if stay and id not in reshaped:
                continue
            position = flow.layout.get(id)
            place = Point(position.x, position.y) if position else self._arranged.get(id)
            if place is None:
                missing.append(id)
                continue
            box = self.boxes.get(id)
            if box is None or box.corner != place or id in reshaped:
                if box is None or box.corner != place:
                    moved.add(id)
                self._put(id, place)
        if missing:
            heights = {id: self.shapes[id].height for id in missing}
            placed = {id: box for id, box in self.boxes.items() if id not in heights}
            new = arranged(flow, heights, placed, missing)
            self._arranged |= new
            for id, place in new.items():
                self._put(id, place)
            moved |= new.keys()
        return moved

    def _put(self, id: str, place: Point) -> None:
        before, box = self.boxes.get(id), Box(place.x, place.y, WIDTH, self.shapes[id].height)
        self.boxes[id] = box
        if before is not None:
            self._blocks.drop(id, cells_of_box(before))
            self._stirred.append(before)
        if (coming := self._coming.pop(id, None)) is not None:
            self._coming_near.drop(id, cells_of_box(coming))
        self._stirred.append(box)
        self._blocks.put(id, cells_of_box(box))

    def _connect(self, before: Flow, flow: Flow, touched: set[str], most: float) -> frozenset[Way]:
        """Lay the connections that are concerned by what is different."""
        if before.connections is flow.connections and not touched and not self._stirred:
            return frozenset()
        wanted = {
            (id, port): to
            for id, block in flow.blocks.items()
            if id in flow.connections and not block.kind.jumps
            for port, to in flow.connections[id].items()
            if to in flow.blocks
        }
        self._came += self._stirred
        if self._coming:
            return self._laid.show(wanted, touched, (), most)
        came, self._came = self._came, []
        return self._laid.show(wanted, touched, came, most)

    def _boxes_near(self, box: Box, at_most: int | None = None) -> list[Box]:
        found = _meeting(box, self._blocks, self.boxes)
        if self._coming:
            found = chain(found, _meeting(box, self._coming_near, self._coming))
        return list(islice(found, at_most))


def _meeting(box: Box, near: Grid[str], boxes: Mapping[str, Box]) -> Iterator[Box]:
    left, top, width, height = box
    right, bottom = left + width, top + height
    return (
        own
        for id in near.near(box)
        if (own := boxes[id]).x <= right
        and left <= own.x + own.width
        and own.y <= bottom
        and top <= own.y + own.height
    )
