"""All connections in one item: asked only for those that run where something is to be painted."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem

from otn_studio.studio.canvas.block_item import Detail, Shared
from otn_studio.studio.canvas.geometry import Box, Route
from otn_studio.studio.canvas.plan import Plan, Way
from otn_studio.studio.canvas.shape import role_of

WIDTH = 1.75
RISEN_WIDTH = 2.5


class LinksItem(QGraphicsItem):
    """Draws the plan's routes, but for ``hidden`` ones."""

    def __init__(self, plan: Plan, shared: Shared) -> None:
        super().__init__()
        self._plan = plan
        self._shared = shared
        self._paths: dict[Way, QPainterPath] = {}
        self._room = QRectF()
        self.hidden: frozenset[Way] = frozenset()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setZValue(0)

    def forget(self, ways: Iterable[Way]) -> None:
        """These run elsewhere now, or are gone."""
        for way in ways:
            self._paths.pop(way, None)
        self.update()

    def reach_over(self, room: QRectF) -> None:
        if room != self._room:
            self.prepareGeometryChange()
            self._room = room

    def boundingRect(self) -> QRectF:
        return self._room

    def paint(self, painter: QPainter, option, widget=None) -> None:
        exposed = option.exposedRect
        box = Box(exposed.x(), exposed.y(), exposed.width(), exposed.height()).grown(4)
        ways = self._plan.links_in(box)
        if self.hidden:
            ways = [way for way in ways if way not in self.hidden]
        self.draw(painter, ways)

    def draw(self, painter: QPainter, ways: Iterable[Way]) -> None:
        """Paint these; long ones, and all where they are small, with the thinnest pen."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ink = self._shared.ink
        thin = self._shared.detail is not Detail.FULL
        routes = self._plan.routes
        by_pen: dict[tuple[str, bool], list[Way]] = {}
        for way in ways:
            key = self.role(way), thin or routes[way].is_long
            by_pen.setdefault(key, []).append(way)
        for (role, is_thin), group in by_pen.items():
            if is_thin:
                painter.setPen(ink.hairline(role))
                painter.drawPath(self._joined(group))
                continue
            painter.setPen(ink.pen(role, WIDTH))
            for way in group:
                painter.drawPath(self._path(way))

    def draw_risen(self, painter: QPainter, ways: Iterable[Way]) -> None:
        """Paint these above everything, and stronger."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for way in ways:
            role = self.role(way)
            strong = "accent" if role == "quiet" else role
            painter.setPen(self._shared.ink.pen(strong, RISEN_WIDTH))
            painter.drawPath(self._path(way))

    def draw_route(self, painter: QPainter, way: Way, route: Route) -> None:
        """Paint a connection where it would run."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        thin = self._shared.detail is not Detail.FULL
        ink, role = self._shared.ink, self.role(way)
        painter.setPen(ink.hairline(role) if thin else ink.pen(role, RISEN_WIDTH))
        painter.drawPath(path_of(route))

    def role(self, way: Way) -> str:
        """The colour that a connection wears."""
        found = self._plan.shapes[way[0]].port(way[1])
        return "quiet" if found is None else role_of(found.way)

    def _joined(self, ways: Iterable[Way]) -> QPainterPath:
        """Many in one path: the thin pen draws them in half the time."""
        joined = QPainterPath()
        for way in ways:
            joined.addPath(self._path(way))
        return joined

    def _path(self, way: Way) -> QPainterPath:
        path = self._paths.get(way)
        if path is None:
            path = self._paths[way] = path_of(self._plan.routes[way])
        return path


def path_of(route: Route) -> QPainterPath:
    (x1, y1), (x2, y2), reach = route.start, route.end, route.reach
    path = QPainterPath(QPointF(x1, y1))
    path.cubicTo(x1 + reach, y1, x2 - reach, y2, x2, y2)
    return path
