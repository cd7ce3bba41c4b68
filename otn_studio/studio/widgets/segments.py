"""A choice of few in one row of buttons, of which one is down."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton

from otn_studio.studio.widgets.look import look

HEIGHT = 38
"""A head of a page is so high with and without them."""


class Segments(QFrame):
    """``chosen`` tells the number of the one that a person chose."""

    chosen = Signal(int)

    def __init__(self, name: str, words: Sequence[str]) -> None:
        super().__init__()
        look(self, "list")
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(4)
        for number, title in enumerate(words):
            button = QPushButton(title)
            button.setObjectName(f"{name}_{number}")
            button.setCheckable(True)
            button.setChecked(number == 0)
            look(button, "choice")
            self._group.addButton(button, number)
            row.addWidget(button, 1)
        self._group.idClicked.connect(self.chosen)
        self.setFocusProxy(self._group.button(0))

    def choose(self, number: int) -> None:
        """Let this one be down; nobody is told."""
        self._group.button(number).setChecked(True)

    def say(self, number: int, title: str) -> None:
        """Let one be called so."""
        self._group.button(number).setText(title)

    @property
    def number(self) -> int:
        return self._group.checkedId()
