"""The funnel of each topic, or of each flow, as a table."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHeaderView

from otn_studio.studio.pages.insights import words
from otn_studio.studio.services.insight import Figures
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.theme.type import SMALL, font
from otn_studio.studio.widgets.list_model import ListModel
from otn_studio.studio.widgets.rows import Cell, RowDelegate
from otn_studio.studio.widgets.table import ROW, CalmTable
from otn_studio.studio.written import number

NAME = 0
FIGURE, PADDING = 84, 28
ROWS_AT_MOST = 8
"""So many are seen at once; the others are scrolled to."""


@dataclass(frozen=True, slots=True)
class Row:
    """One topic or flow by its name, which is what it is known by."""

    id: str
    figures: Figures


class BreakdownModel(ListModel[Row]):
    """The rows. ``kind`` is what they are, ``nameless`` what those are called that have no name."""

    FIGURES = frozenset(range(1, len(words.STAGES) + 1))

    def __init__(self, kind: str, nameless: str) -> None:
        super().__init__()
        self._kind, self._nameless = kind, nameless

    def titles(self) -> Sequence[str]:
        return [self._kind, *(words.stage(name) for name in words.STAGES)]

    def cell(self, row: Row, column: int) -> str:
        if column == NAME:
            return row.id or self._nameless
        return number(astuple(row.figures)[column - 1])


class Breakdown(CalmTable):
    """``picked``: a person wants to see only that one, by its name."""

    picked = Signal(str)

    def __init__(self, theme: Theme, name: str, kind: str, nameless: str) -> None:
        super().__init__(theme, (NAME,))
        self.setObjectName(name)
        self.setAccessibleName(kind)
        self.table_rows = BreakdownModel(kind, nameless)
        self.setModel(self.table_rows)
        self.setItemDelegate(_Rows(self, theme))
        metrics = QFontMetrics(font(SMALL, strong=True))
        for column, title in enumerate(self.table_rows.titles()[1:], 1):
            self.setColumnWidth(column, max(metrics.horizontalAdvance(title) + PADDING, FIGURE))
        self.horizontalHeader().setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self.chosen.connect(self._pick)

    def show_rows(self, rows: Sequence[tuple[str, Figures]]) -> None:
        self.table_rows.show([Row(name, figures) for name, figures in rows])
        header = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(header + ROW * max(min(len(rows), ROWS_AT_MOST), 1))
        scrolls = len(rows) > ROWS_AT_MOST
        never, as_needed = (
            Qt.ScrollBarPolicy.ScrollBarAlwaysOff,
            Qt.ScrollBarPolicy.ScrollBarAsNeeded,
        )
        self.setVerticalScrollBarPolicy(as_needed if scrolls else never)

    def offer(self, index: QModelIndex) -> str:
        return words.only(index.data()) if self.table_rows.rows[index.row()].id else ""

    def _pick(self, index: QModelIndex) -> None:
        if name := self.table_rows.rows[index.row()].id:
            self.picked.emit(name)


class _Rows(RowDelegate):
    """The look of the table."""

    def draw(self, cell: Cell) -> None:
        is_name = cell.index.column() == NAME
        shown = cell.index.data()
        if is_name:
            cell.text(shown, font(), "text")
        else:
            cell.text(shown, font(tabular=True), "quiet" if shown == "0" else "text", right=True)
