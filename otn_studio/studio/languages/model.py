"""The texts of a flow in one of its further languages, as Qt's tables read them."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from otn_studio.blocks.languages import language_name
from otn_studio.blocks.words import Words
from otn_studio.flow.translating import Translate
from otn_studio.flow.translation_table import Row, rows
from otn_studio.studio.document.document import Document
from otn_studio.studio.panel.fields import label
from otn_studio.studio.panel.names import catalogued
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _, shown
from otn_studio.studio.written import number

Index = QModelIndex | QPersistentModelIndex
ROLES = Qt.ItemDataRole
NOWHERE = QModelIndex()


class Column(IntEnum):
    WHERE = 0
    ORIGINAL = 1
    TRANSLATION = 2


class Translations(QAbstractTableModel):
    """What is missing comes first, as it was when the language was chosen: a row stays where it is
    while it is worked on. ``progressed``: other texts are translated now.
    """

    progressed = Signal()

    def __init__(self, document: Document, theme: Theme) -> None:
        super().__init__()
        self._document = document
        self._theme = theme
        self._language = ""
        self._rows: list[Row] = []
        document.changed.connect(self._follow)
        theme.changed.connect(self._repaint)

    @property
    def language(self) -> str:
        return self._language

    @property
    def done(self) -> int:
        """How many texts are translated."""
        return sum(not row.is_missing for row in self._rows)

    def show_language(self, language: str) -> None:
        """Begin anew with a language; empty: with none."""
        self.beginResetModel()
        self._language = language
        found = rows(self._document.flow, language) if language else []
        self._rows = sorted(found, key=lambda row: not row.is_missing)
        self.endResetModel()
        self.progressed.emit()

    def row(self, index: Index) -> Row:
        return self._rows[index.row()]

    def next_missing(self, after: int) -> int | None:
        """The next row that is not translated yet, from the top again where there is none below."""
        count = len(self._rows)
        places = ((after + step) % count for step in range(1, count + 1))
        return next((place for place in places if self._rows[place].is_missing), None)

    def where(self, block: str, field: str) -> int | None:
        """The row of a text, or of the first one that is missing in its block."""
        for place, row in enumerate(self._rows):
            if row.block == block and (row.field == field if field else row.is_missing):
                return place
        return None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == ROLES.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != ROLES.DisplayRole:
            return None
        own = self._document.flow.language
        match section:
            case Column.WHERE:
                return _("Where")
            case Column.ORIGINAL:
                return language_name(own) if own else _("Original")
        return language_name(self._language)

    def data(self, index: Index, role: int = ROLES.DisplayRole) -> Any:
        row = self.row(index)
        match role:
            case ROLES.DisplayRole:
                return self._shown(row, index.column())
            case ROLES.EditRole if index.column() == Column.TRANSLATION:
                return row.translation
            case ROLES.ForegroundRole:
                return QColor(getattr(self._theme.roles, _role(row, index.column())))
            case ROLES.ToolTipRole if index.column() == Column.TRANSLATION:
                return _over(row)
            case ROLES.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == Column.TRANSLATION else flags

    def setData(self, index: Index, value: str, role: int = ROLES.EditRole) -> bool:
        row = self.row(index)
        if value == row.translation:
            return False
        change = Translate(self._language, row.block, row.way, value if value.strip() else None)
        self._document.do(change, Words("Translate"))
        return True

    def _shown(self, row: Row, column: int) -> str:
        match column:
            case Column.WHERE:
                flow = self._document.flow
                return f"{shown(label(flow, flow.blocks[row.block]))}\n{catalogued(row.label)}"
            case Column.ORIGINAL:
                return row.original
        return row.translation or _("not translated yet")

    def _follow(self) -> None:
        """Keep the order while the texts are the same ones; begin anew where they are not."""
        if not self._language:
            return
        if self._language not in self._document.flow.translations:
            self.show_language("")
            return
        found = {(row.block, row.way): row for row in rows(self._document.flow, self._language)}
        if found.keys() != {(row.block, row.way) for row in self._rows}:
            self.show_language(self._language)
            return
        self._rows = [found[row.block, row.way] for row in self._rows]
        self._repaint()
        self.progressed.emit()

    def _repaint(self) -> None:
        if self._rows:
            self.dataChanged.emit(
                self.index(0, 0), self.index(len(self._rows) - 1, len(Column) - 1)
            )


def _role(row: Row, column: int) -> str:
    if column == Column.TRANSLATION and not row.is_missing:
        return "danger" if _over(row) else "text"
    return "text" if column == Column.ORIGINAL else "quiet"


def _over(row: Row) -> str:
    """What is wrong with the length of a translation, if it is certain."""
    length = len(row.translation)
    if row.limit is None or length <= row.limit or "{" in row.translation:
        return ""
    return _("{count} of {limit} characters", count=number(length), limit=number(row.limit))
