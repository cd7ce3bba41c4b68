"""What did not work, in one sentence, and how to try it again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from otn_studio.studio.words import _


class Trouble(QWidget):
    """Hidden while all is well."""

    again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._sentence = QLabel(wordWrap=True)
        self._sentence.setProperty("look", "error")
        self._sentence.setObjectName("practice.problem")
        button = QPushButton(_("Try again"))
        button.setObjectName("practice.try_again")
        button.setAccessibleName(_("Try again"))
        button.setProperty("look", "small")
        button.clicked.connect(self.again)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._sentence, 1)
        row.addWidget(button)
        self.hide()

    @property
    def is_told(self) -> bool:
        return bool(self._sentence.text())

    def tell(self, sentence: str) -> None:
        """Show a sentence; an empty one hides it all."""
        if sentence != self._sentence.text():
            self._sentence.setText(sentence)
            self._sentence.setAccessibleName(sentence)
        self.setVisible(bool(sentence))
