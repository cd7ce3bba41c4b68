"""The field that looks for something on a page."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from otn_studio.studio.theme import icons
from otn_studio.studio.theme.theme import Theme


class SearchField(QLineEdit):
    """A magnifying glass and what can be found. Esc empties the field."""

    def __init__(self, theme: Theme, name: str, words: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setFixedWidth(240)
        self._theme = theme
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        theme.changed.connect(self._paint)
        self._paint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def _paint(self) -> None:
        self._glass.setIcon(icons.icon("search", self._theme.roles.quiet))
