"""What the panel shows while several blocks are selected."""

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from otn_studio.blocks.words import Words
from otn_studio.studio.panel.header import Header
from otn_studio.studio.panel.view import View
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _, shown


class SeveralView(View):
    delete_requested = Signal()

    def __init__(self, theme: Theme, count: int) -> None:
        title = Words("{n} block selected", plural="{n} blocks selected", n=count)
        words = _("Select a single one to change what it says.")
        super().__init__(theme, Header(theme, shown(title), [_("Selection")], help=words))
        delete = Words("Delete {n} block", plural="Delete {n} blocks", n=count)
        self._delete = QPushButton(shown(delete))
        self._delete.setProperty("look", "danger")
        self._delete.setObjectName("delete blocks")
        self._delete.clicked.connect(self.delete_requested)
        self.column.addWidget(self._delete, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    def stops(self) -> Iterator[QWidget]:
        yield self._delete
