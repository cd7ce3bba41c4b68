"""The small mark below the person's last words: sent, delivered, read."""

from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from otn_studio.blocks.words import Words
from otn_studio.studio.phone.initial import paint_initial
from otn_studio.studio.phone.measures import Measures
from otn_studio.studio.phone.part import Part, smooth
from otn_studio.studio.phone.reach import Reach, Reached
from otn_studio.studio.theme import icons, sides, type
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import shown

SIDE, GAP = 14, 4
NAMES = {
    Reach.SENT: Words("Sent"),
    Reach.DELIVERED: Words("Delivered"),
    Reach.READ: Words("Read"),
}


class ReachedPart(Part):
    """A word and a sign: an empty round, a full one, and the picture of the Page that has read."""

    by_person = True
    of_page = False
    joins = False

    def __init__(self, bubble: Reached, theme: Theme, page_name: str, parent: QWidget) -> None:
        super().__init__(bubble, theme, parent)
        self._page_name = page_name
        self._word = shown(NAMES[bubble.reach])
        self.setAccessibleName(self._word)

    def fit(self, measures: Measures, width: int) -> QSize:
        self._font = type.font(measures.small)
        word = ceil(QFontMetricsF(self._font).horizontalAdvance(self._word))
        return QSize(min(word + GAP + SIDE, width), SIDE + 2)

    def paintEvent(self, event) -> None:
        painter = smooth(self)
        quiet = self.color("quiet")
        word = QRectF(self.rect()).adjusted(0, 0, -SIDE - GAP, 0)
        painter.setFont(self._font)
        painter.setPen(quiet)
        whole = QRectF(self.rect())
        beside = sides.end() | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(sides.swapped(word, whole), beside, self._word)
        sign = QRectF(self.width() - SIDE, 1, SIDE, SIDE)
        self._paint_sign(painter, sides.swapped(sign, whole), quiet)

    def _paint_sign(self, painter: QPainter, place: QRectF, quiet: QColor) -> None:
        match self.bubble.reach:
            case Reach.SENT:
                icons.paint(painter, "circle-check", quiet.name(), place)
            case Reach.DELIVERED:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(quiet)
                painter.drawEllipse(place.adjusted(1, 1, -1, -1))
                check = place.adjusted(3, 3, -3, -3)
                icons.paint(painter, "check", self.color("raised").name(), check)
            case Reach.READ:
                paint_initial(painter, place, self._page_name, self._theme)
