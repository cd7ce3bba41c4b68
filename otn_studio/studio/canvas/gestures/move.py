"""Moving blocks and frames: the document learns of it at the end, as one step."""

from collections.abc import Collection, Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from otn_studio.studio.canvas.geometry import Box, Point, Route, around
from otn_studio.studio.canvas.gestures.gesture import Gesture, Spot, Tools
from otn_studio.studio.canvas.guides import Level, Neighbours, Snap, to_grid
from otn_studio.studio.canvas.plan import Way
from otn_studio.studio.canvas.shared import Detail

REACH = 6.0
"""Pixels of the window within which something comes to stand in line."""
INTO = 14.0
_NOT_MOVED = Point(0, 0)


class Move(Gesture):
    """Paints what moves, with its connections, where it would be; nothing else knows of it yet.

    It comes to stand in line with what can be seen, and a single block can be dropped on a connection
    to be put into it; neither happens while Alt is held.
    """

    cursor = Qt.CursorShape.SizeAllCursor

    def __init__(
        self, tools: Tools, spot: Spot, blocks: Collection[str], frames: Collection[str] = ()
    ) -> None:
        self._tools = tools
        self._from = spot.point
        self._snap = Snap(_NOT_MOVED)
        self._into: Way | None = None
        self._seen: Box | None = None
        self._others = Neighbours(())
        self._blocks, self._frames = frozenset(blocks), frozenset(frames)
        plan = tools.plan
        self._links = frozenset(way for id in self._blocks for way in plan.touching.get(id, ()))
        self._inner = frozenset(way for way in self._links if self._moves_whole(way))
        self._body = around(
            [
                *(plan.boxes[id] for id in self._blocks),
                *(plan.frames.boxes[id] for id in self._frames),
            ]
        ) or Box(*spot.point, 0, 0)
        inner = (plan.routes[way].box for way in self._inner)
        self._bounds = around([self._body, *inner]) or self._body
        only = next(iter(self._blocks)) if len(self._blocks) == 1 and not self._frames else ""
        self._may_go_into = bool(only) and tools.editing.goes_on(only)
        self._pulled = self._stretched()
        self._covered = self._covering()

    @property
    def _by(self) -> Point:
        return self._snap.by

    def start(self) -> None:
        self._tools.view.freeze(self, self._blocks, self._links, self._frames)

    def move(self, spot: Spot) -> None:
        before = self._covered
        raw = Point(spot.point.x - self._from.x, spot.point.y - self._from.y)
        self._into = None if spot.free else self._connection_at(spot.point)
        self._snap = to_grid(raw) if spot.free else self._in_line(raw)
        self._pulled = self._stretched()
        self._covered = self._covering()
        self._tools.view.refresh(before, self._covered)

    def end(self, spot: Spot) -> None:
        self.move(spot)
        self._tools.view.thaw()
        editing = self._tools.editing
        if self._into is not None:
            (id,) = self._blocks
            editing.put_into(self._into, id, self._tools.plan.boxes[id].corner.plus(*self._by))
        elif self._by != _NOT_MOVED:
            editing.move(self._blocks, self._frames, self._by)

    def cancel(self) -> None:
        self._tools.view.thaw()

    def paint(self, painter: QPainter) -> None:
        links = self._tools.scene.links
        painter.translate(*self._by)
        self._tools.scene.frames.paint_these(painter, self._frames)
        painter.translate(-self._by.x, -self._by.y)
        for way, route in self._pulled:
            links.draw_route(painter, way, route)
        if self._into is not None:
            links.draw_risen(painter, [self._into])
        painter.setPen(self._tools.scene.shared.ink.hairline("accent", painter))
        for start, end in self._snap.lines:
            painter.drawLine(QPointF(*start), QPointF(*end))
        painter.translate(*self._by)
        if self._tools.scene.shared.detail is Detail.OVERVIEW:
            self._paint_small(painter)
        else:
            self._paint_blocks(painter)
        painter.translate(-self._by.x, -self._by.y)

    def _in_line(self, raw: Point) -> Snap:
        view = self._tools.view
        if self._tools.scene.shared.detail is Detail.OVERVIEW:
            return to_grid(raw)
        if view.visible() != self._seen:
            self._seen = view.visible()
            self._others = Neighbours(self._seen_beside())
        return self._others.snapped(self._body, raw, list(self._levels()), REACH / view.zoom)

    def _seen_beside(self) -> list[Box]:
        plan, seen = self._tools.plan, self._tools.view.visible()
        frames = plan.frames.boxes
        return [
            *(plan.boxes[id] for id in plan.blocks_in(seen) - self._blocks),
            *(frames[id] for id in frames if id not in self._frames and frames[id].meets(seen)),
        ]

    def _levels(self) -> Iterator[Level]:
        """How far down the connections that are pulled along would run straight."""
        for way in self._links - self._inner:
            start, end, _lane = self._tools.plan.routes[way]
            moves_start = way[0] in self._blocks
            down = end.y - start.y if moves_start else start.y - end.y
            yield Level(down, start.x, end.x, end.y if moves_start else start.y)

    def _connection_at(self, point: Point) -> Way | None:
        """The connection that the only block that moves would be put into."""
        if not self._may_go_into:
            return None
        plan, zoom = self._tools.plan, self._tools.view.zoom
        (id,) = self._blocks
        way = plan.connection_at(point, INTO / zoom, self._links)
        fits = way is not None and self._tools.editing.can_put_into(way, id)
        return way if fits else None

    def _paint_blocks(self, painter: QPainter) -> None:
        """Only those that can be seen, of however many move."""
        scene, plan = self._tools.scene, self._tools.plan
        place = self._tools.view.visible().moved(-self._by.x, -self._by.y)
        scene.links.draw(painter, self._inner.intersection(plan.links_in(place)))
        scene.blocks.paint_these(painter, self._blocks & plan.blocks_in(place.grown(16)))

    def _paint_small(self, painter: QPainter) -> None:
        plan, ink = self._tools.plan, self._tools.scene.shared.ink
        rects: dict[str, list[QRectF]] = {}
        for id in self._blocks:
            group = plan.shapes[id].group.value
            rects.setdefault(group, []).append(QRectF(*plan.boxes[id]))
        painter.setPen(Qt.PenStyle.NoPen)
        for group, boxes in rects.items():
            painter.setBrush(ink.color(group))
            painter.drawRects(boxes)

    def _stretched(self) -> list[tuple[Way, Route]]:
        """The connections of which one end moves, as they would run."""
        routes, (x, y) = self._tools.plan.routes, self._by
        return [
            (way, Route(start.plus(x, y), end))
            if way[0] in self._blocks
            else (way, Route(start, end.plus(x, y)))
            for way in self._links - self._inner
            for start, end, _lane in [routes[way]]
        ]

    def _moves_whole(self, way: Way) -> bool:
        return way[0] in self._blocks and self._tools.plan.leads_to[way] in self._blocks

    def _covering(self) -> Box | None:
        """All that is painted, with rings and shadows."""
        boxes = [route.box for _way, route in self._pulled]
        boxes += [Box.between(*line) for line in self._snap.lines]
        if self._into is not None:
            boxes.append(self._tools.plan.routes[self._into].box)
        boxes.append(self._bounds.moved(*self._by))
        reach = self._tools.scene.frames.reach
        titled = (reach(id, self._tools.plan.frames.boxes[id]) for id in self._frames)
        boxes += [box.moved(*self._by) for box in titled]
        covered = around(boxes)
        return covered and covered.grown(16)
