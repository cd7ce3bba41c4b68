"""What answers to the mouse before anything is pressed: connections rise, a port opens up."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem

from otn_studio.studio.canvas.block_item import Shared
from otn_studio.studio.canvas.geometry import Box, around
from otn_studio.studio.canvas.links_item import LinksItem
from otn_studio.studio.canvas.plan import Plan, Way

PORT_RING = 9.0
_MARGIN = 16.0


class HoverItem(QGraphicsItem):
    """Paints above the blocks; covers only what it paints."""

    def __init__(self, plan: Plan, links: LinksItem, shared: Shared) -> None:
        super().__init__()
        self._plan = plan
        self._links = links
        self._shared = shared
        self._block: str | None = None
        self._way: Way | None = None
        self._port: Way | None = None
        self.chosen: Way | None = None
        self._room = QRectF()
        self.setZValue(3)

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

    def _cover(self) -> None:
        self.prepareGeometryChange()
        self._room = self._covered()
        self.update()

    def boundingRect(self) -> QRectF:
        return self._room

    def paint(self, painter: QPainter, option, widget=None) -> None:
        self._links.draw_risen(painter, self._ways())
        if self._port is not None:
            painter.setPen(self._shared.ink.pen("accent", 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(*self._plan.way_out(self._port)), PORT_RING, PORT_RING)

    def _ways(self) -> set[Way]:
        ways = set(self._plan.touching.get(self._block or "", ()))
        ways |= {way for way in (self._way, self.chosen) if way in self._plan.routes}
        return ways

    def _covered(self) -> QRectF:
        boxes = [self._plan.routes[way].box for way in self._ways()]
        if self._port is not None:
            place = self._plan.way_out(self._port)
            boxes.append(Box(place.x, place.y, 0, 0))
        covered = around(boxes)
        return QRectF(*covered.grown(_MARGIN)) if covered else QRectF()
