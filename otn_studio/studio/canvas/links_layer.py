"""All connections: asked only for those that run where something is to be painted."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from otn_studio.studio.canvas.geometry import Box, Route
from otn_studio.studio.canvas.plan import Plan, Way
from otn_studio.studio.canvas.shape import role_of
from otn_studio.studio.canvas.shared import Detail, Shared

WIDTH = 1.75
RISEN_WIDTH = 2.5
CURVES_KEPT = 2_000


class _Curve(NamedTuple):
    """``role`` is the colour that it wears; long ones are drawn with the thinnest pen."""

    path: QPainterPath
    role: str
    is_long: bool


class LinksLayer:
    """Draws the plan's routes, but for ``hidden`` ones."""

    def __init__(self, plan: Plan, shared: Shared) -> None:
        self._plan = plan
        self._shared = shared
        self._curves: dict[Way, _Curve] = {}
        self.hidden: frozenset[Way] = frozenset()

    def forget(self, ways: Iterable[Way]) -> None:
        """These run elsewhere now, or are gone."""
        for way in ways:
            self._curves.pop(way, None)

    def paint(self, painter: QPainter, box: Box) -> None:
        ways = self._plan.links_in(box.grown(4))
        if self.hidden:
            ways = [way for way in ways if way not in self.hidden]
        self.draw(painter, ways)

    def draw(self, painter: QPainter, ways: Iterable[Way]) -> None:
        """Paint these; long ones, and all where they are small, with the thinnest pen."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ink = self._shared.ink
        thin = self._shared.detail is not Detail.FULL
        joined: dict[str, QPainterPath] = {}
        strong: dict[str, list[QPainterPath]] = {}
        for way in ways:
            path, role, is_long = self._curve(way)
            if not thin and not is_long:
                strong.setdefault(role, []).append(path)
            elif role in joined:
                joined[role].addPath(path)
            else:
                joined[role] = QPainterPath(path)
        for role, path in joined.items():
            painter.setPen(ink.hairline(role, painter))
            painter.drawPath(path)
        for role, paths in strong.items():
            painter.setPen(ink.pen(role, WIDTH))
            for path in paths:
                painter.drawPath(path)

    def draw_risen(self, painter: QPainter, ways: Iterable[Way]) -> None:
        """Paint these above everything, and stronger; long ones as two of the thinnest lines side by
        side, since a broad pen takes long over all that is not seen of them.
        """
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ink = self._shared.ink
        long: dict[str, QPainterPath] = defaultdict(QPainterPath)
        for way in ways:
            path, role, is_long = self._curve(way)
            strong = "accent" if role == "quiet" else role
            if is_long:
                long[strong].addPath(path)
            else:
                painter.setPen(ink.pen(strong, RISEN_WIDTH))
                painter.drawPath(path)
        aside = 1 / painter.worldTransform().m11()
        for role, path in long.items():
            painter.setPen(ink.hairline(role, painter))
            painter.drawPath(path)
            painter.drawPath(path.translated(aside / 2, aside))

    def draw_route(self, painter: QPainter, way: Way, route: Route) -> None:
        """Paint a connection where it would run."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        thin = self._shared.detail is not Detail.FULL
        ink, role = self._shared.ink, self.role(way)
        painter.setPen(ink.hairline(role, painter) if thin else ink.pen(role, RISEN_WIDTH))
        painter.drawPath(path_of(route))

    def role(self, way: Way) -> str:
        """The colour that a connection wears."""
        found = self._plan.shapes[way[0]].port(way[1])
        return "quiet" if found is None else role_of(found.way)

    def _curve(self, way: Way) -> _Curve:
        curve = self._curves.get(way)
        if curve is None:
            if len(self._curves) >= CURVES_KEPT:
                self._curves.clear()
            route = self._plan.routes[way]
            curve = self._curves[way] = _Curve(path_of(route), self.role(way), route.is_long)
        return curve


def path_of(route: Route) -> QPainterPath:
    path = QPainterPath(QPointF(*route.start))
    for _start, (x1, y1), (x2, y2), (x3, y3) in route.curves:
        path.cubicTo(x1, y1, x2, y2, x3, y3)
    return path
