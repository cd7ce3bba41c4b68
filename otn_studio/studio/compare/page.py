"""Two flow files beside each other: what the second has of different."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from otn_studio.flow.document import Flow
from otn_studio.studio.compare.comparison import Comparison
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.elided import Elided
from otn_studio.studio.widgets.look import ThemedIcon, line, look
from otn_studio.studio.words import _


class ComparePage(QWidget):
    """``left``: back to the flow."""

    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        look(self, "page")
        self._title = Elided("", "title", middle=True)
        self._comparison = Comparison(theme)
        leave = QPushButton(_("Back to the flow"))
        leave.setObjectName("leave_compare")
        look(leave, "quiet")
        ThemedIcon(leave, theme, "chevron-left", "quiet")
        leave.clicked.connect(self.left)
        head = QHBoxLayout()
        head.setContentsMargins(24, 12, 24, 12)
        head.setSpacing(8)
        head.addWidget(leave)
        head.addWidget(self._title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(line())
        column.addWidget(self._comparison, 1)

    def compare(self, before: Flow, name: str, after: Flow) -> None:
        """Show what the flow that is open has that the other, of a file of this name, has not."""
        self._title.say(_("“{flow}”, compared with {file}", flow=after.name, file=name))
        self._comparison.compare(before, after)
