"""What all that stands in a conversation has in common."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from otn_studio.studio.phone.bubbles import Bubble
from otn_studio.studio.phone.measures import Measures
from otn_studio.studio.phone.shapes import TIGHT, Corners
from otn_studio.studio.theme import sides
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
    joins = True
    """Whether its corners are tight towards others of the same sender."""

    def __init__(self, bubble: Bubble, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.bubble = bubble
        self._theme = theme
        self._stands = (False, False)
        self.setObjectName(type(self).__name__)

    def stand(self, *, below: bool, above: bool) -> None:
        """Below another bubble of the same sender, and above another."""
        if self._stands != (below, above):
            self._stands = below, above
            self.update()

    def corners(self, radius: float) -> Corners:
        """Round, but tight on the sender's side towards the neighbours of the same sender."""
        first, last = (TIGHT if joined else radius for joined in self._stands)
        if self.by_person != sides.are_swapped():
            return Corners(radius, first, last, radius)
        return Corners(first, radius, radius, last)

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
    sides.each_its_way(painter)
    return painter


def outlined(
    painter: QPainter, place: QRectF, corners: Corners, fill: QColor, line: QColor
) -> None:
    """A rounded shape with a hairline that lies within its place, sharp on its pixels."""
    painter.setPen(QPen(line, 1))
    painter.setBrush(fill)
    painter.drawPath(corners.grown(-0.5).path(place.adjusted(0.5, 0.5, -0.5, -0.5)))


def ringed(painter: QPainter, place: QRectF, corners: Corners, away: float, accent: QColor) -> None:
    """Around what is being edited; ``away`` from its edge, within it if that is negative."""
    color = QColor(accent)
    color.setAlphaF(0.45)
    painter.setPen(QPen(color, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(corners.grown(away).path(place.adjusted(-away, -away, away, away)))
