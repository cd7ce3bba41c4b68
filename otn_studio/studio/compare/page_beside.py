"""What is looked at instead of the canvas: a head that leads back to the flow, and a body below it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from otn_studio.studio.pages.page import head_with_way_back
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.elided import Elided
from otn_studio.studio.widgets.look import ThemedIcon, line, look
from otn_studio.studio.widgets.segments import HEIGHT
from otn_studio.studio.words import _


class PageBeside(QWidget):
    """``left``: back to the flow."""

    left = Signal()

    def __init__(self, theme: Theme, leave: str, title: Elided) -> None:
        super().__init__()
        look(self, "page")
        self.title = title
        back = QPushButton(_("Back to the flow"))
        back.setObjectName(leave)
        look(back, "quiet")
        ThemedIcon(back, theme, "chevron-left", "quiet")
        back.clicked.connect(self.left)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(head_with_way_back())
        self.head.setSpacing(8)
        self.head.addStrut(HEIGHT)
        self.head.addWidget(back)
        self.head.addWidget(title, 1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addLayout(self.head)
        self.column.addWidget(line())
