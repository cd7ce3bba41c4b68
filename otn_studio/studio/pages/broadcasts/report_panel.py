"""One broadcast beside the list: how it goes, what has become of everybody, and what can be done."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
)

from otn_studio.studio.pages.broadcasts import words
from otn_studio.studio.services.broadcasting import BroadcastReport, BroadcastRow, State
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.theme.type import font
from otn_studio.studio.widgets.controls import IconButton, discard
from otn_studio.studio.widgets.look import look, text
from otn_studio.studio.words import _, shown
from otn_studio.studio.written import number

WIDTH = 320
STEPS = 1_000
_CAN = {
    State.PLANNED: ("pause", "cancel"),
    State.SENDING: ("pause", "cancel"),
    State.PAUSED: ("resume", "cancel"),
    State.CANCELLED: (),
    State.DONE: (),
}


class ReportPanel(QFrame):
    """``wanted``: what a person wants done with it (pause, resume, cancel).

    ``closing``: it is wanted no more.
    """

    wanted = Signal(str)
    closing = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("broadcast_report")
        self.setFixedWidth(WIDTH)
        look(self, "panel")
        self._title = text(name="heading", wraps=True)
        self._close = IconButton(theme, "x", _("Close"))
        self._close.setObjectName("close_report")
        self._close.clicked.connect(self.closing)
        self._state = text("", "quiet")
        self._state.setObjectName("broadcast_state")
        self._what = text(wraps=True)
        self._people = text("")
        self._people.setObjectName("broadcast_people")
        self._progress = QProgressBar(maximum=STEPS, textVisible=False)
        self._progress.setAccessibleName(_("Progress"))
        self._lines = QGridLayout()
        self._lines.setColumnStretch(1, 1)
        self._lines.setHorizontalSpacing(8)
        self._rows: list[tuple[QLabel, QLabel]] = []
        """Kept, and said anew: while it sends, the figures change every other second."""
        self._buttons = {
            "pause": QPushButton(_("Pause")),
            "resume": QPushButton(_("Resume")),
            "cancel": QPushButton(_("Cancel broadcast")),
        }
        look(self._buttons["resume"], "primary")
        self._lay_out()
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.closing)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addLayout(head)
        for part in (self._state, self._what):
            column.addWidget(part)
        column.addSpacing(8)
        column.addWidget(self._people)
        column.addWidget(self._progress)
        column.addLayout(self._lines)
        column.addStretch(1)
        row = QHBoxLayout()
        for name, button in self._buttons.items():
            button.setObjectName(f"broadcast_{name}")
            button.clicked.connect(lambda _checked, name=name: self.wanted.emit(name))
            row.addWidget(button)
        column.addLayout(row)

    def show_row(self, row: BroadcastRow) -> None:
        self._title.setText(row.topic)
        state = words.state(row)
        self._state.setText(f"{state} · {row.segment}" if row.segment else state)
        self._what.setText(row.what)
        for name, button in self._buttons.items():
            button.setVisible(name in _CAN[row.state])

    def show_report(self, report: BroadcastReport) -> None:
        """The lines together are everybody."""
        self._people.setText(words.people(report.people))
        self._progress.setValue(STEPS * report.ended // max(report.people, 1))
        while len(self._rows) > len(report.lines):
            for part in self._rows.pop():
                discard(part)
        while len(self._rows) < len(report.lines):
            self._add_row()
        for (figure, line), (sentence, count) in zip(self._rows, report.lines, strict=True):
            figure.setText(number(count))
            line.setText(shown(sentence))

    def _add_row(self) -> None:
        figure, line = text(""), text("", "quiet", wraps=True)
        figure.setFont(font(tabular=True))
        figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        figure.setBuddy(line)
        line.setObjectName("broadcast_line")
        self._lines.addWidget(figure, len(self._rows), 0)
        self._lines.addWidget(line, len(self._rows), 1)
        self._rows.append((figure, line))
