"""A small raised surface that floats above the canvas."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from otn_studio.studio.canvas.block_painting import card
from otn_studio.studio.canvas.ink import Ink
from otn_studio.studio.theme.theme import Theme

SHADOW = 8
"""Room around the surface for its shadow, within the widget."""
RADIUS = 10.0


class Floating(QWidget):
    """Lay out the contents with margins of at least ``SHADOW``."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.theme = theme
        self.ink = Ink(theme.roles, theme.is_dark)
        theme.changed.connect(self._recolor)

    def recolor(self) -> None:
        """The colours have changed; `ink` has the new ones."""

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card(
            painter,
            QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW),
            self.ink,
            RADIUS,
        )
        painter.end()

    def _recolor(self) -> None:
        self.ink = Ink(self.theme.roles, self.theme.is_dark)
        self.recolor()
        self.update()
