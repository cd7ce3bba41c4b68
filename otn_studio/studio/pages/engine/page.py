"""Engine: whether it runs, for whom, how much is waiting, and what is the matter with it."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from otn_studio.studio.pages import figures
from otn_studio.studio.pages.engine.badge import EngineDot
from otn_studio.studio.pages.engine.engine_processes import EngineProcesses
from otn_studio.studio.pages.engine.engine_watch import EngineWatch
from otn_studio.studio.pages.page import Page
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.theme.type import TEXT, font
from otn_studio.studio.widgets.look import look, text
from otn_studio.studio.widgets.question import Question
from otn_studio.studio.widgets.scrolling import Scrolling
from otn_studio.studio.words import _
from otn_studio.studio.written import number

WIDTH = 560


def _utc_now() -> datetime:
    return datetime.now(UTC)


class EnginePage(Page):
    """Shows the engine, starts and stops it.

    The ``watch`` is that of all that shows the engine, such as the badge in the window's foot.
    """

    def __init__(
        self,
        watch: EngineWatch,
        theme: Theme,
        page_name: str = "",
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        super().__init__(_("Engine"))
        self.watch = watch
        self._page_name = page_name or _("Your Page")
        self._now = now
        self._state = text("", "heading")
        self._state.setObjectName("engine_state")
        self._about = text("", "quiet", wraps=True)
        self._about.setObjectName("engine_about")
        self._problem = text("", "warning", wraps=True)
        self._problem.setObjectName("engine_problem")
        self._facts: dict[str, QLabel] = {}
        self._switch = QPushButton()
        self._switch.setObjectName("engine_switch")
        self._switch.clicked.connect(self._press)
        self._go_on = QPushButton(_("Go on"))
        self._go_on.setObjectName("engine_go_on")
        look(self._go_on, "primary")
        self._go_on.clicked.connect(self._let_go_on)
        self._resting: QPushButton | None = None
        self._processes = EngineProcesses()
        self._only_here: list[QWidget] = []
        self._lay_out(theme)
        self.watch.show_to(self)
        self.watch.changed.connect(self._show)
        self._show()

    def _lay_out(self, theme: Theme) -> None:
        card = QFrame()
        look(card, "card")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(EngineDot(self.watch, theme))
        head.addWidget(self._state)
        head.addStretch(1)
        head.addWidget(self._switch)
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(self._row_of_problem())
        column.addLayout(self._table_of_facts())
        column.addWidget(self._processes)
        column.addWidget(self._about)
        self._below = QVBoxLayout()
        inner = QWidget()
        inner.setMaximumWidth(WIDTH)
        room = QVBoxLayout(inner)
        room.setContentsMargins(0, 0, 0, 0)
        room.setSpacing(0)
        room.addWidget(card)
        room.addLayout(self._below)
        room.addStretch(1)
        self.column.addSpacing(24)
        self.scroll(Scrolling("engine_room", inner))

    def put_below(self, card: QFrame, only_here: bool = False) -> None:
        """Something that also belongs to the engine; ``only_here``: to one on this computer."""
        apart = QWidget()
        column = QVBoxLayout(apart)
        column.setContentsMargins(0, 16, 0, 0)
        column.addWidget(card)
        self._below.addWidget(apart)
        if only_here:
            self._only_here.append(apart)
            self._show()

    def _row_of_problem(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self._problem, 1)
        row.addWidget(self._go_on, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _table_of_facts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        names = {"since": _("Since"), "waiting": _("Waiting"), "for": _("Works for")}
        for row, (key, words) in enumerate(names.items()):
            value = text("")
            value.setObjectName(f"engine_{key}")
            value.setFont(font(TEXT, tabular=True))
            self._facts[key] = value
            grid.addWidget(text(words, "quiet"), row, 0)
            grid.addWidget(value, row, 1)
        return grid

    def _press(self) -> None:
        if self.watch.state.running:
            self.watch.stop()
        else:
            self.watch.start()

    def _let_go_on(self) -> None:
        if not self.watch.state.restored or self._was_looked_at():
            self.watch.go_on()

    def _was_looked_at(self) -> bool:
        words = _(
            "What waits goes out at once, and can’t be called back. Look at what was restored first: "
            "the flows, the topics."
        )
        question = Question(self, "go_on_window", _("Start sending?"), words)
        question.offer("go_on", _("Start sending"))
        question.offer("wait", _("Not yet"), "primary")
        return question.ask() == "go_on"

    def _show(self) -> None:
        state = self.watch.state
        problem = self.watch.problem or state.problem
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self._state.setText(self._heading())
        self._about.setText(self._explanation())
        self._about.setVisible(state.on_servers or not (state.running and state.problem))
        since = figures.past(state.since, self._now()) if state.since else "–"
        self._facts["since"].setText(since)
        self._facts["waiting"].setText(_messages(state.waiting))
        works_for = (
            _("Practice: nothing reaches real people") if state.practice else self._page_name
        )
        self._facts["for"].setText(works_for)
        self._processes.show_all(state.processes, self._now())
        self._go_on.setVisible(state.may_go_on)
        self._allow(self._go_on, not self.watch.is_changing)
        for part in (self._switch, *self._only_here):
            part.setVisible(not state.on_servers)
        self._switch.setText(_("Stop") if state.running else _("Start"))
        self._allow(self._switch, self.watch.is_known and not self.watch.is_changing)
        look(self._switch, "" if state.running else "primary")

    def _allow(self, button: QPushButton, allowed: bool) -> None:
        """One that rests gets the keys back later: else the page would jump to what comes next."""
        if button.hasFocus() and not allowed:
            self._resting = button
            self.setFocus()
        button.setEnabled(allowed)
        if allowed and self._resting is button and self.hasFocus():
            button.setFocus()

    def _heading(self) -> str:
        running = self.watch.state.running
        if self.watch.is_switching:
            return _("Stopping…") if running else _("Starting…")
        if not self.watch.is_known:
            return _("One moment…")
        return _("The engine is running") if running else _("The engine is stopped")

    def _explanation(self) -> str:
        if self.watch.state.on_servers:
            return _("It runs on servers, and is started and stopped there.")
        if self.watch.state.running:
            return _("It keeps answering people when you close this window.")
        return _("While it is stopped, nobody gets an answer. What people write waits for it.")


def _messages(count: int) -> str:
    return _("{count} message", plural="{count} messages", n=count, count=number(count))
