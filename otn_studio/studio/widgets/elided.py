"""A line of text that is shortened with … where there is no room."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel

from otn_studio.studio.theme import sides
from otn_studio.studio.widgets.look import look

HEIGHT = 18
LEAST = 40


class Elided(QLabel):
    """Shortened at its end, or in its middle where both ends tell something."""

    def __init__(self, words: str, kind: str = "", *, middle: bool = False) -> None:
        super().__init__()
        self._words = words
        self._mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        self.setMinimumWidth(LEAST)
        self.setTextFormat(Qt.TextFormat.PlainText)
        sides.begin_at_start(self)
        look(self, kind)

    def say(self, words: str) -> None:
        self._words = words
        self.updateGeometry()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._words) + 2, HEIGHT)

    def _fit(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._words, self._mode, self.width()))
