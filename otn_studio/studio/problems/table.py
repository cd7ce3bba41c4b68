"""The list of problems: jump to each by a press, repair it by another, read more by a third."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QModelIndex, QRectF, QSize, Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHeaderView

from otn_studio.blocks.finding import Finding
from otn_studio.flow.document import Flow
from otn_studio.studio.help.asking import ask_for_help
from otn_studio.studio.help.places import of_finding
from otn_studio.studio.problems.model import Column, ProblemModel
from otn_studio.studio.problems.signs import SIGNS
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.theme.type import font
from otn_studio.studio.widgets.look import look
from otn_studio.studio.widgets.rows import PADDING, Cell, RowDelegate, height_for, in_lines
from otn_studio.studio.widgets.table import ROW, CalmTable
from otn_studio.studio.words import _, shown

ROWS_AT_ONCE = 6
LINES_AT_MOST = 4
SURELY_TWO_LINES = 1.5
"""What is so many times as wide as a line, wherever its words end."""
REPAIR_LEAST, REPAIR_MOST = 120, 320
ROWS_MEASURED = 60
"""Words of repairs below these are hardly ever longer, and each repair takes a while to find."""
HELP_WIDTH = 40
STORY_WIDTH = 108
SIGN_WIDTH, SEVERITY_WIDTH = 24, 64
PLACE_SHARE, PLACE_LEAST = 0.24, 96


class ProblemTable(CalmTable):
    """``jumped``: show where this is; ``told``: and how it happens; ``repaired``: make it go away."""

    jumped = Signal(Finding)
    told = Signal(Finding)
    repaired = Signal(Finding)

    def __init__(self, theme: Theme, problems: ProblemModel) -> None:
        super().__init__(theme, tuple(Column))
        self.setObjectName("problems")
        self.setAccessibleName(_("Problems"))
        look(self, "findings")
        self._problems = problems
        self.places_width = 0
        self.setModel(problems)
        self.setItemDelegate(_ProblemRows(self, theme))
        header = self.horizontalHeader()
        header.hide()
        header.setSectionResizeMode(Column.PROBLEM, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(Column.HELP, HELP_WIDTH)
        self.setColumnWidth(Column.STORY, STORY_WIDTH)
        self.chosen.connect(self._choose)

    def show_findings(self, flow: Flow, findings: Sequence[Finding]) -> None:
        """Show these, and stay where the person was: after a repair, at the next problem."""
        here = self.currentIndex()
        row, column = here.row(), here.column()
        self._problems.show(flow, findings)
        self.setColumnHidden(Column.STORY, all(finding.story is None for finding in findings))
        if row >= 0 and findings:
            row = min(row, len(findings) - 1)
            self.setCurrentIndex(self._problems.index(row, column))
        if self.isVisible():
            self._fit()
        self.updateGeometry()

    def showEvent(self, event) -> None:
        self._fit()
        super().showEvent(event)

    def _fit(self) -> None:
        """Repairs and places are as wide as the longest of their words need; sentences get the rest."""
        rows = range(min(self._problems.rowCount(), ROWS_MEASURED))
        cells = [self._problems.index(row, Column.REPAIR) for row in rows]
        width = _longest((cell.data() for cell in cells), font()) + 4 * PADDING
        self.setColumnWidth(Column.REPAIR, min(max(width, REPAIR_LEAST), REPAIR_MOST))
        places = (self._problems.place(cell) for cell in cells)
        self.places_width = _longest(places, font(strong=True)) + 2 * PADDING
        self._fit_sentences()

    def _fit_sentences(self) -> None:
        """Rows are as high as their sentences need, so that none loses its last words."""
        beside = sum(self.columnWidth(column) for column in Column if column != Column.PROBLEM)
        width = self.viewport().width() - beside - 2 * PADDING
        width -= self.place_left + self.place_width(width)
        before = self._heights()
        for row, finding in enumerate(self._problems.findings):
            self.setRowHeight(row, height_for(_lines(shown(finding.words), max(width, 1))))
        if self._heights() != before:
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_sentences()

    @property
    def place_left(self) -> int:
        """Where the name of the block stands: behind the icon and the word for how bad it is."""
        return SIGN_WIDTH + SEVERITY_WIDTH

    def place_width(self, room: float) -> float:
        """How much of a row's room is for the name of the block."""
        return min(max(room * PLACE_SHARE, PLACE_LEAST), self.places_width)

    def _heights(self) -> list[int]:
        """Of the rows that are seen at once."""
        rows = range(min(self._problems.rowCount(), ROWS_AT_ONCE))
        return [self.rowHeight(row) for row in rows]

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), sum(self._heights()) or ROW)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, ROW)

    def offer(self, index: QModelIndex) -> str:
        return _("Go there") if index.column() == Column.PROBLEM else index.data() or ""

    def _choose(self, index: QModelIndex) -> None:
        finding = self._problems.finding(index)
        self.setCurrentIndex(index)
        if index.column() == Column.REPAIR and self._problems.repair(index) is not None:
            self.repaired.emit(finding)
        elif index.column() == Column.HELP:
            ask_for_help(self, of_finding(finding))
        elif index.column() == Column.STORY and finding.story is not None:
            self.told.emit(finding)
        else:
            self.jumped.emit(finding)


def _lines(words: str, width: float) -> int:
    """How many lines a sentence takes. That two are enough for most is quickly seen: a row has room for
    them anyway."""
    of = font()
    if QFontMetrics(of).horizontalAdvance(words) <= SURELY_TWO_LINES * width:
        return 2
    return len(in_lines(words, of, width, LINES_AT_MOST))


def _longest(texts: Iterable[str], of: QFont) -> int:
    metrics = QFontMetrics(of)
    return max((metrics.horizontalAdvance(text) for text in texts), default=0)


class _ProblemRows(RowDelegate):
    """An icon and a word for how bad it is, the block, the sentence; the repair as a button."""

    def draw(self, cell: Cell) -> None:
        if cell.index.column() == Column.PROBLEM:
            self._problem(cell)
        elif cell.index.column() == Column.HELP:
            self._question_mark(cell)
        elif words := cell.index.data():
            cell.outlined(words, font())

    def _question_mark(self, cell: Cell) -> None:
        center = cell.rect.center()
        cell.button(QRectF(center.x() - 16, center.y() - 16, 32, 32))
        cell.icon("circle-question-mark", "quiet")

    def _problem(self, cell: Cell) -> None:
        model: ProblemModel = cell.index.model()
        finding = model.finding(cell.index)
        sign = SIGNS[finding.severity]
        if cell.is_focused:
            cell.button(cell.rect.adjusted(4, 3, -4, -4))
        room = cell.inner
        cell.icon(sign.icon, sign.role, room.left())
        word = QRectF(room.left() + SIGN_WIDTH, room.top(), SEVERITY_WIDTH, room.height())
        cell.text(shown(sign.word), font(), sign.role, word)
        left, width = room.left() + self.table.place_left, self.table.place_width(room.width())
        place = QRectF(left, room.top(), width - PADDING, room.height())
        cell.text(model.place(cell.index), font(strong=True), "text", place)
        left += width
        place = QRectF(left, room.top(), room.right() - left, room.height())
        cell.sentence(shown(finding.words), font(), "text", place)
