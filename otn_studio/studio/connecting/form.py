"""What all of the assistant's forms share."""

from collections.abc import Mapping

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from otn_studio.studio.connecting.store import PageRow
from otn_studio.studio.widgets.look import text


class Form(QWidget):
    """A step's fields, from the top down. ``given`` is what they hold."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)

    def show_row(self, row: PageRow | None) -> None:
        """The Page as it is known; none: a new one."""

    def given(self) -> Mapping[str, str]:
        return {}

    def add(self, words: str, part: QWidget) -> QLabel:
        """A part below its name, which is answered."""
        label = text(words, "label")
        label.setBuddy(part)
        self.column.addWidget(label)
        self.column.addWidget(part)
        self.column.addSpacing(8)
        return label
