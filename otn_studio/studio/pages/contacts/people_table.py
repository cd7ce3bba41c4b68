"""The table of people, however many they are: only what is seen is asked for and drawn."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent

from otn_studio.studio.pages.contacts import words
from otn_studio.studio.pages.contacts.people_model import Column, PeopleModel
from otn_studio.studio.services.people import PersonRow
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.theme.type import LABEL, font
from otn_studio.studio.widgets.rows import Cell, RowDelegate
from otn_studio.studio.widgets.table import CalmTable
from otn_studio.studio.words import _

DOT = 8
GAP = 6
WIDTHS = {Column.ANSWERED: 176, Column.SEEN: 120}
NARROW = 640
"""In less room, only what tells most is shown."""
SHARES = {Column.NAME: 0.36, Column.TAGS: 0.28}
IN_NARROW = {Column.NAME: 0.5}


class PeopleTable(CalmTable):
    """``opened``: somebody's row was chosen, by their number."""

    opened = Signal(int)

    def __init__(self, theme: Theme, people: PeopleModel) -> None:
        super().__init__(theme, (Column.NAME,))
        self.setObjectName("people")
        self.setAccessibleName(_("People"))
        self._people = people
        self.setModel(people)
        self.setItemDelegate(PeopleRows(self, theme, people.now))
        self.chosen.connect(self._open)
        self.clicked.connect(self._open)

    def offer(self, index: QModelIndex) -> str:
        return _("Open")

    def mark_person(self, id: int) -> None:
        """Let the row of whoever is open be the selected one; the list stays where it is."""
        row, place = self._people.row_of(id), self.verticalScrollBar().value()
        if row is None:
            self.select_none()
        elif row != self.currentIndex().row():
            self.go_to(row)
            self.verticalScrollBar().setValue(place)

    def look_anew(self) -> None:
        """Ask for the rows that are seen, since they may have changed."""
        first = self.rowAt(0)
        last = self.rowAt(self.viewport().height())
        last = len(self._people.ids) - 1 if last < 0 else last
        if first >= 0:
            self._people.refresh(first, last)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """By the arrow keys one goes from person to person."""
        before = self.currentIndex().row()
        super().keyPressEvent(event)
        if self.currentIndex().row() not in (before, -1):
            self._open(self.currentIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        room = self.viewport().width()
        is_narrow = room < NARROW
        for column in (Column.TAGS, Column.SEEN):
            self.setColumnHidden(column, is_narrow)
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, width)
        fixed = WIDTHS[Column.ANSWERED] + (0 if is_narrow else WIDTHS[Column.SEEN])
        left = room - fixed
        shares = IN_NARROW if is_narrow else SHARES
        for column, share in shares.items():
            self.setColumnWidth(column, round(left * share))
        self.setColumnWidth(Column.TOPICS, left - sum(round(left * s) for s in shares.values()))
        super().resizeEvent(event)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self._people.id_at(index.row()))


class PeopleRows(RowDelegate):
    """The look of a person's row."""

    def __init__(self, table: CalmTable, theme: Theme, now: Callable[[], datetime]) -> None:
        super().__init__(table, theme)
        self._now = now

    def draw(self, cell: Cell) -> None:
        model: PeopleModel = cell.index.model()
        row = model.person(cell.index)
        if row is None:
            return
        match cell.index.column():
            case Column.NAME:
                self._name(cell, row)
            case Column.TAGS:
                _chips(cell, row.tags, "quiet")
            case Column.TOPICS:
                _chips(cell, row.topics, "permission")
            case Column.ANSWERED:
                self._answered(cell, row)
            case _column:
                cell.text(cell.index.data(), font(tabular=True), "quiet")

    def _name(self, cell: Cell, row: PersonRow) -> None:
        if cell.is_focused:
            cell.button(QRectF(cell.rect.adjusted(4, 5, -8, -6)))
        room = cell.inner
        if not row.reachable:
            cell.icon("bell-off", "quiet", room.left())
            room = room.adjusted(24, 0, 0, 0)
        strong = font(strong=cell.is_selected)
        cell.text(words.name(row), strong, "text" if row.name else "quiet", room)

    def _answered(self, cell: Cell, row: PersonRow) -> None:
        """A full dot where the Page may answer, a word for it is in the tooltip."""
        now, room = self._now(), cell.inner
        if words.can_be_answered(row, now):
            cell.dot("success", room.left(), DOT)
        shown = words.answered(row.last_action, now)
        role = "quiet" if row.last_action is None else "text"
        cell.text(shown, font(tabular=True), role, room.adjusted(DOT + GAP, 0, 0, 0))


def _chips(cell: Cell, names: Sequence[str], role: str) -> None:
    """As many as there is room for, and how many more there are."""
    small = font(LABEL)
    cell.painter.setFont(small)
    metrics = cell.painter.fontMetrics()
    left, right = cell.inner.left(), cell.inner.right()
    for place, name in enumerate(names):
        more = len(names) - place - 1
        kept = metrics.horizontalAdvance(_("+ {n}", n=more)) + GAP if more else 0
        room = right - left - kept - 16
        if room < metrics.averageCharWidth() * 3 and place:
            rest = cell.inner.adjusted(left - cell.inner.left(), 0, 0, 0)
            cell.text(_("+ {n}", n=more + 1), small, "quiet", rest)
            return
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(room))
        cell.chip(shown, small, left, role)
        left += metrics.horizontalAdvance(shown) + 16 + GAP
