"""The whole flow in a corner, with what can be seen of it framed; press or drag to go elsewhere."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QPixmap, QTransform

from otn_studio.studio.canvas.floating import Body
from otn_studio.studio.canvas.geometry import Box, Point
from otn_studio.studio.canvas.scene import EMPTY, Scene
from otn_studio.studio.canvas.view import View
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _

SIZE = QSize(170, 102)
PADDING = 5
PAUSE_MILLISECONDS = 200


class Minimap(Body):
    """The flow is drawn anew at most five times a second, the frame at once."""

    def __init__(self, view: View, scene: Scene, theme: Theme) -> None:
        super().__init__(theme)
        self._view = view
        self._scene = scene
        self._picture: QPixmap | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self.redraw)
        self.setFixedSize(SIZE)
        self.setObjectName("minimap")
        self.setAccessibleName(_("Overview of the flow"))
        self.setToolTip(_("Press or drag to go there"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        view.moved.connect(self.update)

    def show_change(self) -> None:
        """The flow has changed: soon, draw it anew."""
        if not self._pause.isActive():
            self._pause.start()

    def recolor(self) -> None:
        self._picture = None

    def place_of(self, point: Point) -> QPointF:
        """Where a point of the canvas is here."""
        return self._transform().map(QPointF(*point))

    def paintEvent(self, event) -> None:
        super().paintEvent(event)
        if not self._scene.is_whole:
            return
        if self._picture is None:
            self._picture = self._drawn()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self._inside())
        seen = self._transform().mapRect(QRectF(*self._view.visible())).intersected(self._inside())
        painter.setPen(self.ink.pen("accent", 1.25))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(seen.adjusted(1, 1, -1, -1), 3, 3)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._view.leap_to(self._point_at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._view.center_on(self._point_at(event.position()))

    def _point_at(self, place: QPointF) -> Point:
        inverse, _possible = self._transform().inverted()
        point = inverse.map(place)
        return Point(point.x(), point.y())

    def redraw(self) -> None:
        """At once."""
        self._picture = None
        self.update()

    def _drawn(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setClipRect(self._inside())
        painter.setTransform(self._transform(), True)
        self._scene.frames.paint_small(painter, self.ink)
        self._scene.overview.paint(painter, self.ink)
        self._scene.overview.paint_marks(painter, self.ink, (), self._scene.errors)
        painter.end()
        return picture

    def _inside(self) -> QRectF:
        return QRectF(self.rect()).adjusted(PADDING, PADDING, -PADDING, -PADDING)

    def _transform(self) -> QTransform:
        """From the canvas to here: all blocks, whatever is looked at."""
        bounds: Box = self._scene.plan.bounds() or EMPTY
        inside = self._inside()
        scale = min(inside.width() / bounds.width, inside.height() / bounds.height, 0.12)
        middle = inside.center()
        return QTransform(
            scale,
            0,
            0,
            scale,
            middle.x() - bounds.center.x * scale,
            middle.y() - bounds.center.y * scale,
        )
