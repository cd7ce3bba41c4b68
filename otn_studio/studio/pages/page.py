"""What all pages share: a title at the top left, its actions at the top right, room below."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from otn_studio.studio.widgets.look import look, text


class Page(QWidget):
    """A page of the window. ``head`` takes actions at its end, ``column`` what is below."""

    def __init__(self, title: str) -> None:
        super().__init__()
        look(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(32, 24, 32, 16)
        self.column.setSpacing(0)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        heading = text(title, "title")
        heading.setMinimumHeight(32)  # the same with and without actions beside it
        self.head.addWidget(heading)
        self.head.addStretch(1)
        self.column.addLayout(self.head)
