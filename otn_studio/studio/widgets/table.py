"""A calm table: rows of one height with hairlines, drawn by us, worked by mouse and by keyboard alike.

Some columns can be pressed: by a click, or by Enter or Space on the cell that has the focus. The arrow
keys go from one of them to the next and pass over what is only to be read. What can be pressed in a
row is also in its menu, by the right mouse button or the menu key.
"""

from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.menu import Menu

ROW = 40
BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
PRESSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class CalmTable(QTableView):
    """``chosen``: a cell was pressed, in whichever way."""

    chosen = Signal(QModelIndex)

    def __init__(self, theme: Theme, pressable: tuple[int, ...]) -> None:
        super().__init__()
        self._pressable = pressable
        self._hovered = QPersistentModelIndex()
        self._by_keyboard = False
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().setMinimumSectionSize(ROW)
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.clicked.connect(self._press)
        theme.changed.connect(self.viewport().update)

    @property
    def hovered(self) -> QPersistentModelIndex:
        """The cell under the mouse."""
        return self._hovered

    @property
    def focused(self) -> QModelIndex:
        """The cell that the keys would press; none while the person works with the mouse."""
        return self.currentIndex() if self.hasFocus() and self._by_keyboard else QModelIndex()

    @property
    def is_editing(self) -> bool:
        return self.state() == QAbstractItemView.State.EditingState

    def offer(self, index: QModelIndex) -> str:
        """What a press on this cell does, for the menu of its row; empty where it does nothing."""
        return ""

    def go_to(self, row: int) -> None:
        """Select a row, and be where it can be pressed."""
        self.setCurrentIndex(self.model().index(row, self._pressable[0]))

    def select_none(self) -> None:
        """Have no row selected, until a person goes to one."""
        self.selectionModel().clear()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_keyboard = event.reason() in BY_KEYBOARD
        super().focusInEvent(event)
        if self._by_keyboard and not self.currentIndex().isValid():
            self.go_to(0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._by_keyboard = False
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Also gets what an editor leaves, such as its Enter: that is not meant for the cell."""
        self._by_keyboard = True
        self.viewport().update()
        if event.key() in PRESSING and not self.is_editing and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        here = self.currentIndex()
        if not here.isValid():  # Qt asks this, too, when the focus comes in any other way
            first = self.model().index(0, self._pressable[0])
            return first if self._by_keyboard else QModelIndex()
        moves = QAbstractItemView.CursorAction
        steps = {moves.MoveLeft: -1, moves.MoveRight: 1}
        pressable = [column for column in self._pressable if not self.isColumnHidden(column)]
        column = here.column() if here.column() in pressable else pressable[0]
        if action in steps:
            place = pressable.index(column) + steps[action]
            return here.siblingAtColumn(pressable[min(max(place, 0), len(pressable) - 1)])
        return super().moveCursor(action, modifiers).siblingAtColumn(column)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_keyboard else self.indexAt(event.pos())
        if not index.isValid() or self.is_editing:
            return
        if not by_keyboard:
            self.go_to(index.row())
        place = self.visualRect(index).center() if by_keyboard else event.pos()
        self._menu(index).popup(self.viewport().mapToGlobal(place))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(event.position().toPoint())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(QPoint(-1, -1))
        return super().viewportEvent(event)

    def _menu(self, index: QModelIndex) -> Menu:
        menu = Menu(self)
        menu.setObjectName("row_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for cell in map(index.siblingAtColumn, self._pressable):
            if words := self.offer(cell):
                kept = QPersistentModelIndex(cell)
                menu.addAction(words).triggered.connect(partial(self._choose_kept, kept))
        return menu

    def _choose_kept(self, cell: QPersistentModelIndex) -> None:
        """The rows may have changed while the menu was open."""
        if cell.isValid():
            self.chosen.emit(QModelIndex(cell))

    def _press(self, index: QModelIndex) -> None:
        if index.column() in self._pressable:
            self.chosen.emit(index)
        else:
            self.go_to(index.row())

    def _hover(self, place: QPoint) -> None:
        index = self.indexAt(place)
        if index != self._hovered:
            self._hovered = QPersistentModelIndex(index)
            pressable = index.isValid() and index.column() in self._pressable
            shape = Qt.CursorShape.PointingHandCursor if pressable else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            self.viewport().update()
