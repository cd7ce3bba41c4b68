"""Quick replies: one row that scrolls where it is too long."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from otn_studio.studio.phone.bubbles import Replies
from otn_studio.studio.phone.measures import Measures
from otn_studio.studio.phone.scrolling_row import GAP, ScrollingRow
from otn_studio.studio.phone.tappable import Pill
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _


class RepliesPart(ScrollingRow):
    """Answers to tap, at the right."""

    of_page = False

    def __init__(
        self, bubble: Replies, theme: Theme, page_name: str, parent: QWidget, *, live: bool
    ) -> None:
        back, on = _("Earlier quick replies"), _("More quick replies")
        super().__init__(bubble, theme, parent, "replies", back, on)
        self.setAccessibleName(_("Quick replies: {titles}", titles=", ".join(bubble.titles)))
        self._pills = [self._pill(title, live) for title in bubble.titles]

    def tappables(self) -> Sequence[QWidget]:
        return self._pills

    def fit(self, measures: Measures, width: int) -> QSize:
        sizes = [pill.fit_pill(measures) for pill in self._pills]
        taken = sum(size.width() + GAP for size in sizes) - GAP
        left = max(measures.margin, width - measures.right - taken)
        return self.place(self._pills, sizes, left, measures.right, width)

    def _pill(self, title: str, live: bool) -> Pill:
        shown = title if title.strip() else _("Answer")
        pill = Pill(shown, self._theme, self.inside, live=live)
        pill.clicked.connect(lambda: self.tapped.emit(title, title))
        self.follow(pill)
        return pill
