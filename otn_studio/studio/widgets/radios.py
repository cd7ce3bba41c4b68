"""A choice of few, each explained in a sentence."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from otn_studio.studio.theme import sides
from otn_studio.studio.widgets.look import text


class Radios(QWidget):
    """``chosen`` tells the number of the one that a person chose."""

    chosen = Signal(int)

    def __init__(self, name: str, options: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for index, (title, explanation) in enumerate(options):
            button = QRadioButton(title)
            button.setMinimumHeight(28)
            button.setObjectName(f"{name} {index}")
            button.setAccessibleDescription(explanation)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._group.addButton(button, index)
            column.addWidget(button)
            words = text(explanation, "quiet", wraps=True)
            words.setContentsMargins(sides.margins(24, 0, 0, 4))
            column.addWidget(words)
        self._group.idClicked.connect(self.chosen)
        self.setFocusProxy(self._group.button(0))

    @property
    def buttons(self) -> list[QRadioButton]:
        return self._group.buttons()

    @property
    def number(self) -> int:
        return self._group.checkedId()

    def show_number(self, number: int) -> None:
        self._group.button(number).setChecked(True)
        self.setFocusProxy(self._group.button(number))
