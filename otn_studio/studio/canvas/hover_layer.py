"""What answers to the mouse before anything is pressed: connections rise, a port opens up."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from otn_studio.studio.canvas.geometry import Box
from otn_studio.studio.canvas.links_layer import LinksLayer
from otn_studio.studio.canvas.plan import Plan, Way
from otn_studio.studio.canvas.shared import Shared

PORT_RING = 9.0
_MARGIN = 16.0


class HoverLayer:
    """Paints above the blocks. ``changed`` is told what of the canvas looks different."""

    def __init__(
        self, plan: Plan, links: LinksLayer, shared: Shared, changed: Callable[[list[Box]], object]
    ) -> None:
        self._plan = plan
        self._links = links
        self._shared = shared
        self._changed = changed
        self._block: str | None = None
        self._way: Way | None = None
        self._port: Way | None = None
        self._covered: list[Box] = []
        self.chosen: Way | None = None

    def show_hovered(self, block: str | None, way: Way | None, port: Way | None) -> None:
        """The block, the connection and the port under the mouse, where there are any."""
        if (block, way, port) != (self._block, self._way, self._port):
            self._block, self._way, self._port = block, way, port
            self._cover()

    def choose(self, way: Way | None) -> None:
        """The connection that was clicked on, to do something with it."""
        if way != self.chosen:
            self.chosen = way
            self._cover()

    def forget(self) -> None:
        """The plan has changed; what is under the mouse is known when it moves next."""
        self._block = self._way = self._port = None
        self.chosen = self.chosen if self.chosen in self._plan.routes else None
        self._cover()

    def paint(self, painter: QPainter) -> None:
        self._links.draw_risen(painter, self._ways())
        if self._port is not None:
            painter.setPen(self._shared.ink.pen("accent", 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(*self._plan.way_out(self._port)), PORT_RING, PORT_RING)

    def _ways(self) -> set[Way]:
        ways = set(self._plan.touching.get(self._block or "", ()))
        ways |= {way for way in (self._way, self.chosen) if way in self._plan.routes}
        return ways

    def _cover(self) -> None:
        before = self._covered
        places = [self._plan.routes[way].box for way in self._ways()]
        if self._port is not None:
            place = self._plan.way_out(self._port)
            places.append(Box(place.x, place.y, 0, 0))
        self._covered = [box.grown(_MARGIN) for box in places]
        if before or self._covered:
            self._changed(before + self._covered)
