"""A list from the Page as a table: rows as they were last heard of, columns with titles."""

from collections.abc import Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

Role = Qt.ItemDataRole
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class Identified(Protocol):
    """A row that is known by its ``id``."""

    @property
    def id(self) -> Any: ...


Row = TypeVar("Row", bound=Identified)


class ListModel(QAbstractTableModel, Generic[Row]):
    """Says its titles by `titles` and what stands in a cell by `cell`.

    ``FIGURES`` are the columns that hold figures: they stand where lines end, below their titles.
    """

    FIGURES: frozenset[int] = frozenset()

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()

    def titles(self) -> Sequence[str]:
        """One for each column."""
        raise NotImplementedError

    def cell(self, row: Row, column: int) -> str:
        """What a person reads there."""
        raise NotImplementedError

    def show(self, rows: Sequence[Row]) -> None:
        """Show these. Where they are the same in the same order, only figures change."""
        if rows and [row.id for row in rows] == [row.id for row in self.rows]:
            self.rows = tuple(rows)
            last = self.index(len(rows) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        else:
            self.beginResetModel()
            self.rows = tuple(rows)
            self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.titles())

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Role.DisplayRole:
            return self.titles()[section]
        if role == Role.TextAlignmentRole:
            is_figure = section in self.FIGURES
            side = Qt.AlignmentFlag.AlignRight if is_figure else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        if role not in (Role.DisplayRole, Role.AccessibleTextRole):
            return None
        return self.cell(self.rows[index.row()], index.column())
