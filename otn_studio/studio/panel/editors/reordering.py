"""Cards that are dragged to another place among their neighbours."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from otn_studio.studio.panel.card import Card
from otn_studio.studio.panel.editors.drop_line import DropLine
from otn_studio.studio.theme.theme import Theme

NEAR_THE_EDGE, STEP, MILLISECONDS = 32, 8, 20
"""So near the edge of what is seen of the form, it scrolls by such steps."""


class Reordering(QObject):
    """``moved`` tells which card goes to which place. A line shows where it would come to stand."""

    moved = Signal(int, int)

    def __init__(self, around: QWidget, theme: Theme) -> None:
        super().__init__(around)
        self._around = around
        self._cards: Sequence[Card] = ()
        self._line = DropLine(around, theme)
        self._here = 0
        self._scrolls = QTimer(self, interval=MILLISECONDS)
        self._scrolls.timeout.connect(self._scroll)

    def take(self, cards: Sequence[Card]) -> None:
        """These are the cards now, in their order."""
        before, self._cards = self._cards, list(cards)
        self.hide()
        for card in self._cards:
            if card not in before:
                card.dragged.connect(self._drag)
                card.dropped.connect(lambda y, card=card: self._drop(self._cards.index(card), y))
                card.let_go.connect(self.hide)

    def gap(self, y: int) -> int:
        """The number of cards whose middle lies above a height on the screen."""
        return sum(card.middle() < y for card in self._cards)

    def show_at(self, y: int) -> None:
        """Show the gap at a height on the screen."""
        self._line.show_at(self.gap(y), self._cards)

    def hide(self) -> None:
        self._scrolls.stop()
        self._line.hide()

    def _drag(self, y: int) -> None:
        self._here = y
        self.show_at(y)
        if self._beyond():
            self._scrolls.start()
        else:
            self._scrolls.stop()

    def _drop(self, index: int, y: int) -> None:
        gap = self.gap(y)
        self.hide()
        self.moved.emit(index, gap if gap <= index else gap - 1)

    def _scroll(self) -> None:
        area = self._area()
        if area is not None:
            bar = area.verticalScrollBar()
            bar.setValue(bar.value() + STEP * self._beyond())
            self.show_at(self._here)

    def _beyond(self) -> int:
        """At which end of what is seen the pointer is: -1, 1, or neither."""
        area = self._area()
        if area is None:
            return 0
        seen = area.viewport()
        y = seen.mapFromGlobal(QPoint(0, self._here)).y()
        return (y > seen.height() - NEAR_THE_EDGE) - (y < NEAR_THE_EDGE)

    def _area(self) -> QScrollArea | None:
        above = self._around.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        return above
