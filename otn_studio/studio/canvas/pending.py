"""A connection that nothing follows yet."""

from PySide6.QtGui import QPainter

from otn_studio.studio.canvas.geometry import Point, Route
from otn_studio.studio.canvas.plan import Way
from otn_studio.studio.canvas.scene import Scene


class Pending:
    """The connection that waits for what is to follow."""

    def __init__(self, scene: Scene, way: Way, point: Point) -> None:
        self._scene, self._way = scene, way
        self._route = Route(scene.plan.way_out(way), point)

    def paint(self, painter: QPainter) -> None:
        if self._way[0] in self._scene.plan.shapes:  # else the block is gone meanwhile
            self._scene.links.draw_route(painter, self._way, self._route)
