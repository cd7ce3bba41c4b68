"""The table of sequences, by name."""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHeaderView

from otn_studio.studio.services.sequencing import SequenceRow
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.theme.type import LABEL, font
from otn_studio.studio.widgets.list_model import ListModel
from otn_studio.studio.widgets.rows import Cell, RowDelegate
from otn_studio.studio.widgets.table import CalmTable
from otn_studio.studio.words import _
from otn_studio.studio.written import number


class Column(IntEnum):
    NAME = 0
    TOPICS = 1
    MESSAGES = 2
    PEOPLE = 3


WIDTHS = {Column.TOPICS: 220, Column.MESSAGES: 104, Column.PEOPLE: 112}


class SequenceModel(ListModel[SequenceRow]):
    """The sequences."""

    FIGURES = frozenset({Column.MESSAGES, Column.PEOPLE})

    def titles(self) -> Sequence[str]:
        return _("Sequence"), _("Topic"), _("Messages"), _("People on it")

    def cell(self, row: SequenceRow, column: int) -> str:
        match column:
            case Column.NAME:
                return row.name
            case Column.TOPICS:
                return ", ".join(row.topics)
            case Column.MESSAGES:
                return number(row.messages)
        return number(row.people)


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
                cell.text(shown, font(tabular=True), "quiet", right=True)
