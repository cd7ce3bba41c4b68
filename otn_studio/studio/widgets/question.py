"""A question that has to be answered before anything else."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from otn_studio.studio.widgets.dialog import SmallDialog
from otn_studio.studio.widgets.look import text


class Question(SmallDialog):
    """``offer`` answers from left to right; ``ask`` tells which one was chosen."""

    def __init__(self, window: QWidget, name: str, title: str, words: str) -> None:
        super().__init__(window, name, title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.column.addWidget(text(words, wraps=True))
        self.setAccessibleDescription(words)
        self._chosen = ""

    def offer(self, name: str, words: str, kind: str = "") -> None:
        """An answer. The primary one is what Enter chooses."""
        is_primary = kind == "primary"
        button = self.add_button(name, words, kind, default=is_primary)
        button.clicked.connect(lambda: self._choose(name))
        if is_primary:
            button.setFocus()

    def ask(self) -> str:
        """Wait for the answer: its name; empty where the window was only closed."""
        self.exec()
        self.deleteLater()
        return self._chosen

    def _choose(self, name: str) -> None:
        self._chosen = name
        self.accept()
