"""When the 24 hours are over: a phone says so where a Page would write."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtWidgets import QWidget

from otn_studio.policy import window
from otn_studio.studio.phone import times
from otn_studio.studio.phone.bubbles import Line
from otn_studio.studio.phone.laid_text import LaidText
from otn_studio.studio.phone.measures import Measures
from otn_studio.studio.phone.part import Part, smooth
from otn_studio.studio.phone.shapes import Corners
from otn_studio.studio.theme import icons, sides, type
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _

ICON, GAP, PAD, RADIUS = 16, 8, 12, 10


@dataclass(frozen=True, kw_only=True)
class WindowOver(Line):
    """The line that takes the place of how long the Page may still write."""


def of_window(last_act: datetime, now: datetime, name: str = "") -> Line:
    """What a phone says of the 24 hours."""
    left = times.window_left(last_act, now, name)
    return Line(text=left) if window.is_open(last_act, now) else WindowOver(text=left)


class WindowOverPart(Part):
    """A calm sign across the phone, in the colour of permissions: it takes one to write now."""

    centred = True

    def __init__(self, bubble: WindowOver, theme: Theme, page_name: str, parent: QWidget) -> None:
        super().__init__(bubble, theme, parent)
        self._rule = _("A Page can only reply within 24 hours.")
        self.setAccessibleName(f"{self._rule} {bubble.text}")

    def fit(self, measures: Measures, width: int) -> QSize:
        room = width - 2 * PAD - ICON - GAP
        self._texts = [
            LaidText(self._rule, type.font(measures.small, strong=True), room),
            LaidText(self.bubble.text, type.font(measures.small), room),
        ]
        return QSize(width, sum(text.size.height() for text in self._texts) + 2 * PAD)

    def paintEvent(self, event) -> None:
        painter = smooth(self)
        painter.setBrush(self.color("permission_soft"))
        painter.drawPath(Corners.all(RADIUS).path(QRectF(self.rect())))
        whole = QRectF(self.rect())
        mark = sides.swapped(QRectF(PAD, (self.height() - ICON) / 2, ICON, ICON), whole)
        icons.paint(painter, "hourglass", self.color("permission").name(), mark)
        down = PAD
        for text in self._texts:
            place = QRectF(QPointF(PAD + ICON + GAP, down), text.size.toSizeF())
            text.paint(painter, sides.swapped(place, whole).topLeft(), self.color("text"))
            down += text.size.height()
