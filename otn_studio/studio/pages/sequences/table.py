"""The table of sequences, by name."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView

from otn_studio.studio.pages.rows import Cell, RowDelegate
from otn_studio.studio.pages.table import CalmTable
from otn_studio.studio.sequencing import SequenceRow
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.theme.type import LABEL, font
from otn_studio.studio.words import _

Role = Qt.ItemDataRole
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class Column(IntEnum):
    NAME = 0
    TOPICS = 1
    MESSAGES = 2
    PEOPLE = 3


WIDTHS = {Column.TOPICS: 220, Column.MESSAGES: 104, Column.PEOPLE: 112}


class SequenceModel(QAbstractTableModel):
    """The rows as they were last heard of."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[SequenceRow, ...] = ()

    def show(self, rows: Sequence[SequenceRow]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Role.DisplayRole:
            return (_("Sequence"), _("Topic"), _("Messages"), _("People on it"))[section]
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        if role not in (Role.DisplayRole, Role.AccessibleTextRole):
            return None
        row = self.rows[index.row()]
        match index.column():
            case Column.NAME:
                return row.name
            case Column.TOPICS:
                return ", ".join(row.topics)
            case Column.MESSAGES:
                return f"{row.messages:,}"
        return f"{row.people:,}"


class SequenceTable(CalmTable):
    """``moved``: another row is selected, or none."""

    moved = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, (Column.NAME,))
        self.setObjectName("sequences")
        self.setAccessibleName(_("Sequences"))
        self.sequences = SequenceModel()
        self.setModel(self.sequences)
        self.setItemDelegate(_Rows(self, theme))
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, width)
        self.horizontalHeader().setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentRowChanged.connect(lambda *_rows: self.moved.emit())

    def show_rows(self, rows: Sequence[SequenceRow]) -> None:
        """Show these; the one that is selected stays so."""
        selected = self.selected()
        if tuple(rows) == self.sequences.rows:
            return
        self.sequences.show(rows)
        for place, row in enumerate(rows):
            if selected is not None and row.id == selected.id:
                self.go_to(place)

    def selected(self) -> SequenceRow | None:
        current = self.currentIndex()
        return self.sequences.rows[current.row()] if current.isValid() else None


class _Rows(RowDelegate):
    """The look of the table."""

    def draw(self, cell: Cell) -> None:
        shown = cell.index.data()
        match cell.index.column():
            case Column.NAME:
                cell.text(shown, font(), "text")
            case Column.TOPICS:
                row = self.table.sequences.rows[cell.index.row()]
                if row.topics:
                    cell.chip(shown, font(LABEL), cell.inner.left())
            case _figures:
                cell.text(shown, font(tabular=True), "quiet")
