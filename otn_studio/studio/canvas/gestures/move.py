"""Moving blocks: the document learns of it at the end, as one step."""

from collections.abc import Collection, Iterator

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from otn_studio.studio.canvas.editing import GRID
from otn_studio.studio.canvas.geometry import Box, Point, Route, around
from otn_studio.studio.canvas.gestures.gesture import Gesture, Spot, Tools
from otn_studio.studio.canvas.plan import Way
from otn_studio.studio.canvas.shared import Detail

_NOT_MOVED = Point(0, 0)


class Move(Gesture):
    """Paints the blocks and their connections where they would be; nothing else knows of it yet."""

    cursor = Qt.CursorShape.SizeAllCursor

    def __init__(self, tools: Tools, spot: Spot, blocks: Collection[str]) -> None:
        self._tools = tools
        self._from = spot.point
        self._by = _NOT_MOVED
        self._blocks = frozenset(blocks)
        plan = tools.plan
        self._links = frozenset(way for id in self._blocks for way in plan.touching.get(id, ()))
        self._inner = frozenset(way for way in self._links if self._moves_whole(way))
        inner = (plan.routes[way].box for way in self._inner)
        self._bounds = around([*(plan.boxes[id] for id in self._blocks), *inner])

    def start(self) -> None:
        self._tools.view.freeze(self, self._blocks, self._links)

    def move(self, spot: Spot) -> None:
        before = self._covered()
        x, y = spot.point.x - self._from.x, spot.point.y - self._from.y
        self._by = Point(round(x / GRID) * GRID, round(y / GRID) * GRID)
        self._tools.view.refresh(before, self._covered())

    def end(self, spot: Spot) -> None:
        self.move(spot)
        self._tools.view.thaw()
        if self._by != _NOT_MOVED:
            boxes = self._tools.plan.boxes
            self._tools.editing.move({id: boxes[id].corner.plus(*self._by) for id in self._blocks})

    def cancel(self) -> None:
        self._tools.view.thaw()

    def paint(self, painter: QPainter) -> None:
        links = self._tools.scene.links
        for way, route in self._stretched():
            links.draw_route(painter, way, route)
        painter.translate(*self._by)
        if self._tools.scene.shared.detail is Detail.OVERVIEW:
            self._paint_small(painter)
        else:
            self._paint_blocks(painter)
        painter.translate(-self._by.x, -self._by.y)

    def _paint_blocks(self, painter: QPainter) -> None:
        """Only those that can be seen, of however many move."""
        scene, plan = self._tools.scene, self._tools.plan
        seen = self._tools.view.visible()
        place = Box(seen.x - self._by.x, seen.y - self._by.y, seen.width, seen.height)
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

    def _stretched(self) -> Iterator[tuple[Way, Route]]:
        """The connections of which one end moves, as they would run."""
        for way in self._links - self._inner:
            start, end = self._tools.plan.routes[way]
            if way[0] in self._blocks:
                yield way, Route(start.plus(*self._by), end)
            else:
                yield way, Route(start, end.plus(*self._by))

    def _moves_whole(self, way: Way) -> bool:
        return way[0] in self._blocks and self._tools.plan.leads_to[way] in self._blocks

    def _covered(self) -> Box | None:
        """All that is painted, with rings and shadows."""
        boxes = [route.box for _way, route in self._stretched()]
        if self._bounds is not None:
            x, y = self._bounds.corner.plus(*self._by)
            boxes.append(Box(x, y, self._bounds.width, self._bounds.height))
        covered = around(boxes)
        return covered and covered.grown(16)
