"""The bubbles of a conversation, one below the other, each a child of its own."""

from collections import deque
from collections.abc import Sequence
from itertools import chain, pairwise

from PySide6.QtCore import QRect, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from otn_studio.studio.phone.bubbles import Bubble
from otn_studio.studio.phone.initial import paint_initial
from otn_studio.studio.phone.measures import Measures
from otn_studio.studio.phone.part import Part, ringed, smooth
from otn_studio.studio.theme import sides
from otn_studio.studio.theme.theme import Theme

WIDEST = 0.8
"""The share of the width that words may take."""
TOGETHER, APART = 4, 12
RING = 2.0


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
        before: dict[Bubble, deque[Part]] = {}
        for part in self._parts:
            before.setdefault(part.bubble, deque()).append(part)
        self._parts = [
            before[bubble].popleft() if before.get(bubble) else self._made(bubble)
            for bubble in bubbles
        ]
        for part in chain.from_iterable(before.values()):
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
        self._group()
        for part in self._parts:
            down += _gap(before, part)
            place = self._place(part, width, down)
            part.setGeometry(sides.swapped(place, QRect(0, 0, width, 0)))
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

    def _group(self) -> None:
        """Bubbles of one sender stand close together."""
        around = (None, *self._parts, None)
        for before, part, after in zip(around, self._parts, around[2:], strict=False):
            part.stand(below=_are_joined(before, part), above=_are_joined(part, after))

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
        place = sides.swapped(place, QRectF(self.rect()))
        paint_initial(painter, place, self._page_name, self._theme)

    def _paint_ring(self, painter: QPainter, part: Part) -> None:
        corners = part.corners(self._measures.corner)
        ringed(painter, QRectF(part.geometry()), corners, RING, self._theme.roles.color("accent"))

    def _made(self, bubble: Bubble) -> Part:
        from otn_studio.studio.phone.kinds import LIVE, STILL  # a phone begins without any

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


def _is_of_page(part: Part | None) -> bool:
    return part is not None and part.of_page and not (part.by_person or part.centred)


def _gap(before: Part | None, part: Part) -> int:
    if before is None:
        return 0
    return TOGETHER if _are_together(before, part) else APART


def _are_together(first: Part | None, second: Part | None) -> bool:
    """Whether both are bubbles of the Page, or both of the person."""
    if first is None or second is None:
        return False
    return (_is_of_page(first) and _is_of_page(second)) or (first.by_person and second.by_person)


def _are_joined(first: Part | None, second: Part | None) -> bool:
    """Whether their corners towards each other are tight."""
    return _are_together(first, second) and first.joins and second.joins
