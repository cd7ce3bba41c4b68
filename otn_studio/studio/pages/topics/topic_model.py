"""The topics as a table."""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from otn_studio.studio.pages.topics import topic_words
from otn_studio.studio.pages.topics.how_often import explained, how_often
from otn_studio.studio.services.services import SOON, TopicRow
from otn_studio.studio.words import _
from otn_studio.studio.written import number

Role = Qt.ItemDataRole
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class Column(IntEnum):
    NAME = 0
    HOW_OFTEN = 1
    WAITING = 2
    STOPPED = 3
    USED = 4
    ENDS = 5
    FLOWS = 6
    ANNOUNCE = 7
    DELETE = 8


NONE = "–"
"""For what a topic of this kind can't have."""
FIGURES = (Column.WAITING, Column.STOPPED, Column.USED)


class TopicModel(QAbstractTableModel):
    """``named``: the person has typed another name for a topic."""

    named = Signal(str, str)

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._rows: tuple[TopicRow, ...] = ()
        self.new: set[str] = set()
        """The topics that were made since the page was opened."""

    def show(self, rows: Sequence[TopicRow]) -> None:
        """Show these. Where they are the same topics in the same order, only figures change."""
        if rows and [row.id for row in rows] == [row.id for row in self._rows]:
            self._rows = tuple(rows)
            last = self.index(len(rows) - 1, Column.DELETE)
            self.dataChanged.emit(self.index(0, 0), last)
        else:
            self.beginResetModel()
            self._rows = tuple(rows)
            self.endResetModel()

    def topic(self, index: Index) -> TopicRow:
        return self._rows[index.row()]

    def row_of(self, id: str) -> int | None:
        return next((place for place, row in enumerate(self._rows) if row.id == id), None)

    def ends(self, index: Index) -> tuple[str, str]:
        """When the first of its permissions ends, and how many end soon."""
        return topic_words.ends(self.topic(index), self._now())

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Role.DisplayRole:
            return _heads()[section]
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in FIGURES else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == Column.NAME else flags

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Role.DisplayRole:
            return self._shown(index)
        if role == Role.EditRole:
            return self.topic(index).name
        if role == Role.ToolTipRole:
            return self._tip(index)
        if role == Role.AccessibleTextRole:
            return self._spoken(index)
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        row, name = self.topic(index), topic_words.tidied(str(value))
        if role == Role.EditRole and name != row.name:
            self.named.emit(row.id, name)
        return True

    def _shown(self, index: Index) -> str:
        row = self.topic(index)
        match index.column():
            case Column.NAME:
                return row.name
            case Column.HOW_OFTEN:
                return how_often(row.frequency)
            case Column.WAITING:
                return number(row.held)
            case Column.STOPPED:
                return number(row.stopped) if row.frequency else NONE
            case Column.USED:
                return NONE if row.frequency else number(row.used)
            case Column.ENDS:
                return " · ".join(filter(None, self.ends(index)))
            case Column.FLOWS:
                return ", ".join(row.flows) or _("no flow yet")
        return ""

    def _tip(self, index: Index) -> str | None:
        row = self.topic(index)
        match index.column():
            case Column.NAME:
                return _("{name}: press to type another name", name=row.name)
            case Column.WAITING:
                return _(
                    "Permissions that are held. {explained}", explained=explained(row.frequency)
                )
            case Column.HOW_OFTEN:
                return _often_tip(row)
            case Column.STOPPED:
                return _stopped_tip(row)
            case Column.USED if row.frequency:
                return _("A recurring permission is not used up: it stays until it ends.")
            case Column.ENDS if row.asked:
                return topic_words.asked_again([row], self._now())
            case Column.ENDS if row.ending:
                when, count = self.ends(index)
                return _(
                    "Ending within {days} days: {count}, the first {when}",
                    days=SOON.days,
                    count=count,
                    when=when,
                )
            case Column.FLOWS if len(row.flows) > 1:
                return ", ".join(row.flows)
            case Column.ANNOUNCE if not row.held:
                return _("Nobody is waiting for this topic, so there is nobody to write to.")
            case Column.ANNOUNCE:
                return _("Announce: write to everyone who is waiting")
            case Column.DELETE:
                return _("Delete topic")
        return None

    def _spoken(self, index: Index) -> str:
        row = self.topic(index)
        match index.column():
            case Column.ANNOUNCE:
                return _("Announce “{name}”", name=row.name)
            case Column.DELETE:
                return _("Delete “{name}”", name=row.name)
        return self._shown(index)


def _often_tip(row: TopicRow) -> str:
    if row.frequency is None:
        return explained(None)
    asks = (
        _("If it runs out, Messenger asks again.")
        if row.asks_again
        else _("If it runs out, Messenger does not ask again.")
    )
    return f"{explained(row.frequency)} {asks}"


def _stopped_tip(row: TopicRow) -> str:
    if row.frequency is None:
        return _("A one-time permission can’t be stopped: it is good for one message anyway.")
    return _("People who have stopped the topic; they can let it go on.")


def _heads() -> tuple[str, ...]:
    return (
        _("Topic"),
        _("How often"),
        _("Permissions"),
        _("Stopped"),
        _("Used"),
        _("Ends soonest"),
        _("Used in"),
        "",
        "",
    )
