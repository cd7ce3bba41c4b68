"""Lets a conversation fade out where it goes on, instead of being cut."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QScrollArea, QWidget

from otn_studio.studio.theme.theme import Theme


class Fade(QWidget):
    """Lies over an end of a scroll area; there only while something is hidden beyond it."""

    def __init__(self, theme: Theme, area: QScrollArea, *, at_top: bool) -> None:
        super().__init__(area)
        self._theme = theme
        self._at_top = at_top
        self._bar = area.verticalScrollBar()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._bar.valueChanged.connect(self._come_or_go)
        self._bar.rangeChanged.connect(self._come_or_go)
        self._come_or_go()

    def paintEvent(self, event) -> None:
        from PySide6.QtGui import QLinearGradient

        ground = self._theme.roles.color("raised")
        clear = QColor(ground)
        clear.setAlpha(0)
        fade = QLinearGradient(QPointF(0, 0), QPointF(0, self.height()))
        fade.setColorAt(0, ground if self._at_top else clear)
        fade.setColorAt(1, clear if self._at_top else ground)
        QPainter(self).fillRect(self.rect(), fade)

    def _come_or_go(self) -> None:
        end = self._bar.minimum() if self._at_top else self._bar.maximum()
        self.setVisible(self._bar.value() != end)
