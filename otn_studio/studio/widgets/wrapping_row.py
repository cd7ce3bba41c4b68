"""Widgets beside each other, in as many rows as they need."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget

GAP = 8


class WrappingRow(QLayout):
    """Each as wide as it wants to be; what has no room begins another row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), only_measure=True)

    def setGeometry(self, place: QRect) -> None:
        super().setGeometry(place)
        self._place(place, only_measure=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._items if self._is_shown(item)]
        widest = max((size.width() for size in sizes), default=0)
        return QSize(widest, max((size.height() for size in sizes), default=0))

    def _place(self, place: QRect, *, only_measure: bool) -> int:
        """Answers how high all rows are together."""
        x, y, high = place.x(), place.y(), 0
        for item in filter(self._is_shown, self._items):
            size = item.sizeHint()
            if x > place.x() and x + size.width() > place.right() + 1:
                x, y, high = place.x(), y + high + GAP, 0
            width = min(size.width(), place.width())
            if not only_measure:
                own = QRect(x, y, width, size.height())
                direction = QGuiApplication.layoutDirection()
                item.setGeometry(QStyle.visualRect(direction, place, own))
            x, high = x + width + GAP, max(high, size.height())
        return y + high - place.y()

    @staticmethod
    def _is_shown(item: QLayoutItem) -> bool:
        return not item.isEmpty()
