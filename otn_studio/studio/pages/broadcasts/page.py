"""Broadcasts: every one of them, how it goes, and a new one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QTabBar, QWidget

from otn_studio.studio.background import Background
from otn_studio.studio.pages.broadcasts.new_broadcast import NewBroadcastWindow
from otn_studio.studio.pages.broadcasts.report_panel import ReportPanel
from otn_studio.studio.pages.broadcasts.table import BroadcastTable
from otn_studio.studio.pages.page import Page
from otn_studio.studio.pages.sequences.room import SequencesRoom
from otn_studio.studio.problem_words import sentence
from otn_studio.studio.services.broadcasting import BroadcastReport, BroadcastRow, Broadcasts
from otn_studio.studio.services.sequencing import Sequences
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.theme.type import font
from otn_studio.studio.widgets.empty import Empty
from otn_studio.studio.widgets.look import line, look
from otn_studio.studio.widgets.notice import Notice
from otn_studio.studio.widgets.question import Question
from otn_studio.studio.widgets.while_shown import WhileShown
from otn_studio.studio.words import _

REFRESH_MILLISECONDS = 2_000


def _primary(name: str, words: str, accessible: str) -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(name)
    button.setAccessibleName(accessible)
    look(button, "primary")
    return button


class BroadcastsPage(QWidget):
    """The list, and beside it the one that is selected. It looks anew every two seconds.

    In a tab beside it are the sequences; ``drawn`` is a new one, as a flow.
    """

    drawn = Signal(object)

    def __init__(self, broadcasts: Broadcasts, sequences: Sequences, theme: Theme) -> None:
        super().__init__()
        self._sequences = SequencesRoom(sequences, theme)
        self._sequences.drawn.connect(self.drawn)
        self._broadcasts, self._theme = broadcasts, theme
        self._background = Background(self)
        self._wanted: int | None = None
        self._table = BroadcastTable(theme)
        self._table.opened.connect(self._open)
        self._report = ReportPanel(theme)
        self._report.wanted.connect(self._turn)
        self._report.closing.connect(self._close)
        self._empty = Empty("no_broadcasts")
        self._empty.pressed.connect(self._new)
        self._notice = Notice(theme)
        self._lay_out()
        WhileShown(self, REFRESH_MILLISECONDS, self._look)

    def _lay_out(self) -> None:
        page = Page(_("Broadcasts"))
        self._new_button = _primary("new_broadcast", _("+ New Broadcast"), _("New Broadcast"))
        self._new_button.clicked.connect(self._new)
        self._new_sequence = _primary("new_sequence", _("+ New Sequence"), _("New Sequence"))
        self._new_sequence.clicked.connect(self._sequences.begin_new)
        page.head.addWidget(self._new_button)
        page.head.addWidget(self._new_sequence)
        self.tabs = QTabBar()
        self.tabs.setObjectName("broadcast_tabs")
        self.tabs.setFont(font(strong=True))
        self.tabs.addTab(_("Broadcasts"))
        self.tabs.addTab(_("Sequences"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.currentChanged.connect(self._show_tab)
        self._rooms = QStackedWidget()
        self._rooms.addWidget(self._table)
        self._rooms.addWidget(self._empty)
        self._tabbed = QStackedWidget()
        self._tabbed.addWidget(self._rooms)
        self._tabbed.addWidget(self._sequences)
        page.column.addSpacing(16)
        page.column.addWidget(self.tabs)
        page.column.addWidget(line())
        page.column.addSpacing(8)
        page.column.addWidget(self._tabbed, 1)
        page.column.addWidget(self._notice)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(page, 1)
        whole.addWidget(self._report)
        self._report.hide()
        self._show_tab(0)

    def _show_tab(self, number: int) -> None:
        self._tabbed.setCurrentIndex(number)
        self._new_button.setVisible(number == 0)
        self._new_sequence.setVisible(number == 1)
        self._report.setVisible(number == 0 and self._table.selected() is not None)

    def _look(self) -> None:
        self._background.run(self._broadcasts.all, self._show, self._failed)

    def _show(self, rows: Sequence[BroadcastRow]) -> None:
        self._table.show_rows(rows)
        if self._wanted is not None:
            self._table.go_to_broadcast(self._wanted)
            self._wanted = None
        if not rows:
            self._empty.say(
                _("Here you will see what you send to everyone who said yes to a topic."),
                _("Send the first broadcast"),
            )
        self._rooms.setCurrentWidget(self._table if rows else self._empty)
        if (selected := self._table.selected()) is not None:
            self._open(selected)

    def _open(self, id: int) -> None:
        if self.tabs.currentIndex() != 0:
            return
        row = next(row for row in self._table.broadcasts.rows if row.id == id)
        self._report.show_row(row)
        self._report.show()
        self._background.run(
            lambda: self._broadcasts.report(id),
            lambda report: self._reported(id, report),
            self._failed,
        )

    def _close(self) -> None:
        """The focus leaves before the panel does: Qt would pass it on as by Tab, which selects."""
        self._table.setFocus()
        self._table.select_none()
        self._report.hide()

    def _reported(self, id: int, report: BroadcastReport) -> None:
        if self._table.selected() == id:
            self._report.show_report(report)

    def _turn(self, how: str) -> None:
        id = self._table.selected()
        if id is None or (how == "cancel" and not self._agreed()):
            return
        verb = getattr(self._broadcasts, how)
        self._background.run(lambda: verb(id), lambda _done: self._look(), self._failed)

    def _agreed(self) -> bool:
        title = _("Cancel the broadcast?")
        words = _("Whoever has not got it yet never gets it. It can’t be taken back.")
        question = Question(self, "cancel_broadcast_window", title, words)
        question.offer("keep", _("Go on"), "primary")
        question.offer("cancel", _("Cancel broadcast"))
        return question.ask() == "cancel"

    def _new(self) -> None:
        window = NewBroadcastWindow(self._broadcasts, self._theme, self)
        window.planned.connect(self._planned)
        window.open()

    def _planned(self, id: int) -> None:
        """Show it, selected, as soon as it is heard of."""
        self._wanted = id
        self._look()

    def _failed(self, error: Exception) -> None:
        self._notice.complain(sentence(error))
