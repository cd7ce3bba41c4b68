"""A small raised surface that floats above the canvas, and costs its frames next to nothing."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from otn_studio.studio.canvas.block_painting import card
from otn_studio.studio.canvas.ink import Ink
from otn_studio.studio.theme.theme import Theme

SHADOW = 8
"""Room around the surface for its shadow, within the widget."""
RADIUS = 10.0
_INSET = SHADOW + 3
"""Here the round corners have ended, so that all within is opaque."""


class Body(QWidget):
    """What is on the surface. It lets nothing shine through: the canvas paints nothing below it, and
    it need not be painted again when the canvas is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.ink = Ink(theme.roles, theme.is_dark)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        theme.changed.connect(self._recolor)

    def recolor(self) -> None:
        """The colours have changed; `ink` has the new ones."""

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.ink.color("raised"))
        painter.end()

    def _recolor(self) -> None:
        self.ink = Ink(self.theme.roles, self.theme.is_dark)
        self.recolor()
        self.update()


class Floating(QWidget):
    """The surface with its shadow, around a body."""

    def __init__(self, parent: QWidget, theme: Theme, body: Body | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.body = body or Body(theme)
        self._picture: QPixmap | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_INSET, _INSET, _INSET, _INSET)
        layout.addWidget(self.body)
        theme.changed.connect(self._forget)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._picture = None

    def paintEvent(self, event) -> None:
        if self._picture is None or self._picture.devicePixelRatio() != self.devicePixelRatioF():
            self._picture = self._drawn()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.end()

    def _drawn(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        surface = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        card(painter, surface, self.body.ink, RADIUS)
        painter.end()
        return picture

    def _forget(self) -> None:
        self._picture = None
        self.update()
