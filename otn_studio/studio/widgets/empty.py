"""What a page shows where there is nothing yet: one sentence and the first step."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from otn_studio.studio.widgets.look import text

WIDTH, STEP = 440, 8


class Empty(QWidget):
    """A sentence in the middle, and a button below it."""

    pressed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.words = text("", wraps=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.step = QPushButton()
        self.step.setObjectName(f"{name}_step")
        self.step.clicked.connect(self.pressed)
        column = QVBoxLayout(self)
        column.setSpacing(16)
        column.addStretch(2)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.words)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.step, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def say(self, words: str, step: str) -> None:
        self.words.setText(words)
        self.words.setFixedWidth(self._even_width())
        self.step.setText(step)

    def _even_width(self) -> int:
        """No wider than needs be for as few lines, so that no word stands alone in the last one."""
        self.words.setMinimumWidth(0)  # a label answers for no less than its own
        high = self.words.heightForWidth(WIDTH)
        narrower = range(WIDTH // 2, WIDTH, STEP)
        return next((w for w in narrower if self.words.heightForWidth(w) <= high), WIDTH)
