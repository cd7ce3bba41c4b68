"""What stands in a conversation and can't be tapped: words, the system's lines."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtWidgets import QWidget

from otn_studio.studio.phone.bubbles import Line, Said
from otn_studio.studio.phone.laid_text import LaidText
from otn_studio.studio.phone.measures import Measures
from otn_studio.studio.phone.part import Part, smooth
from otn_studio.studio.theme import type
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _

PENDING = 0.75


class SaidPart(Part):
    """A bubble of words: grey at the left for the Page, accent at the right for the person."""

    def __init__(self, bubble: Said, theme: Theme, page_name: str, parent: QWidget) -> None:
        super().__init__(bubble, theme, parent)
        self.by_person = bubble.by_person
        who = _("The person") if bubble.by_person else page_name
        self.setAccessibleName(_("{who}: {text}", who=who, text=bubble.text))

    def fit(self, measures: Measures, width: int) -> QSize:
        text = self.bubble.text if self.bubble.text.strip() else _("Nothing to read yet")
        self._pad, self._rise, self._corner = measures.pad, measures.rise, measures.corner
        self._laid = LaidText(text, type.font(measures.text), width - 2 * self._pad)
        size = self._laid.size + QSize(2 * self._pad, 2 * self._rise)
        return size.expandedTo(QSize(size.height(), 0))

    def paintEvent(self, event) -> None:
        painter = smooth(self)
        painter.setOpacity(PENDING if self.bubble.pending else 1.0)
        painter.setBrush(self.color("accent" if self.by_person else "bubble"))
        painter.drawPath(self.corners(self._corner).path(QRectF(self.rect())))
        at = QPointF((self.width() - self._laid.size.width()) / 2, self._rise)
        self._laid.paint(painter, at, self._ink())

    def _ink(self):
        if not self.bubble.text.strip():
            return self.color("quiet")
        return self.color("on_accent" if self.by_person else "text")


class LinePart(Part):
    """A small grey line in the middle."""

    centred = True

    def __init__(self, bubble: Line, theme: Theme, page_name: str, parent: QWidget) -> None:
        super().__init__(bubble, theme, parent)
        self.setAccessibleName(bubble.text)

    def fit(self, measures: Measures, width: int) -> QSize:
        font = type.font(measures.small)
        self._laid = LaidText(self.bubble.text, font, width, centred=True)
        return self._laid.size

    def paintEvent(self, event) -> None:
        ink = self.color("warning" if self.bubble.warns else "quiet")
        self._laid.paint(smooth(self), QPointF(0, 0), ink)
