"""What became of a flow: on a canvas at the left, in words at the right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from otn_studio.flow.document import Flow
from otn_studio.studio.compare import telling
from otn_studio.studio.compare.picture import Picture
from otn_studio.studio.compare.telling import Told
from otn_studio.studio.theme import icons, sides
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.look import look, text
from otn_studio.studio.widgets.signed_lines import SignedLines
from otn_studio.studio.words import _

WIDTH = 304
BLOCK, SIGN = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class Comparison(QWidget):
    """A press on a line shows its block."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.picture = Picture(theme)
        self._count = text("", "label")
        self._count.setObjectName("difference_count")
        self._lines = QListWidget()
        self._lines.setObjectName("differences")
        self._lines.setAccessibleName(_("What is different"))
        self._lines.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lines.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._lines.setSpacing(2)
        look(self._lines, "lines")
        self._lines.setItemDelegate(SignedLines(self._lines, theme))
        self._lines.currentItemChanged.connect(self._show_block)
        self._moved = text("", "quiet", wraps=True)
        self._moved.setObjectName("moved")
        theme.changed.connect(self._color)
        self._lay_out()

    def compare(self, before: Flow, after: Flow) -> None:
        """Show what became of a flow."""
        self.picture.compare(before, after)
        found = self.picture.scene.difference
        self._show(telling.told(before, after))
        self._moved.setText(telling.moved(found))
        self._moved.setVisible(bool(found.moved))

    def _lay_out(self) -> None:
        side = QFrame()
        side.setProperty("look", "panel")
        side.setFixedWidth(WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(sides.margins(16, 16, 8, 16))
        column.setSpacing(8)
        column.addWidget(self._count)
        column.addWidget(self._lines, 1)
        column.addWidget(self._moved)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.picture, 1)
        row.addWidget(side)

    def _show(self, told: Sequence[Told]) -> None:
        self._lines.clear()
        for line in told:
            words = f"{line.title}\n{line.about}" if line.about else line.title
            item = QListWidgetItem(words)
            item.setData(BLOCK, line.block)
            item.setData(SIGN, line.sign)
            self._lines.addItem(item)
        self._count.setText(_("What is different") if told else _("Nothing is different"))
        self._color()

    def _color(self) -> None:
        for place in range(self._lines.count()):
            item = self._lines.item(place)
            sign = item.data(SIGN)
            item.setIcon(icons.icon(sign.icon, getattr(self._theme.roles, sign.role)))

    def _show_block(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(BLOCK):
            self.picture.show_block(item.data(BLOCK))
