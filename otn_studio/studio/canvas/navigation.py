"""Where the view looks and from how near, and the mouse's way to whoever it concerns."""

from typing import Protocol

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QNativeGestureEvent, QTransform
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from otn_studio.studio.canvas.geometry import Box, Point

LEAST_ZOOM, MOST_ZOOM = 0.02, 2.5
STEP = 1.2
FIT_MARGIN = 48
LEFT_MARGIN = 88
"""The palette stands at the left."""
WHEEL_STEP = 120.0
WHEEL_SCROLLS = 96.0
PIXELS_A_STEP = 60.0
LEAPS_KEPT = 50


class Mouse(Protocol):
    """Whoever is told what the mouse does."""

    def press(self, event: QMouseEvent) -> None: ...

    def move(self, event: QMouseEvent) -> None: ...

    def release(self, event: QMouseEvent) -> None: ...

    def double_click(self, event: QMouseEvent) -> None: ...

    def menu(self, event: QContextMenuEvent) -> None: ...

    def leave(self) -> None: ...


class Navigation(QAbstractScrollArea):
    """``moved``: it looks elsewhere now, or from nearer or farther."""

    moved = Signal()
    mouse: Mouse | None = None

    def __init__(self) -> None:
        super().__init__()
        self._zoom = 1.0
        self._origin = QPointF()
        """Where the canvas has its zero in the window; always at a whole pixel of the screen."""
        self._been: list[tuple[float, Point]] = []
        """How near and where it looked before each leap, the last one last."""
        self.setViewport(QWidget())  # Qt's own would load every kind of widget that it could be
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def flow_bounds(self) -> Box:
        """What `fit` shows."""
        raise NotImplementedError

    def about_to_zoom(self) -> None:
        """The last frame before it looks from elsewhere."""

    def zoomed(self) -> None:
        """It looks from nearer or farther; more may follow at once."""

    def settle(self) -> None:
        """No more follows."""

    def scrolled(self, x: float, y: float) -> None:
        """The canvas was pulled along."""

    @property
    def zoom(self) -> float:
        return self._zoom

    def to_canvas(self, place: QPointF) -> Point:
        """The point of the canvas at a place of the window."""
        away = (place - self._origin) / self._zoom
        return Point(away.x(), away.y())

    def to_window(self, point: Point) -> QPointF:
        return QPointF(*point) * self._zoom + self._origin

    def transform(self) -> QTransform:
        """From the canvas to the window."""
        return QTransform(self._zoom, 0, 0, self._zoom, self._origin.x(), self._origin.y())

    def visible(self) -> Box:
        """What of the canvas can be seen."""
        rect = QRectF(self.viewport().rect())
        return Box.between(self.to_canvas(rect.topLeft()), self.to_canvas(rect.bottomRight()))

    def scroll_by(self, x: float, y: float) -> None:
        """Pull the canvas along, in pixels of the window."""
        ratio = self.devicePixelRatioF()
        step = QPointF(round(x * ratio) / ratio, round(y * ratio) / ratio)
        if not step.isNull():
            self._origin += step
            self.scrolled(step.x(), step.y())
            self.moved.emit()

    def zoom_by(self, factor: float, about: QPointF | None = None) -> None:
        """Come nearer, or go away; the place ``about`` stays where it is, else the middle."""
        self.zoom_to(self.zoom * factor, about)

    def zoom_to(self, zoom: float, about: QPointF | None = None) -> None:
        zoom = min(MOST_ZOOM, max(LEAST_ZOOM, zoom))
        if abs(zoom - self.zoom) < 1e-9:
            return
        self.about_to_zoom()
        about = about or QRectF(self.viewport().rect()).center()
        held = self.to_canvas(about)
        self._zoom = zoom
        self._bring(held, about)
        self.zoomed()
        self.moved.emit()

    def back(self) -> None:
        """To where it looked before it leapt here."""
        if self._been:
            zoom, point = self._been.pop()
            self._look(point, zoom)

    def forget_leaps(self) -> None:
        """There is nowhere to go back to."""
        self._been.clear()

    def can_go_back(self) -> bool:
        return bool(self._been)

    def leap_to(self, point: Point) -> None:
        """Look at a point that may be far away."""
        self._remember()
        self.center_on(point)

    def fit(self) -> None:
        """Show all of it, but nothing larger than it is."""
        self.look_at(self.flow_bounds(), most=1.0)

    def look_at(self, box: Box, most: float) -> None:
        """Show a box in the middle of what the palette leaves free."""
        room = self.viewport().rect()
        width = max(1, room.width() - LEFT_MARGIN - FIT_MARGIN)
        height = max(1, room.height() - 2 * FIT_MARGIN)
        zoom = min(most, width / max(1.0, box.width), height / max(1.0, box.height))
        self._remember()
        self._zoom = max(LEAST_ZOOM, zoom)
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
            self.leap_to(box.center)
            return
        x = _shift(seen.x + left, seen.right - margin, box.x, box.right)
        y = _shift(seen.y + margin, seen.bottom - margin, box.y, box.bottom)
        self.scroll_by(x * self.zoom, y * self.zoom)

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

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.mouse is not None:
            self.mouse.menu(event)

    def wheelEvent(self, event) -> None:
        """Two fingers and the wheel move the canvas; with Ctrl the wheel zooms."""
        pixels, angle = event.pixelDelta(), event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = pixels.y() / PIXELS_A_STEP if pixels.y() else angle.y() / WHEEL_STEP
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
        if isinstance(event, QNativeGestureEvent) and self._pinch(event):
            return True
        if event.type() is QEvent.Type.Leave and self.mouse is not None:
            self.mouse.leave()
        return super().viewportEvent(event)

    def _pinch(self, event: QNativeGestureEvent) -> bool:
        is_zoom = event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture
        if is_zoom:
            self.zoom_by(1 + event.value(), event.position())
        return is_zoom

    def _remember(self) -> None:
        here = self.zoom, self.visible().center
        if not self._been or self._been[-1] != here:
            self._been.append(here)
            del self._been[:-LEAPS_KEPT]

    def _look(self, point: Point, zoom: float) -> None:
        self._zoom = zoom
        self.center_on(point)
        self.settle()
        self.moved.emit()

    def _bring(self, point: Point, place: QPointF) -> None:
        """Scroll so that a point of the canvas is at a place of the window."""
        now = self.to_window(point)
        self.scroll_by(place.x() - now.x(), place.y() - now.y())


def _shift(low: float, high: float, start: float, end: float) -> float:
    """How far to move so that start to end comes between low and high."""
    if start < low or end - start > high - low:
        return low - start
    return min(0.0, high - end)
