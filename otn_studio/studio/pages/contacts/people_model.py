"""The people as a table: a number for each, and rows only for those who are looked at."""

from array import array
from bisect import bisect_left
from collections.abc import Callable
from datetime import datetime
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from otn_studio.studio.pages.contacts import words
from otn_studio.studio.pages.contacts.finder import Finder
from otn_studio.studio.pages.contacts.row_cache import RowCache
from otn_studio.studio.services.people import PersonRow
from otn_studio.studio.words import _
from otn_studio.studio.written import day

Role = Qt.ItemDataRole
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
AT_ONCE = 64


class Column(IntEnum):
    NAME = 0
    TAGS = 1
    TOPICS = 2
    ANSWERED = 3
    SEEN = 4


class PeopleModel(QAbstractTableModel):
    """The newest first."""

    def __init__(self, finder: Finder, cache: RowCache, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._cache = cache
        self.now = now
        self.ids = array("q")
        finder.began.connect(self._begin)
        finder.went_on.connect(self._go_on)
        finder.newcomers.connect(self._put_first)
        cache.came.connect(self._rows_came)

    def id_at(self, row: int) -> int:
        return self.ids[row]

    def row_of(self, id: int) -> int | None:
        """Where somebody stands; none where they are not shown."""
        place = bisect_left(self.ids, -id, key=lambda other: -other)
        return place if place < len(self.ids) and self.ids[place] == id else None

    def person(self, index: Index) -> PersonRow | None:
        """None where they are not known yet: then they are asked for."""
        id = self.ids[index.row()]
        if not self._cache.knows(id):
            first = index.row() // AT_ONCE * AT_ONCE
            self._cache.want(self.ids[first : first + AT_ONCE])
        return self._cache.row(id)

    def refresh(self, first: int, last: int) -> None:
        """Ask anew for the rows that are seen."""
        self._cache.want(self.ids[max(first, 0) : last + 1])

    def remove(self, id: int) -> None:
        row = self.row_of(id)
        if row is not None:
            self.beginRemoveRows(NOWHERE, row, row)
            self.ids.pop(row)
            self.endRemoveRows()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Role.DisplayRole:
            return _heads()[section]
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid() or role not in (
            Role.DisplayRole,
            Role.ToolTipRole,
            Role.AccessibleTextRole,
        ):
            return None
        row = self.person(index)
        if row is None:
            return ""
        if role == Role.ToolTipRole:
            return words.row_tip(row, Column(index.column()).name, self.now())
        return self._shown(row, index.column())

    def _shown(self, row: PersonRow, column: int) -> str:
        match column:
            case Column.NAME:
                return words.name(row)
            case Column.TAGS:
                return ", ".join(row.tags)
            case Column.TOPICS:
                return ", ".join(row.topics)
            case Column.ANSWERED:
                return words.answered(row.last_action, self.now())
        return day(row.first_seen)

    def _begin(self, ids: array) -> None:
        self.beginResetModel()
        self.ids = array("q", ids)
        self.endResetModel()

    def _go_on(self, ids: array) -> None:
        self.beginInsertRows(NOWHERE, len(self.ids), len(self.ids) + len(ids) - 1)
        self.ids.extend(ids)
        self.endInsertRows()

    def _put_first(self, ids: array) -> None:
        self.beginInsertRows(NOWHERE, 0, len(ids) - 1)
        self.ids[0:0] = ids
        self.endInsertRows()

    def _rows_came(self) -> None:
        if self.ids:
            last = self.index(len(self.ids) - 1, Column.SEEN)
            self.dataChanged.emit(self.index(0, 0), last)


def _heads() -> tuple[str, ...]:
    return _("Name"), _("Tags"), _("Permissions"), _("Last answer"), _("First seen")
