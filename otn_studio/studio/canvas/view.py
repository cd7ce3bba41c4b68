"""The window onto the canvas: where it looks, how near, and how a frame is painted quickly.

Four ways to a frame, measured against each other: far away one painter paints everything as
rectangles and lines; while something is dragged, only that is painted over a picture of the rest; while
zooming, the last frame is scaled until the zoom rests; else the items that need it paint themselves.
"""

from collections.abc import Collection
from typing import NamedTuple, Protocol

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QPainter, QPixmap, QRegion, QTransform
from PySide6.QtWidgets import QFrame, QGraphicsView

from otn_studio.studio.canvas.block_item import Detail
from otn_studio.studio.canvas.dots import Dots
from otn_studio.studio.canvas.geometry import Box, Point
from otn_studio.studio.canvas.plan import Way
from otn_studio.studio.canvas.scene import EMPTY, Scene

OVERVIEW_BELOW = 0.22
SIGN_BELOW = 0.6
PICTURES_ABOVE = 0.3
LEAST_ZOOM, MOST_ZOOM = 0.02, 2.5
STEP = 1.2
REST_MILLISECONDS = 90
FIT_MARGIN = 48
LEFT_MARGIN = 88
"""The palette stands at the left."""
WHEEL_STEP = 120.0
WHEEL_SCROLLS = 96.0
_FARTHEST = 2e8


class Layer(Protocol):
    """Something to paint above everything, in points of the canvas, such as a gesture."""

    def paint(self, painter: QPainter) -> None: ...


class Mouse(Protocol):
    """Whoever is told what the mouse does."""

    def press(self, event: QMouseEvent) -> None: ...

    def move(self, event: QMouseEvent) -> None: ...

    def release(self, event: QMouseEvent) -> None: ...

    def double_click(self, event: QMouseEvent) -> None: ...

    def leave(self) -> None: ...


