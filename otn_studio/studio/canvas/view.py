"""The window onto the canvas: where it looks, how near, and how a frame is painted quickly.

Four ways to a frame, measured against each other: far away one painter paints everything as
rectangles and lines; while something is dragged, only that is painted over a picture of the rest; while
zooming, the last frame is scaled until the zoom rests; else the items that need it paint themselves.
"""

from collections.abc import Collection
from typing import NamedTuple, Protocol

from PySide6.QtCore import QPointF, QRect, QRectF, QTimer
from PySide6.QtGui import QPainter, QPixmap, QPixmapCache, QRegion, QTransform
from PySide6.QtWidgets import QGraphicsView

from otn_studio.studio.canvas.block_item import Detail
from otn_studio.studio.canvas.dots import Dots
from otn_studio.studio.canvas.geometry import Box, Point
from otn_studio.studio.canvas.navigation import Navigation
from otn_studio.studio.canvas.plan import Plan, Way
from otn_studio.studio.canvas.scene import EMPTY, Scene

OVERVIEW_BELOW = 0.22
SIGN_BELOW = 0.6
PICTURES_ABOVE = 0.3
PICTURES_KILOBYTES = 16 * 1024
"""Room for the pictures of all blocks that a large screen shows at once."""
REST_MILLISECONDS = 90


class Layer(Protocol):
    """Something to paint above everything, in points of the canvas, such as a gesture."""

    def paint(self, painter: QPainter) -> None: ...


class View(Navigation):
    """`freeze` it for a gesture that paints itself, and `thaw` it afterwards."""

    _ghost: tuple[QPixmap, QTransform] | None = None
    _frozen: "_Frozen | None" = None

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        self._scene = scene
        self._dots = Dots()
        self._rest = QTimer(self, singleShot=True, interval=REST_MILLISECONDS)
        self._rest.timeout.connect(self.settle)
        self._set_up()

    def _set_up(self) -> None:
        self.setRenderHints(
            QPainter.RenderHint.Antialiasing
            | QPainter.RenderHint.TextAntialiasing
            | QPainter.RenderHint.SmoothPixmapTransform
        )
        self.setOptimizationFlags(
            QGraphicsView.OptimizationFlag.DontSavePainterState
            | QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing
        )
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        QPixmapCache.setCacheLimit(max(QPixmapCache.cacheLimit(), PICTURES_KILOBYTES))
        self._scene.keep_pictures(True)

    @property
    def plan(self) -> Plan:
        return self._scene.plan

    @property
    def selected(self) -> frozenset[str]:
        return self._scene.selected

    def flow_bounds(self) -> Box:
        return self._scene.plan.bounds() or EMPTY

    def zoomed(self) -> None:
        self._rest.start()

    def freeze(
        self, layer: Layer, blocks: Collection[str] = (), links: Collection[Way] = ()
    ) -> None:
        """Until `thaw`, only ``layer`` is painted anew, over a picture without these."""
        self.settle()
        self._scene.hide(blocks, links)
        self._frozen = _Frozen(self._picture(), layer)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.NoViewportUpdate)
        self.viewport().update()

    def thaw(self) -> None:
        if self._frozen is not None:
            self._frozen = None
            self._scene.hide((), ())
            self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
            self.viewport().update()

    def refresh(self, *boxes: Box | None) -> None:
        """Paint these parts of the canvas anew."""
        dirty = QRect()
        for box in boxes:
            if box is not None:
                dirty = dirty.united(self._window_rect(box))
        self.viewport().update(dirty & self.viewport().rect())

    def settle(self) -> None:
        """Paint crisply what was only scaled while zooming."""
        self._rest.stop()
        self._ghost = None
        detail = detail_at(self.zoom)
        if detail is not self._scene.shared.detail:
            self._scene.shared.detail = detail
            self._scene.update_all()
        self._scene.keep_pictures(self.zoom >= PICTURES_ABOVE)
        self.viewport().update()

    def paintEvent(self, event) -> None:
        if self._ghost is not None:
            self._paint_ghost(event.region(), *self._ghost)
        elif self._frozen is not None:
            self._paint_frozen(event.region(), self._frozen)
        elif self.zoom < OVERVIEW_BELOW:
            self._paint_far(event.region())
        else:
            super().paintEvent(event)

    def drawBackground(self, painter: QPainter, rect) -> None:
        place = painter.worldTransform().mapRect(rect).toAlignedRect().adjusted(-1, -1, 1, 1)
        painter.save()
        painter.resetTransform()
        self._dots.paint(painter, place, self._origin_point(), self.zoom, self._scene.shared.ink)
        painter.restore()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if self._frozen is not None:
            layer, self._frozen = self._frozen.layer, None
            self._frozen = _Frozen(self._picture(), layer)
            self.viewport().update()
        self.moved.emit()

    def _origin_point(self) -> QPointF:
        return QPointF(*self._origin())

    def _window_rect(self, box: Box) -> QRect:
        start, end = self.to_window(box.corner), self.to_window(Point(box.right, box.bottom))
        return QRectF(start, end).toAlignedRect().adjusted(-3, -3, 3, 3)

    def _picture(self) -> QPixmap:
        """The frame as it is now."""
        return self.viewport().grab()

    def about_to_zoom(self) -> None:
        if self._ghost is None and self._frozen is None and self.zoom >= OVERVIEW_BELOW:
            self._ghost = self._picture(), self.viewportTransform()

    def _painter(self, clip: QRegion) -> QPainter:
        painter = QPainter(self.viewport())
        painter.setClipRegion(clip)
        painter.setRenderHints(self.renderHints())
        return painter

    def _paint_far(self, clip: QRegion) -> None:
        """By way of a picture: what floats above cuts the window into pieces, and thousands of lines
        take twice as long where each is cut, too."""
        ratio, room = self.devicePixelRatioF(), self.viewport().rect()
        picture = QPixmap(room.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        painter.setClipRect(room)
        self._paint_overview(painter)
        painter.end()
        painter = self._painter(clip)
        painter.drawPixmap(0, 0, picture)
        painter.end()

    def _paint_overview(self, painter: QPainter) -> None:
        painter.fillRect(self.viewport().rect(), self._scene.shared.ink.color("canvas"))
        painter.setWorldTransform(self.viewportTransform())
        self._scene.paint_overview(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint_ghost(self, clip: QRegion, picture: QPixmap, taken: QTransform) -> None:
        painter = self._painter(clip)
        if self.zoom < taken.m11():
            self._paint_overview(painter)
        inverse, _possible = taken.inverted()
        painter.setWorldTransform(inverse * self.viewportTransform())
        painter.drawPixmap(0, 0, picture)
        painter.end()

    def _paint_frozen(self, clip: QRegion, frozen: "_Frozen") -> None:
        painter = self._painter(clip)
        painter.drawPixmap(0, 0, frozen.picture)
        painter.setWorldTransform(self.viewportTransform())
        frozen.layer.paint(painter)
        painter.end()


class _Frozen(NamedTuple):
    picture: QPixmap
    layer: Layer


def detail_at(zoom: float) -> Detail:
    if zoom < OVERVIEW_BELOW:
        return Detail.OVERVIEW
    return Detail.SIGN if zoom < SIGN_BELOW else Detail.FULL
