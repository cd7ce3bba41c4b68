"""The tab of sequences: who is on them, and a new one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from otn_studio.studio.background import Background
from otn_studio.studio.pages.sequences.new_sequence import NewSequenceWindow
from otn_studio.studio.pages.sequences.put_on import PutOnWindow
from otn_studio.studio.pages.sequences.table import SequenceTable
from otn_studio.studio.problem_words import sentence
from otn_studio.studio.services.sequencing import SequenceRow, Sequences
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.empty import Empty
from otn_studio.studio.widgets.look import look
from otn_studio.studio.widgets.notice import Notice
from otn_studio.studio.widgets.question import Question
from otn_studio.studio.widgets.while_shown import WhileShown
from otn_studio.studio.words import _
from otn_studio.studio.written import number

REFRESH_MILLISECONDS = 5_000


class SequencesRoom(QWidget):
    """The list, and what can be done with the one that is selected.

    ``drawn``: a new sequence, as a flow to look at and to publish.
    """

    drawn = Signal(object)

    def __init__(self, sequences: Sequences, theme: Theme) -> None:
        super().__init__()
        self._sequences, self._theme = sequences, theme
        self._background = Background(self)
        self._table = SequenceTable(theme)
        self._table.moved.connect(self._show_verbs)
        self._empty = Empty("no_sequences")
        self._empty.pressed.connect(self.begin_new)
        self._put_on = self._verb("put_on_sequence", _("Put people on it"), self._ask_whom)
        self._take_off = self._verb("take_off_sequence", _("Take everybody off"), self._ask_and_end)
        self._notice = Notice(theme)
        self._lay_out()
        WhileShown(self, REFRESH_MILLISECONDS, self._look)

    def begin_new(self) -> None:
        """Open the small window for a new sequence."""
        window = NewSequenceWindow(self._sequences, self._theme, self)
        window.drawn.connect(self.drawn)
        window.open()

    def _verb(self, name: str, words: str, do) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        look(button, "secondary")
        button.clicked.connect(do)
        return button

    def _lay_out(self) -> None:
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        verbs = QHBoxLayout()
        verbs.setSpacing(8)
        verbs.addWidget(self._put_on)
        verbs.addWidget(self._take_off)
        verbs.addStretch(1)
        column.addLayout(verbs)
        column.addWidget(self._table, 1)
        self._rooms = QStackedWidget()
        self._rooms.addWidget(listed)
        self._rooms.addWidget(self._empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._rooms, 1)
        whole.addWidget(self._notice)
        self._listed = listed
        self._show_verbs()

    def _look(self) -> None:
        self._background.run(self._sequences.all, self._show, self._failed)

    def _show(self, rows: Sequence[SequenceRow]) -> None:
        self._table.show_rows(rows)
        if not rows:
            self._empty.say(
                _("A sequence sends several messages on a topic, each when it may be sent."),
                _("Make the first sequence"),
            )
        self._rooms.setCurrentWidget(self._listed if rows else self._empty)
        self._show_verbs()

    def _show_verbs(self) -> None:
        selected = self._table.selected()
        self._put_on.setEnabled(selected is not None)
        self._take_off.setEnabled(selected is not None and selected.people > 0)

    def _ask_whom(self) -> None:
        if (row := self._table.selected()) is not None:
            window = PutOnWindow(self._sequences, self._theme, row, self)
            window.finished.connect(self._look)
            window.open()

    def _ask_and_end(self) -> None:
        row = self._table.selected()
        if row is None:
            return
        title = _("Take everybody off “{name}”?", name=row.name)
        words = _("{count} people get nothing more of it.", count=number(row.people))
        question = Question(self, "take_off_window", title, words)
        question.offer("keep", _("Go on"), "primary")
        question.offer("end", _("Take everybody off"))
        if question.ask() == "end":
            do = lambda: self._sequences.take_off(row.id)  # noqa: E731
            self._background.run(do, lambda _count: self._look(), self._failed)

    def _failed(self, error: Exception) -> None:
        self._notice.complain(sentence(error))
