"""Blocks on their way to new places, so that one sees where each went."""

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation
from PySide6.QtGui import QPainter

from otn_studio.studio.canvas.geometry import Box, Point, Route
from otn_studio.studio.canvas.scene import Scene
from otn_studio.studio.canvas.shape import MIDDLE_OF_HEAD
from otn_studio.studio.canvas.view import View
from otn_studio.studio.theme import motion

MILLISECONDS = 180
BLOCKS_AT_MOST = 300
"""Of more in view one could not follow a single one, and frames would be slow."""


class Glide(QObject):
    """The document has its new places at once; only what is painted takes its time."""

    def __init__(self, view: View, scene: Scene) -> None:
        super().__init__(view)
        self._view = view
        self._scene = scene
        self._from: dict[str, Point] = {}
        self._seen: frozenset[str] = frozenset()
        self._share = 1.0
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(self._step)
        self._animation.finished.connect(self.stop)

    @property
    def is_on_its_way(self) -> bool:
        return self._animation.state() is QVariantAnimation.State.Running

    def show(self, change: Callable[[], None]) -> None:
        """Make the change, and show how what can be seen gets where it is then."""
        self.stop()
        plan = self._scene.plan
        before = {id: box.corner for id, box in plan.boxes.items()}
        seen = plan.blocks_in(self._view.visible())
        change()
        seen = (seen | plan.blocks_in(self._view.visible())) & before.keys()
        moved = {id for id in seen if plan.boxes[id].corner != before[id]}
        duration = motion.lasting(MILLISECONDS)
        if moved and len(seen) <= BLOCKS_AT_MOST and duration:
            self._from = {id: before[id] for id in moved}
            self._begin(frozenset(seen), duration)

    def stop(self) -> None:
        """Everything is where it belongs."""
        self._animation.stop()
        if self._seen:
            self._seen, self._from = frozenset(), {}
            self._view.thaw(self)

    def paint(self, painter: QPainter) -> None:
        plan, links = self._scene.plan, self._scene.links
        for way in {way for id in self._seen for way in plan.touching.get(id, ())}:
            start, end = plan.way_out(way), plan.leads_to[way]
            by, to = self._by(way[0]), self._by(end)
            route = Route(start.plus(*by), plan.boxes[end].corner.plus(to.x, MIDDLE_OF_HEAD + to.y))
            links.draw_route(painter, way, route)
        self._scene.blocks.paint_these(painter, self._seen, self._by)

    def _begin(self, seen: frozenset[str], duration: int) -> None:
        plan = self._scene.plan
        self._seen, self._share = seen, 0.0
        ways = {way for id in seen for way in plan.touching.get(id, ())}
        self._view.freeze(self, seen, ways)
        self._animation.setDuration(duration)
        self._animation.start()

    def _step(self, share: float) -> None:
        self._share = share
        self._view.viewport().update()

    def _by(self, id: str) -> Point:
        """How far a block still is from its place."""
        place: Box = self._scene.plan.boxes[id]
        before = self._from.get(id, place.corner)
        left = 1 - self._share
        return Point((before.x - place.x) * left, (before.y - place.y) * left)
