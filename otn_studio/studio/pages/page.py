"""What all pages share: a title at the top left, its actions at the top right, room below."""

from PySide6.QtCore import QMargins, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from otn_studio.studio.theme import sides
from otn_studio.studio.widgets.look import look, text
from otn_studio.studio.widgets.scrolling import BOTTOM, GUTTER

SIDE = 32
BESIDE_WORDS = 12
"""What a button has at either side of its words."""


def head_with_way_back() -> QMargins:
    """Around a head that begins with a button: its words begin where those of other pages do."""
    return sides.margins(SIDE - BESIDE_WORDS, 12, SIDE, 12)


class Page(QWidget):
    """A page of the window. ``head`` takes actions at its end, ``column`` what is below."""

    def __init__(self, title: str) -> None:
        super().__init__()
        look(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self.column = QVBoxLayout()
        self.column.setContentsMargins(SIDE, 24, SIDE, BOTTOM)
        self.column.setSpacing(0)
        self._whole.addLayout(self.column, 1)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        heading = text(title, "title")
        heading.setMinimumHeight(32)  # the same with and without actions beside it
        self.head.addWidget(heading)
        self.head.addStretch(1)
        self.column.addLayout(self.head)

    def scroll(self, room: QWidget) -> None:
        """Below all else: something that can be scrolled, whose bar stands in the page's margin."""
        column = QVBoxLayout()
        column.setContentsMargins(sides.margins(SIDE, 0, SIDE - GUTTER, 0))
        column.addWidget(room)
        left, top, right, _bottom = self.column.getContentsMargins()
        self.column.setContentsMargins(left, top, right, 0)
        self._whole.setStretch(0, 0)
        self._whole.addLayout(column, 1)
