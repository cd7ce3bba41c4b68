"""What all that stands in a conversation has in common."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from otn_studio.studio.phone.bubbles import Bubble
from otn_studio.studio.phone.measures import Measures
from otn_studio.studio.theme.theme import Theme


class Part(QWidget):
    """One bubble on the screen. The conversation tells it its width; it answers the size it takes."""

    tapped = Signal(str, str)
    notify_me_tapped = Signal(int)
    go_on_tapped = Signal(int)

    by_person = False
    centred = False
    fills = False
    """Whether it runs from edge to edge."""
    of_page = True
    """Whether the Page's picture stands beside it."""

    def __init__(self, bubble: Bubble, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.bubble = bubble
        self._theme = theme
        self.setObjectName(type(self).__name__)

    def fit(self, measures: Measures, width: int) -> QSize:
        """Lay out for at most this width."""
        raise NotImplementedError

    def tappables(self) -> Sequence[QWidget]:
        """What the keyboard comes to in it, in order."""
        return ()

    def color(self, role: str) -> QColor:
        return self._theme.roles.color(role)


def smooth(widget: QWidget) -> QPainter:
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    return painter


def outlined(painter: QPainter, place: QRectF, radius: float, fill: QColor, line: QColor) -> None:
    """A rounded shape with a hairline that lies within its place, sharp on its pixels."""
    painter.setPen(QPen(line, 1))
    painter.setBrush(fill)
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), radius - 0.5, radius - 0.5)


def rounded_below(place: QRectF, radius: float) -> QPainterPath:
    """A rectangle whose two lower corners are round."""
    return _rounded(place, radius, place.adjusted(0, 0, 0, -radius))


def rounded_above(place: QRectF, radius: float) -> QPainterPath:
    """A rectangle whose two upper corners are round."""
    return _rounded(place, radius, place.adjusted(0, radius, 0, 0))


def _rounded(place: QRectF, radius: float, square: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRoundedRect(place, radius, radius)
    path.addRect(square)
    return path
