"""What came of a step's test: one sentence, and the details for those who ask for help with it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from otn_studio.studio.problem_words import sentence
from otn_studio.studio.widgets.look import look, text
from otn_studio.studio.words import _


class Outcome(QWidget):
    """Empty until there is something to say."""

    def __init__(self) -> None:
        super().__init__()
        self._words = text("", wraps=True)
        self._words.setObjectName("outcome")
        self._more = QPushButton(_("Details"))
        self._more.setObjectName("outcome_more")
        self._more.setCheckable(True)
        self._details = text("", "quiet", wraps=True)
        self._details.setObjectName("outcome_details")
        self._details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._more.toggled.connect(self._details.setVisible)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._words)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._details)
        self.say("")

    def say(self, words: str) -> None:
        """Something to know, or nothing any more."""
        self._show(words, "quiet", "")

    def complain(self, error: Exception) -> None:
        self._show(sentence(error), "error", getattr(error, "details", ""))

    def _show(self, words: str, kind: str, details: str) -> None:
        look(self._words, kind)
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self._details.setText(details)
        self._more.setChecked(False)
        self._more.setVisible(bool(details))
        self._details.hide()
        if words:
            QAccessible.updateAccessibility(QAccessibleEvent(self._words, QAccessible.Event.Alert))
