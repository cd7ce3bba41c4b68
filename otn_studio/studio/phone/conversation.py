"""The bubbles of a conversation, one below the other, each a child of its own."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from otn_studio.studio.phone import bubbles as shown
from otn_studio.studio.phone.attached import AttachedPart, DotsPart
from otn_studio.studio.phone.bubbles import Bubble
from otn_studio.studio.phone.cards import ButtonsPart, GoOnPart, OptInPart, PageCardPart
from otn_studio.studio.phone.carousel import CarouselPart
from otn_studio.studio.phone.measures import Measures
from otn_studio.studio.phone.part import Part, smooth
from otn_studio.studio.phone.picture import PicturePart
from otn_studio.studio.phone.replies import RepliesPart
from otn_studio.studio.phone.said import LinePart, SaidPart
from otn_studio.studio.theme import type
from otn_studio.studio.theme.theme import Theme

WIDEST = 0.8
"""The share of the width that words may take."""
TOGETHER, APART = 8, 12
RING = 2.0
LIVE = {
    shown.Buttons: ButtonsPart,
    shown.Card: PageCardPart,
    shown.Carousel: CarouselPart,
    shown.OptIn: OptInPart,
    shown.GoOn: GoOnPart,
    shown.Replies: RepliesPart,
}
STILL = {
    shown.Said: SaidPart,
    shown.Picture: PicturePart,
    shown.Attached: AttachedPart,
    shown.Dots: DotsPart,
    shown.Line: LinePart,
}


class Conversation(QWidget):
    """Shows bubbles. Those that are as they were keep their widgets, and with them the focus."""

    tapped = Signal(str, str)
    notify_me_tapped = Signal(int)
    go_on_tapped = Signal(int)

    def __init__(self, theme: Theme, page_name: str, *, live: bool) -> None:
        super().__init__()
        self._theme = theme
        self._page_name = page_name
        self._live = live
        self._parts: list[Part] = []
        self._measures = Measures.at(0)
        theme.changed.connect(self._repaint)

    @property
    def parts(self) -> Sequence[Part]:
        return self._parts

    def show_bubbles(self, bubbles: Sequence[Bubble]) -> None:
        """Take these in place of those before; lay out afterwards."""
        before = dict(enumerate(self._parts))
        self._parts = []
        for place, bubble in enumerate(bubbles):
            old = before.get(place)
            if old is not None and old.bubble == bubble:
                self._parts.append(before.pop(place))
            else:
                self._parts.append(self._made(bubble))
        for part in before.values():
            part.hide()
            part.deleteLater()
        tappables = (widget for part in self._parts for widget in part.tappables())
        for earlier, later in pairwise((self, *tappables)):
            QWidget.setTabOrder(earlier, later)

    def lay_out(self, measures: Measures, width: int) -> None:
        """Put everything in its place, in a width that leaves out the scroll bar."""
        self._measures = measures
        down = measures.margin
        before: Part | None = None
        for part in self._parts:
            down += _gap(before, part)
            place = self._place(part, width, down)
            part.setGeometry(place)
            part.show()
            down, before = place.bottom() + 1, part
        self.resize(width, down + measures.margin)
        self.update()

    def paintEvent(self, event) -> None:
        painter = smooth(self)
        for place, part in enumerate(self._parts):
            following = self._parts[place + 1] if place + 1 < len(self._parts) else None
            if _is_of_page(part) and not _is_of_page(following):
                self._paint_page(painter, part)
            if part.bubble.highlighted and not part.fills:
                self._paint_ring(painter, part)

    def _place(self, part: Part, width: int, down: int) -> QRect:
        margin, right = self._measures.margin, self._measures.right
        if part.fills:
            return QRect(0, down, width, part.fit(self._measures, width).height())
        inside = width - margin - right
        if part.centred:
            size = part.fit(self._measures, inside)
            return QRect(margin + (inside - size.width()) // 2, down, size.width(), size.height())
        left = margin + self._measures.picture + 8
        widest = round(min(inside * WIDEST, width - right - left))
        size = part.fit(self._measures, widest)
        if part.by_person:
            left = width - right - size.width()
        return QRect(left, down, size.width(), size.height())

    def _paint_page(self, painter: QPainter, part: Part) -> None:
        """The Page's picture, at the foot of the last bubble of several in a row."""
        side = self._measures.picture
        place = QRectF(self._measures.margin, part.geometry().bottom() + 1 - side, side, side)
        paint_initial(painter, place, self._page_name, self._theme)

    def _paint_ring(self, painter: QPainter, part: Part) -> None:
        color = QColor(self._theme.roles.accent)
        color.setAlphaF(0.45)
        painter.setPen(QPen(color, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        place = QRectF(part.geometry()).adjusted(-RING, -RING, RING, RING)
        corner = min(self._measures.corner, part.height() / 2) + RING
        painter.drawRoundedRect(place, corner, corner)

    def _made(self, bubble: Bubble) -> Part:
        if kind := STILL.get(bubble.__class__):
            part = kind(bubble, self._theme, self._page_name, self)
        else:
            kind = LIVE[bubble.__class__]
            part = kind(bubble, self._theme, self._page_name, self, live=self._live)
        part.tapped.connect(self.tapped)
        part.notify_me_tapped.connect(self.notify_me_tapped)
        part.go_on_tapped.connect(self.go_on_tapped)
        return part

    def _repaint(self) -> None:
        for widget in (self, *self.findChildren(QWidget)):
            widget.update()


def paint_initial(painter: QPainter, place: QRectF, name: str, theme: Theme) -> None:
    """The picture of somebody who has none: a round with their initial."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.roles.color("accent_soft"))
    painter.drawEllipse(place)
    font = type.font(strong=True)
    font.setPixelSize(round(place.height() * 0.46))
    painter.setFont(font)
    painter.setPen(theme.roles.color("accent"))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, name.strip()[:1].upper() or "·")


def _is_of_page(part: Part | None) -> bool:
    return part is not None and part.of_page and not (part.by_person or part.centred)


def _gap(before: Part | None, part: Part) -> int:
    if before is None:
        return 0
    return TOGETHER if _is_of_page(before) and _is_of_page(part) else APART
