"""The table to translate in: the original beside what is written, one row after the other."""

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent, QTextCursor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from otn_studio.studio.languages.model import Column, Translations
from otn_studio.studio.words import _

ROW = 64
WHERE = 200
ROUND_TEXT = 9
"""What a box adds to its text: its frame, its padding, and the pixel without which Qt scrolls."""
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TranslationTable(QTableView):
    """Enter writes a translation down and goes to the next text that has none, Shift+Enter begins a
    new line, Escape leaves it as it was. ``moved``: another row is worked on.
    """

    moved = Signal()

    def __init__(self, model: Translations) -> None:
        super().__init__()
        self.setObjectName("translations")
        self.setProperty("look", "texts")
        self.setAccessibleName(_("Translations"))
        self.setModel(model)
        self._model = model
        self.setItemDelegate(_Delegate(self))
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW)
        columns.setSectionsClickable(False)
        columns.setHighlightSections(False)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        columns.setSectionResizeMode(Column.WHERE, QHeaderView.ResizeMode.Fixed)
        columns.resizeSection(Column.WHERE, WHERE)

    def go_to(self, row: int) -> None:
        """Be where a text can be translated."""
        self.setCurrentIndex(self._model.index(row, Column.TRANSLATION))

    def go_on(self) -> None:
        """Go to the next text that is not translated, and be ready to write."""
        row = self._model.next_missing(self.currentIndex().row())
        if row is not None:
            self.go_to(row)
            self.edit(self.currentIndex())

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        is_editing = self.state() == QAbstractItemView.State.EditingState
        if event.key() in ENTER and index.isValid() and not is_editing:
            self.edit(index.siblingAtColumn(Column.TRANSLATION))
        else:
            super().keyPressEvent(event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """There is one column to be in."""
        return super().moveCursor(action, modifiers).siblingAtColumn(Column.TRANSLATION)


class _Box(QPlainTextEdit):
    """Fills its cell, and grows over the next ones only with its text."""

    def __init__(self, parent: QWidget, cell: Callable[[], QRect]) -> None:
        super().__init__(parent)
        self._cell = cell
        self.setObjectName("translation")
        self.setAccessibleName(_("Translation"))
        self.setTabChangesFocus(True)
        self.textChanged.connect(self.fit)

    def showEvent(self, event: QShowEvent) -> None:
        """Only now its text is laid out in its width."""
        super().showEvent(event)
        self.fit()

    def fit(self) -> None:
        place, room = self._cell(), self.parentWidget().rect()
        lines, margin = self.document().size().height(), self.document().documentMargin()
        needed = ceil(lines * self.fontMetrics().lineSpacing() + 2 * margin) + ROUND_TEXT
        place.setHeight(min(max(place.height(), needed), room.height()))
        over = place.bottom() - room.bottom()
        self.setGeometry(place.translated(0, -max(over, 0)))


class _Delegate(QStyledItemDelegate):
    """Writes in a box over the cell."""

    def __init__(self, table: TranslationTable) -> None:
        super().__init__(table)
        self._table = table

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex
    ) -> QWidget:
        cell = QPersistentModelIndex(index)
        return _Box(parent, lambda: self._table.visualRect(QModelIndex(cell)))

    def setEditorData(self, editor: QWidget, index: QModelIndex) -> None:
        text = index.data(Qt.ItemDataRole.EditRole)
        if editor.toPlainText() != text:
            editor.setPlainText(text)
            editor.moveCursor(QTextCursor.MoveOperation.End)

    def setModelData(self, editor: QWidget, model: Translations, index: QModelIndex) -> None:
        model.setData(index, editor.toPlainText())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        editor.fit()

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and event.key() in ENTER:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                return False
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
            self._table.go_on()
            return True
        return super().eventFilter(editor, event)
