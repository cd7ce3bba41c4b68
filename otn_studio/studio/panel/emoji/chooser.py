"""The small popup from which an emoji goes into a text: search, the recent ones, and all by group."""

from collections.abc import Iterable
from itertools import islice

from PySide6.QtCore import QEvent, QLocale, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from otn_studio.studio.panel.emoji import known
from otn_studio.studio.theme import sides
from otn_studio.studio.widgets.controls import ElidedLabel, set_look
from otn_studio.studio.widgets.look import text
from otn_studio.studio.widgets.menu import Popup
from otn_studio.studio.words import _, shown

CELL, NAME = 36, 16
ACROSS, DOWN = 8, 6
RECENT_AT_MOST = 2 * ACROSS
SCROLL_BAR = 10
"""Its width in the style sheet."""
ROUNDING = 4
"""What the list keeps free beside its columns."""


class EmojiChooser(Popup):
    """``chosen`` tells the emoji; the popup closes with it, with Escape, and with a press elsewhere.

    Those of ``texts`` count as recent, after the ones that are.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget, recent: Iterable[str], texts: Iterable[str]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("emoji chooser")
        own = dict.fromkeys((*recent, *islice(known.used_in(texts), RECENT_AT_MOST)))
        self._recent = tuple(own)[:RECENT_AT_MOST]
        self._language = QLocale().name().partition("_")[0]
        self._search = QLineEdit(placeholderText=_("Search, such as “heart”"))
        self._search.setObjectName("emoji search")
        self._search.setAccessibleName(_("Search emoji"))
        self._search.textChanged.connect(self._show)
        self._search.installEventFilter(self)
        self._grid = _grid()
        self._grid.itemClicked.connect(self._choose)
        self._grid.itemActivated.connect(self._choose)
        self._grid.currentItemChanged.connect(self._tell)
        self._groups = self._made_groups()
        self._name = ElidedLabel("quiet")
        self._name.setFixedHeight(NAME)
        self._none = text(_("No emoji is called that."), "quiet", wraps=True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self._none.setObjectName("emoji none")
        self._found = QStackedLayout()
        self._lay_out()
        self._show()

    def open_below(self, field: QWidget) -> None:
        """End where a field does, below it; above it where the screen ends."""
        self.adjustSize()
        x = 0 if sides.are_swapped() else field.width() - self.width()
        corner = field.mapToGlobal(QPoint(x, field.height() + 2))
        screen = field.screen().availableGeometry()
        if corner.y() + self.height() > screen.bottom():
            corner.setY(field.mapToGlobal(QPoint(0, -self.height() - 2)).y())
        self.move(max(corner.x(), screen.left()), max(corner.y(), screen.top()))
        self.show()
        self._search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search the arrow leads to what was found, and Enter takes the first of it."""
        if event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() == Qt.Key.Key_Down:
            self._grid.setFocus()
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._grid.currentItem())
            return True
        return False

    def _show(self) -> None:
        """What was searched for; else everything, the recent ones first."""
        typed = self._search.text().strip()
        everything = (one for group in known.GROUPS for one in group.emoji)
        self._fill(known.found(typed, self._language) if typed else (*self._recent, *everything))
        for button in self._groups:
            button.setEnabled(not typed)

    def _fill(self, emoji: Iterable[str]) -> None:
        self._grid.clear()
        for one in emoji:
            item = QListWidgetItem(one, self._grid)
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            item.setSizeHint(QSize(CELL, CELL))
            name = known.name(one, self._language)
            item.setToolTip(name)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, name)
        self._grid.setCurrentRow(0)
        self._found.setCurrentWidget(self._grid if self._grid.count() else self._none)

    def _tell(self, item: QListWidgetItem | None) -> None:
        self._name.show_text(item.toolTip() if item is not None else "")

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.text())
            self.close()

    def _go_to(self, group: int) -> None:
        row = len(self._recent) + sum(len(one.emoji) for one in known.GROUPS[:group])
        item = self._grid.item(row)
        self._grid.setCurrentItem(item)
        self._grid.scrollToItem(item, QListWidget.ScrollHint.PositionAtTop)

    def _made_groups(self) -> list[QToolButton]:
        made = []
        for number, group in enumerate(known.GROUPS):
            button = QToolButton(text=group.emoji[0])
            button.setToolTip(shown(group.title))
            button.setAccessibleName(shown(group.title))
            button.setObjectName(f"emoji group {number}")
            button.setFixedSize(CELL, 28)
            set_look(button, "look", "emoji")
            button.clicked.connect(lambda _on=False, number=number: self._go_to(number))
            made.append(button)
        return made

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        groups = QHBoxLayout()
        groups.setSpacing(0)
        for button in self._groups:
            groups.addWidget(button)
        groups.addStretch(1)
        column.addWidget(self._search)
        column.addLayout(groups)
        self._none.setFixedSize(self._grid.maximumSize())
        self._found.addWidget(self._grid)
        self._found.addWidget(self._none)
        column.addLayout(self._found)
        column.addWidget(self._name)


def _grid() -> QListWidget:
    grid = QListWidget()
    grid.setObjectName("emoji grid")
    grid.setViewMode(QListWidget.ViewMode.IconMode)
    grid.setMovement(QListWidget.Movement.Static)
    grid.setResizeMode(QListWidget.ResizeMode.Adjust)
    grid.setUniformItemSizes(True)
    grid.setGridSize(QSize(CELL, CELL))
    grid.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    grid.setFrameShape(QFrame.Shape.NoFrame)
    set_look(grid, "look", "emoji")
    grid.setTextElideMode(Qt.TextElideMode.ElideNone)
    grid.setFixedSize(ACROSS * CELL + SCROLL_BAR + ROUNDING, DOWN * CELL)
    return grid
