"""Cards side by side: they run to the phone's edge, and the next one shows that there are more."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from otn_studio.studio.phone.bubbles import Carousel
from otn_studio.studio.phone.cards import PageCardPart
from otn_studio.studio.phone.measures import Measures
from otn_studio.studio.phone.scrolling_row import ScrollingRow
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _

WIDTH = 0.64
"""Of a card, in widths of the phone."""


class CarouselPart(ScrollingRow):
    """The first card stands where bubbles do."""

    rests_at_things = True

    def __init__(
        self, bubble: Carousel, theme: Theme, page_name: str, parent: QWidget, *, live: bool
    ) -> None:
        back, on = _("Earlier cards"), _("More cards")
        super().__init__(bubble, theme, parent, "cards", back, on)
        self.setAccessibleName(_("{who}: {n} cards", who=page_name, n=len(bubble.cards)))
        self._cards = [
            PageCardPart(card, theme, page_name, self.inside, live=live) for card in bubble.cards
        ]
        for card in self._cards:
            card.rings = bubble.highlighted
            card.tapped.connect(self.tapped)
            for row in card.tappables():
                self.follow(row)

    def tappables(self) -> Sequence[QWidget]:
        return [row for card in self._cards for row in card.tappables()]

    def fit(self, measures: Measures, width: int) -> QSize:
        wide = round(width * WIDTH)
        sizes = [card.fit(measures, wide) for card in self._cards]
        head = max((card.head(wide) for card in self._cards), default=0)
        left = measures.margin + measures.picture + 8
        size = self.place(self._cards, sizes, left, measures.right, width, head)
        for card in self._cards:
            card.stretch(size.height())
        return size
