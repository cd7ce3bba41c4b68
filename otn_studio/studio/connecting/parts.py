"""What the assistant's forms are made of: masked lines, lines to copy."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from otn_studio.studio.words import _


class SecretLine(QWidget):
    """A line that shows dots, with a button that pastes into it."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setObjectName(name)
        self.line.setAccessibleName(words)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        paste = QPushButton(_("Paste"))
        paste.setObjectName(f"paste_{name}")
        paste.setAccessibleDescription(words)
        paste.clicked.connect(self._paste)
        _in_a_row(self, self.line, paste)
        self.setFocusProxy(self.line)

    def show_kept(self, is_kept: bool) -> None:
        """What is kept is never shown again."""
        self.line.clear()
        kept = _("Saved. Paste another one to replace it.")
        self.line.setPlaceholderText(kept if is_kept else _("Paste it here"))

    def _paste(self) -> None:
        self.line.setText(QGuiApplication.clipboard().text())
        self.line.setFocus()


class CopyLine(QWidget):
    """A line to be copied with one press; a ``secret`` shows dots."""

    def __init__(self, name: str, words: str, *, secret: bool = False) -> None:
        super().__init__()
        self.line = QLineEdit(readOnly=True)
        self.line.setObjectName(name)
        self.line.setAccessibleName(words)
        if secret:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        copy = QPushButton(_("Copy"))
        copy.setObjectName(f"copy_{name}")
        copy.setAccessibleDescription(words)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.line.text()))
        _in_a_row(self, self.line, copy)

    def show_text(self, words: str) -> None:
        self.line.setText(words)
        self.line.setCursorPosition(0)


def _in_a_row(whole: QWidget, line: QLineEdit, button: QPushButton) -> None:
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(line, 1)
    row.addWidget(button)
