"""The quiet line under the topics that says what will happen by itself."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.look import ThemedIcon, text


class Foreseen(QWidget):
    """Hidden while there is nothing to say."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("foreseen")
        icon = text("")
        ThemedIcon(icon, theme, "bell-ring", "permission")
        self._words = text("", wraps=True)
        self._words.setObjectName("foreseen_words")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(icon)
        row.addWidget(self._words, 1)
        self.hide()

    def say(self, words: str) -> None:
        self._words.setText(words)
        self.setVisible(bool(words))
