"""What a page scrolls: its bar stands in the page's margin, so that all edges stay in line."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from otn_studio.studio.theme import sides

BAR = 10
BOTTOM = 16
GUTTER = 20
"""Beside what a page scrolls: for the bar, and for air where there is none."""


class Scrolling(QScrollArea):
    """As wide as its place without the gutter is what it scrolls, with a bar or without."""

    def __init__(self, name: str, inner: QWidget | None = None, gutter: int = GUTTER) -> None:
        super().__init__()
        self._gutter = gutter
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().rangeChanged.connect(self._make_room)
        self._make_room()
        if inner is not None:
            self.show_inner(inner)

    def show_inner(self, inner: QWidget) -> None:
        """Scroll this from now on. The air below it is scrolled as well: nothing ends in mid-air."""
        inner.setContentsMargins(0, 0, 0, BOTTOM)
        self.setWidget(inner)
        inner.setAutoFillBackground(False)

    def _make_room(self) -> None:
        has_bar = self.verticalScrollBar().maximum() > 0
        room = self._gutter - BAR if has_bar else self._gutter
        self.setViewportMargins(sides.margins(0, 0, room, 0))
