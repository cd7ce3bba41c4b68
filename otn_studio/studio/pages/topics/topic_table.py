"""The table of topics: what a press on each of its cells does."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QSizePolicy, QTableView

from otn_studio.studio.pages.topics.topic_list import TopicList
from otn_studio.studio.pages.topics.topic_model import Column, TopicModel
from otn_studio.studio.pages.topics.topic_rows import TopicRows
from otn_studio.studio.services.services import TopicRow
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.table import CalmTable
from otn_studio.studio.words import _

WIDTHS = {
    Column.HOW_OFTEN: 108,
    Column.WAITING: 96,
    Column.STOPPED: 80,
    Column.USED: 72,
    Column.ENDS: 222,
    Column.ANNOUNCE: 40,
    Column.DELETE: 44,
}

NAME_SHARE, NAME_LEAST = 0.64, 160
DELETE_KEY = QKeySequence(Qt.Key.Key_Delete)
SHORTCUTS = {Qt.Key.Key_F2: Column.NAME, Qt.Key.Key_Delete: Column.DELETE}


class TopicTable(CalmTable):
    """Says what the person wants done with a topic, by its id."""

    renaming = Signal(str, str)
    announcing = Signal(str)
    deleting = Signal(str)

    def __init__(self, theme: Theme, topics: TopicList, now: Callable[[], datetime]) -> None:
        super().__init__(theme, (Column.NAME, Column.ANNOUNCE, Column.DELETE))
        self.setObjectName("topics")
        self.setAccessibleName(_("Topics"))
        self._topics = TopicModel(now)
        self._topics.named.connect(self.renaming)
        self._held_back: Sequence[TopicRow] | None = None
        self.setModel(self._topics)
        self.setSizeAdjustPolicy(QTableView.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        delegate = TopicRows(self, theme, topics)
        delegate.closeEditor.connect(self._editor_closed, Qt.ConnectionType.QueuedConnection)
        self.setItemDelegate(delegate)
        header = self.horizontalHeader()
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, width)
        header.setSectionResizeMode(Column.FLOWS, QHeaderView.ResizeMode.Stretch)
        self.chosen.connect(self._choose)

    def show_topics(self, rows: Sequence[TopicRow]) -> None:
        """Show these; while a name is being typed, afterwards."""
        if self.is_editing:
            self._held_back = rows
            return
        self._held_back = None
        selected, column = self.selected(), self.currentIndex().column()
        place = self.verticalScrollBar().value()
        self._topics.show(rows)
        row = self._topics.row_of(selected) if selected else None
        if row is not None and row != self.currentIndex().row():
            self.setCurrentIndex(self._topics.index(row, column))
            self.verticalScrollBar().setValue(place)

    def selected(self) -> str | None:
        """The topic whose row is selected."""
        current = self.currentIndex()
        return self._topics.topic(current).id if current.isValid() else None

    def go_to_topic(self, id: str) -> bool:
        """Select a topic's row and bring it into view; false where it is not shown."""
        row = self._topics.row_of(id)
        if row is not None:
            self.go_to(row)
            self.scrollTo(self.currentIndex())
        return row is not None

    def show_as_new(self, id: str) -> None:
        self._topics.new.add(id)

    def correct_name(self, id: str, name: str, problem: str) -> bool:
        """Give the name back to be corrected; false where the person is at something else."""
        if self.is_editing or not self.go_to_topic(id):
            return False
        self.edit(self.currentIndex())
        editor = self.indexWidget(self.currentIndex())
        editor.setText(name)
        editor.complain(problem)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What the other columns leave is shared between the names of topics and those of flows."""
        room = self.viewport().width() - sum(WIDTHS.values())
        self.setColumnWidth(Column.NAME, max(round(room * NAME_SHARE), NAME_LEAST))
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        column = SHORTCUTS.get(event.key())
        current = self.currentIndex()
        if column is not None and current.isValid() and not self.is_editing:
            self._choose(current.siblingAtColumn(column))
        else:
            super().keyPressEvent(event)

    def offer(self, index: QModelIndex) -> str:
        match index.column():
            case Column.NAME:
                return _("Rename") + "\tF2"
            case Column.ANNOUNCE if self._topics.topic(index).held:
                return _("Announce…")
            case Column.DELETE:
                return (
                    _("Delete") + f"\t{DELETE_KEY.toString(DELETE_KEY.SequenceFormat.NativeText)}"
                )
        return ""

    def _choose(self, index: QModelIndex) -> None:
        topic = self._topics.topic(index)
        self.setCurrentIndex(index)
        match index.column():
            case Column.NAME:
                self.edit(index)
            case Column.ANNOUNCE if topic.held:
                self.announcing.emit(topic.id)
            case Column.DELETE:
                self.deleting.emit(topic.id)

    def _editor_closed(self) -> None:
        if self._held_back is not None:
            self.show_topics(self._held_back)
