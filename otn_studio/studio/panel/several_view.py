"""What the panel shows while several blocks are selected."""

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from otn_studio.blocks.words import Words
from otn_studio.studio.panel.header import Header
from otn_studio.studio.panel.view import View
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _, shown


class SeveralView(View):
    duplicate_requested = Signal()
    delete_requested = Signal()

    def __init__(self, theme: Theme, count: int, parent: QWidget) -> None:
        title = Words("{n} block selected", plural="{n} blocks selected", n=count)
        words = _("Select a single one to change what it says.")
        super().__init__(theme, Header(theme, shown(title), [_("Selection")], help=words), parent)
        duplicate = Words("Duplicate {n} block", plural="Duplicate {n} blocks", n=count)
        delete = Words("Delete {n} block", plural="Delete {n} blocks", n=count)
        self._duplicate = _button("duplicate blocks", duplicate)
        self._duplicate.clicked.connect(self.duplicate_requested)
        self._delete = _button("delete blocks", delete)
        self._delete.setProperty("look", "danger")
        self._delete.clicked.connect(self.delete_requested)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._duplicate)
        row.addWidget(self._delete)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def stops(self) -> Iterator[QWidget]:
        yield from (self._duplicate, self._delete)


def _button(name: str, words: Words) -> QPushButton:
    button = QPushButton(shown(words))
    button.setObjectName(name)
    return button
