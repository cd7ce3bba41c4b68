"""The table of broadcasts, the newest first."""

from collections.abc import Sequence
from datetime import datetime
from enum import IntEnum

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHeaderView

from otn_studio.studio.pages.broadcasts import words
from otn_studio.studio.services.broadcasting import BroadcastRow, State
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.theme.type import LABEL, font
from otn_studio.studio.widgets.list_model import ListModel
from otn_studio.studio.widgets.rows import Cell, RowDelegate
from otn_studio.studio.widgets.table import CalmTable
from otn_studio.studio.words import _
from otn_studio.studio.written import day, time


class Column(IntEnum):
    TOPIC = 0
    WHAT = 1
    WHEN = 2
    TOLD = 3
    STATE = 4


WIDTHS = {Column.TOPIC: 152, Column.WHEN: 176, Column.TOLD: 160, Column.STATE: 84}
_QUIET = (State.DONE, State.CANCELLED)


class BroadcastModel(ListModel[BroadcastRow]):
    """The broadcasts."""

    FIGURES = frozenset({Column.TOLD})

    def titles(self) -> Sequence[str]:
        return _("Topic"), _("Message or flow"), _("Begins"), _("Told"), _("State")

    def cell(self, row: BroadcastRow, column: int) -> str:
        match column:
            case Column.TOPIC:
                return row.topic
            case Column.WHAT:
                return row.what
            case Column.WHEN:
                return _moment(row.begins_at)
            case Column.TOLD:
                return words.told(row)
        return words.state(row)


class BroadcastTable(CalmTable):
    """``opened``: a person wants to see one, by its number."""

    opened = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, (Column.TOPIC,))
        self.setObjectName("broadcasts")
        self.setAccessibleName(_("Broadcasts"))
        self.broadcasts = BroadcastModel()
        self.setModel(self.broadcasts)
        self.setItemDelegate(_Rows(self, theme))
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, width)
        self.horizontalHeader().setSectionResizeMode(Column.WHAT, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentRowChanged.connect(self._open)

    def show_rows(self, rows: Sequence[BroadcastRow]) -> None:
        """Show these; the one that is selected stays so."""
        selected = self.selected()
        self.broadcasts.show(rows)
        if selected is not None:
            self.go_to_broadcast(selected)

    def selected(self) -> int | None:
        current = self.currentIndex()
        return self.broadcasts.rows[current.row()].id if current.isValid() else None

    def go_to_broadcast(self, id: int) -> None:
        """Select a broadcast's row, if it is there."""
        for place, row in enumerate(self.broadcasts.rows):
            if row.id == id and self.currentIndex().row() != place:
                self.go_to(place)

    def _open(self, current: QModelIndex) -> None:
        if current.isValid():
            self.opened.emit(self.broadcasts.rows[current.row()].id)


class _Rows(RowDelegate):
    """The look of the table."""

    def draw(self, cell: Cell) -> None:
        row = self.table.broadcasts.rows[cell.index.row()]
        shown = cell.index.data()
        match cell.index.column():
            case Column.TOPIC:
                cell.chip(shown, font(LABEL), cell.inner.left())
            case Column.STATE:
                role = {State.SENDING: "accent", State.PAUSED: "warning"}.get(row.state, "text")
                cell.text(shown, font(), "quiet" if row.state in _QUIET else role)
            case Column.WHAT:
                cell.text(shown, font(), "text")
            case column:
                is_figure = column in BroadcastModel.FIGURES
                cell.text(shown, font(tabular=True), "quiet", right=is_figure)


def _moment(instant: datetime) -> str:
    return f"{day(instant)} {time(instant)}"
