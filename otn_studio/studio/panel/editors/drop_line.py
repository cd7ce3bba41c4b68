from collections.abc import Sequence

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from otn_studio.studio.theme.theme import Theme

HEIGHT = 2


class DropLine(QWidget):
    """Where a dragged card would go."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme
        self.hide()

    def show_at(self, gap: int, cards: Sequence[QWidget]) -> None:
        """Stand before the card of that number; behind the last where there is none."""
        if gap < len(cards):
            y = cards[gap].y() - 5
        else:
            y = cards[-1].geometry().bottom() + 5 if cards else 0
        self.setGeometry(0, max(y, 0), self.parentWidget().width(), HEIGHT)
        self.show()
        self.raise_()

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.roles.color("accent"))
        painter.end()
