"""Drawing a connection, from a way out to a block, or into the open to choose what follows."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from otn_studio.studio.canvas.block_painting import paint_port, paint_ring
from otn_studio.studio.canvas.geometry import Box, Point, Route, around
from otn_studio.studio.canvas.gestures.gesture import Gesture, Spot, Tools
from otn_studio.studio.canvas.plan import Way


class Connect(Gesture):
    """A way out that leads somewhere already leads elsewhere afterwards; Esc leaves it as it was."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, tools: Tools, way: Way) -> None:
        self._tools = tools
        self._way = way
        self._start = tools.plan.way_out(way)
        self._end = self._start
        self._target: str | None = None

    def start(self) -> None:
        hidden = (self._way,) if self._way in self._tools.plan.routes else ()
        self._tools.view.freeze(self, (), hidden)

    def move(self, spot: Spot) -> None:
        before = self._covered()
        self._target = self._target_at(spot.point)
        self._end = self._tools.plan.way_in(self._target) if self._target else spot.point
        self._tools.view.refresh(before, self._covered())

    def end(self, spot: Spot) -> None:
        self.move(spot)
        self._tools.view.thaw()
        if self._target is not None:
            self._tools.editing.connect(self._way, self._target)
        elif self._tools.plan.block_at(spot.point) is None:
            self.into_the_open(spot.point)

    def into_the_open(self, point: Point) -> None:
        """It was dropped where nothing is."""
        self._tools.suggest(point, self._way)

    def cancel(self) -> None:
        self._tools.view.thaw()

    def paint(self, painter: QPainter) -> None:
        plan, scene = self._tools.plan, self._tools.scene
        scene.links.draw_route(painter, self._way, Route(self._start, self._end))
        ink = scene.shared.ink
        if self._target is not None:
            box = plan.boxes[self._target]
            painter.translate(box.x, box.y)
            paint_ring(painter, box.height, ink)
            painter.translate(-box.x, -box.y)
        role = scene.links.role(self._way)
        paint_port(painter, QPointF(*self._start), role, True, ink)
        paint_port(painter, QPointF(*self._end), role, True, ink)

    def _target_at(self, point: Point) -> str | None:
        found = self._tools.plan.block_at(point)
        if found is None or not self._tools.plan.shapes[found].has_way_in:
            return None
        return found

    def _covered(self) -> Box | None:
        boxes = [Route(self._start, self._end).box]
        if self._target is not None:
            boxes.append(self._tools.plan.boxes[self._target])
        covered = around(boxes)
        return covered and covered.grown(16)


class Reconnect(Connect):
    """Pulling the end of a connection away: to another block, or into the open to cut it."""

    def into_the_open(self, point: Point) -> None:
        self._tools.editing.cut(self._way)
