"""The table of broadcasts, the newest first."""

from collections.abc import Sequence
from datetime import datetime
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView

from otn_studio.studio.broadcasting import BroadcastRow, State
from otn_studio.studio.pages.broadcasts import words
from otn_studio.studio.pages.figures import day, time
from otn_studio.studio.pages.rows import Cell, RowDelegate
from otn_studio.studio.pages.table import CalmTable
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.theme.type import LABEL, font
from otn_studio.studio.words import _

Role = Qt.ItemDataRole
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class Column(IntEnum):
    TOPIC = 0
    WHAT = 1
    WHEN = 2
    TOLD = 3
    STATE = 4


WIDTHS = {Column.TOPIC: 152, Column.WHEN: 152, Column.TOLD: 144, Column.STATE: 84}
_QUIET = (State.DONE, State.CANCELLED)


class BroadcastModel(QAbstractTableModel):
    """The rows as they were last heard of."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[BroadcastRow, ...] = ()

    def show(self, rows: Sequence[BroadcastRow]) -> None:
        """Show these. Where they are the same in the same order, only figures change."""
        if rows and [row.id for row in rows] == [row.id for row in self.rows]:
            self.rows = tuple(rows)
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, Column.STATE))
        else:
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
            titles = (_("Topic"), _("Message or flow"), _("Begins"), _("Told"), _("State"))
            return titles[section]
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        if role not in (Role.DisplayRole, Role.AccessibleTextRole):
            return None
        row = self.rows[index.row()]
        match index.column():
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
            case _figures:
                cell.text(shown, font(tabular=True), "quiet")


def _moment(instant: datetime) -> str:
    return f"{day(instant)} {time(instant)}"
