"""The window onto the canvas: how a frame is painted quickly.

The last frame is kept. While one scrolls, it is moved and its edges are painted; while something is
dragged, only that is painted over it; while one zooms, it is scaled until the zoom rests. From far away
everything is rectangles and lines.
"""

from collections.abc import Collection
from typing import Protocol

from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QPainter, QPixmap, QTransform

from otn_studio.studio.canvas.block_painting import MARGIN
from otn_studio.studio.canvas.dots import Dots
from otn_studio.studio.canvas.geometry import Box, Point, around
from otn_studio.studio.canvas.last_picture import LastPicture
from otn_studio.studio.canvas.navigation import Navigation
from otn_studio.studio.canvas.plan import Plan, Way
from otn_studio.studio.canvas.scene import EMPTY, Scene
from otn_studio.studio.canvas.shared import Detail

OVERVIEW_BELOW = 0.22
SIGN_BELOW = 0.6
REST_MILLISECONDS = 90
MOST_BOXES = 8
"""More parts that look different are painted as the one that holds them: it is quicker. From afar
each of them would take as long as all.
"""
_MARKS = 6.0
"""From afar, what is marked is marked so many pixels around it."""
_SMOOTHLY = (
    QPainter.RenderHint.Antialiasing
    | QPainter.RenderHint.TextAntialiasing
    | QPainter.RenderHint.SmoothPixmapTransform
)


class Layer(Protocol):
    """Something to paint above everything, in points of the canvas, such as a gesture."""

    def paint(self, painter: QPainter) -> None: ...


class View(Navigation):
    """`freeze` it for a gesture that paints itself, and `thaw` it afterwards."""

    def __init__(self, scene: Scene) -> None:
        super().__init__()
        self._scene = scene
        self._dots = Dots()
        self._last = LastPicture(self._paint_place)
        self._ghost: tuple[QPixmap, QTransform] | None = None
        self._layer: Layer | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST_MILLISECONDS)
        self._rest.timeout.connect(self.settle)
        self._next_frame = QTimer(self, singleShot=True, interval=0)
        self._next_frame.timeout.connect(self._paint_owed)
        scene.changed.connect(self._forget)

    @property
    def plan(self) -> Plan:
        return self._scene.plan

    @property
    def plan_so_far(self) -> Plan:
        """Where everything is that can be seen, while a large flow still comes."""
        return self._scene.plan_so_far

    @property
    def selected(self) -> frozenset[str]:
        return self._scene.selected

    @property
    def selected_frames(self) -> frozenset[str]:
        return self._scene.frames.selected

    def flow_bounds(self) -> Box:
        return self._scene.plan.bounds() or EMPTY

    def about_to_zoom(self) -> None:
        if self._ghost is None and self._layer is None and self.zoom >= OVERVIEW_BELOW:
            self._ghost = self._picture(), self.transform()

    def zoomed(self) -> None:
        self._forget(None)
        self._rest.start()

    def scrolled(self, x: float, y: float) -> None:
        if self._ghost is None:
            self._last.scroll(x, y)
        self.viewport().update()

    def freeze(
        self,
        layer: Layer,
        blocks: Collection[str] = (),
        links: Collection[Way] = (),
        frames: Collection[str] = (),
    ) -> None:
        """Until `thaw`, ``layer`` is painted over everything but these."""
        if self._ghost is not None:
            self.settle()
        self._scene.hide(blocks, links, frames)
        self._layer = layer
        self.viewport().update()

    def thaw(self, layer: Layer | None = None) -> None:
        """Paint everything again; with a ``layer``, only if it is that which is painted over it."""
        if self._layer is not None and layer in (None, self._layer):
            self._layer = None
            self._scene.hide((), ())
            self.viewport().update()

    def refresh(self, *boxes: Box | None) -> None:
        """The layer looks different in these parts of the canvas."""
        for box in boxes:
            if box is not None:
                place = self._place(box).toAlignedRect().adjusted(-3, -3, 3, 3)
                self.viewport().update(place & self.viewport().rect())

    def settle(self) -> None:
        """Paint crisply what was only scaled while zooming."""
        self._rest.stop()
        self._ghost = None
        self._scene.shared.detail = detail_at(self.zoom)
        self._forget(None)

    def paintEvent(self, event) -> None:
        blocks = self._scene.blocks
        blocks.begin_frame()
        painter = QPainter(self.viewport())
        painter.setRenderHints(_SMOOTHLY)
        if self._ghost is not None:
            self._paint_ghost(painter, *self._ghost)
        else:
            painter.drawPixmap(0, 0, self._picture())
        if self._layer is not None:
            painter.setWorldTransform(self.transform())
            self._layer.paint(painter)
        painter.end()
        if not blocks.end_frame():
            self._next_frame.start()

    def _paint_owed(self) -> None:
        """Blocks for which there was no time in the last frame."""
        boxes = self.plan_so_far.boxes
        self._forget([boxes[id].grown(MARGIN) for id in self._scene.blocks.owed & boxes.keys()])
        if self._layer is not None:
            self.viewport().update()

    def _picture(self) -> QPixmap:
        return self._last.picture(self.viewport().size(), self.devicePixelRatioF())

    def _forget(self, boxes: Collection[Box] | None) -> None:
        """These parts of the canvas look different now, or all of it."""
        if boxes is None:
            self._last.forget()
            self.viewport().update()
            return
        seen = self.visible().grown(_MARKS / self.zoom)
        boxes = [box for box in boxes if box.meets(seen)]
        if len(boxes) > (MOST_BOXES if self.zoom >= OVERVIEW_BELOW else 1):
            boxes = [around(boxes)]
        for box in boxes:
            place = self._place(box).adjusted(-_MARKS, -_MARKS, _MARKS, _MARKS)
            self._last.forget(place)
            self.viewport().update(place.toAlignedRect() & self.viewport().rect())

    def _place(self, box: Box) -> QRectF:
        """Where a part of the canvas is in the window."""
        return QRectF(self.to_window(box.corner), self.to_window(Point(box.right, box.bottom)))

    def _box(self, place: QRectF) -> Box:
        """What of the canvas is at a place of the window."""
        return Box.between(self.to_canvas(place.topLeft()), self.to_canvas(place.bottomRight()))

    def _paint_place(self, painter: QPainter, place: QRectF) -> None:
        """Paint what is at a place of the window."""
        if self.zoom < OVERVIEW_BELOW:
            self._paint_overview(painter, place)
            return
        painter.setRenderHints(_SMOOTHLY)
        self._dots.paint(painter, place, self._origin, self.zoom, self._scene.shared.ink)
        painter.setWorldTransform(self.transform())
        self._scene.paint(painter, self._box(place))

    def _paint_overview(self, painter: QPainter, place: QRectF) -> None:
        painter.fillRect(place, self._scene.shared.ink.color("canvas"))
        painter.setWorldTransform(self.transform())
        self._scene.paint_overview(painter, self._box(place))

    def _paint_ghost(self, painter: QPainter, picture: QPixmap, taken: QTransform) -> None:
        inverse, _possible = taken.inverted()
        moved = inverse * self.transform()
        whole = QRectF(self.viewport().rect())
        if not moved.mapRect(whole).contains(whole):
            painter.save()
            self._paint_overview(painter, whole)
            painter.restore()
        painter.setWorldTransform(moved)
        painter.drawPixmap(0, 0, picture)


def detail_at(zoom: float) -> Detail:
    if zoom < OVERVIEW_BELOW:
        return Detail.OVERVIEW
    return Detail.SIGN if zoom < SIGN_BELOW else Detail.FULL