class View(QGraphicsView):
    """``moved``: it looks elsewhere now, or from nearer or farther."""

    moved = Signal()
    mouse: Mouse | None = None

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        self._scene = scene
        self._dots = Dots()
        self._ghost: tuple[QPixmap, QTransform] | None = None
        self._frozen: _Frozen | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST_MILLISECONDS)
        self._rest.timeout.connect(self.settle)
        self._set_up()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
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
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSceneRect(-_FARTHEST, -_FARTHEST, 2 * _FARTHEST, 2 * _FARTHEST)
        self.viewport().setMouseTracking(True)
        self._scene.keep_pictures(True)

    @property
    def zoom(self) -> float:
        return self.transform().m11()

    def to_canvas(self, place: QPointF) -> Point:
        """The point of the canvas at a place of the window."""
        x, y = self._origin()
        return Point((place.x() - x) / self.zoom, (place.y() - y) / self.zoom)

    def to_window(self, point: Point) -> QPointF:
        x, y = self._origin()
        return QPointF(point.x * self.zoom + x, point.y * self.zoom + y)

    def visible(self) -> Box:
        """What of the canvas can be seen."""
        rect = QRectF(self.viewport().rect())
        return Box.between(self.to_canvas(rect.topLeft()), self.to_canvas(rect.bottomRight()))

    def scroll_by(self, x: float, y: float) -> None:
        """Pull the canvas along, in pixels of the window."""
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() - round(x))
        down.setValue(down.value() - round(y))

    def zoom_by(self, factor: float, about: QPointF | None = None) -> None:
        """Come nearer, or go away; the place ``about`` stays where it is, else the middle."""
        self.zoom_to(self.zoom * factor, about)

    def zoom_to(self, zoom: float, about: QPointF | None = None) -> None:
        zoom = min(MOST_ZOOM, max(LEAST_ZOOM, zoom))
        if abs(zoom - self.zoom) < 1e-9:
            return
        self._keep_ghost()
        about = about or QRectF(self.viewport().rect()).center()
        held = self.to_canvas(about)
        self.setTransform(QTransform.fromScale(zoom, zoom))
        self._bring(held, about)
        self._rest.start()
        self.moved.emit()

    def fit(self) -> None:
        """Show all of it, but nothing larger than it is."""
        bounds = self._scene.plan.bounds() or EMPTY
        self.look_at(bounds, most=1.0)

    def look_at(self, box: Box, most: float) -> None:
        """Show a box in the middle of what the palette leaves free."""
        room = self.viewport().rect()
        width = max(1, room.width() - LEFT_MARGIN - FIT_MARGIN)
        height = max(1, room.height() - 2 * FIT_MARGIN)
        zoom = min(most, width / max(1.0, box.width), height / max(1.0, box.height))
        zoom = max(LEAST_ZOOM, zoom)
        self._ghost = None
        self.setTransform(QTransform.fromScale(zoom, zoom))
        self._bring(box.center, QPointF(LEFT_MARGIN + width / 2, FIT_MARGIN + height / 2))
        self.settle()
        self.moved.emit()

    def center_on(self, point: Point) -> None:
        self._bring(point, QRectF(self.viewport().rect()).center())

    def show_box(self, box: Box) -> None:
        """Scroll just so far that a box can be seen; one that is far away comes to the middle."""
        seen = self.visible()
        margin = min(40 / self.zoom, seen.width / 4, seen.height / 4)
        left = LEFT_MARGIN / self.zoom if seen.width * self.zoom > 4 * LEFT_MARGIN else margin
        if not seen.meets(box):
            self.center_on(box.center)
            return
        x = _shift(seen.x + left, seen.right - margin, box.x, box.right)
        y = _shift(seen.y + margin, seen.bottom - margin, box.y, box.bottom)
        self.scroll_by(x * self.zoom, y * self.zoom)

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
            painter = self._painter(event.region())
            self._paint_overview(painter)
            painter.end()
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

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.mouse is not None:
            self.mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.mouse is not None:
            self.mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.mouse is not None:
            self.mouse.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.mouse is not None:
            self.mouse.double_click(event)

    def wheelEvent(self, event) -> None:
        """Two fingers and the wheel move the canvas; with Ctrl the wheel zooms."""
        pixels, angle = event.pixelDelta(), event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = (pixels.y() / 60 if pixels.y() else angle.y() / WHEEL_STEP)
            self.zoom_by(STEP**steps, event.position())
        elif not pixels.isNull():
            self.scroll_by(pixels.x(), pixels.y())
        else:
            x, y = angle.x() / WHEEL_STEP, angle.y() / WHEEL_STEP
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not x:
                x, y = y, 0
            self.scroll_by(x * WHEEL_SCROLLS, y * WHEEL_SCROLLS)
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.NativeGesture and isinstance(event, QNativeGestureEvent):
            if event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_by(1 + event.value(), event.position())
                return True
        if event.type() is QEvent.Type.Leave and self.mouse is not None:
            self.mouse.leave()
        return super().viewportEvent(event)

    def _origin(self) -> tuple[float, float]:
        """Where the canvas has its zero in the window."""
        transform = self.viewportTransform()
        return transform.dx(), transform.dy()

    def _origin_point(self) -> QPointF:
        return QPointF(*self._origin())

    def _bring(self, point: Point, place: QPointF) -> None:
        """Scroll so that a point of the canvas is at a place of the window."""
        now = self.to_window(point)
        self.scroll_by(place.x() - now.x(), place.y() - now.y())

    def _window_rect(self, box: Box) -> QRect:
        start, end = self.to_window(box.corner), self.to_window(Point(box.right, box.bottom))
        return QRectF(start, end).toAlignedRect().adjusted(-3, -3, 3, 3)

    def _picture(self) -> QPixmap:
        """The frame as it is now."""
        return self.viewport().grab()

    def _keep_ghost(self) -> None:
        if self._ghost is None and self._frozen is None and self.zoom >= OVERVIEW_BELOW:
            self._ghost = self._picture(), self.viewportTransform()

    def _painter(self, clip: QRegion) -> QPainter:
        painter = QPainter(self.viewport())
        painter.setClipRegion(clip)
        painter.setRenderHints(self.renderHints())
        return painter

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


def _shift(low: float, high: float, start: float, end: float) -> float:
    """How far to move so that start to end comes between low and high."""
    if start < low or end - start > high - low:
        return low - start
    return min(0.0, high - end)
