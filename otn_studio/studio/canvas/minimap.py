"""The whole flow in a corner, with a frame around what is seen."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from otn_studio.studio.canvas.view import View
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _

SIZE = QSize(168, 104)
MARGIN = 8


class Minimap(QWidget):
    """Pressing or dragging goes there."""

    def __init__(self, parent: QWidget, view: View, theme: Theme) -> None:
        super().__init__(parent)
        self.setObjectName("minimap")
        self.setAccessibleName(_("Overview of the flow"))
        self.setToolTip(_("Overview of the flow"))
        self.setFixedSize(SIZE)
        self._drawn: QPixmap | None = None
        self._view = view
        self._theme = theme
        view.zoomed.connect(self.update)
        theme.changed.connect(self._redraw)
        view.canvas_scene.redrawn.connect(self._redraw)

    def paintEvent(self, event) -> None:
        roles = self._theme.roles
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(roles.color("hairline"), 1))
        painter.setBrush(roles.color("raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.drawPixmap(0, 0, self._blocks())
        scale, origin = self._scale()
        painter.setPen(QPen(roles.color("accent"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        seen = self._seen()
        frame = QRectF((seen.topLeft() - origin) * scale, seen.size() * scale)
        inner = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.drawRoundedRect(frame.intersected(inner), 3, 3)

    def _blocks(self) -> QPixmap:
        """The blocks, drawn once for as long as nothing about them changes."""
        if self._drawn is None:
            ratio = self.devicePixelRatioF()
            self._drawn = QPixmap(self.size() * ratio)
            self._drawn.setDevicePixelRatio(ratio)
            self._drawn.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._drawn)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            scale, origin = self._scale()
            for item in self._view.canvas_scene.blocks.values():
                painter.setBrush(self._theme.roles.group(item.look.group))
                place = (item.pos() - origin) * scale
                painter.drawRoundedRect(QRectF(place, item.rect.size() * scale), 1.5, 1.5)
            painter.end()
        return self._drawn

    def _redraw(self) -> None:
        self._drawn = None
        self.update()

    def mousePressEvent(self, event) -> None:
        self._go(event.position())

    def mouseMoveEvent(self, event) -> None:
        self._go(event.position())

    def _go(self, place: QPointF) -> None:
        scale, origin = self._scale()
        self._view.centerOn(place / scale + origin)

    def _scale(self) -> tuple[float, QPointF]:
        """From the canvas to here: how much smaller, and which place is our corner."""
        whole = self._view.canvas_scene.bounds()
        if whole.isEmpty():
            whole = self._seen()
        room = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        scale = min(room.width() / whole.width(), room.height() / whole.height())
        center = QPointF(self.width() / 2, self.height() / 2)
        return scale, whole.center() - center / scale

    def _seen(self) -> QRectF:
        return self._view.mapToScene(self._view.viewport().rect()).boundingRect()
