"""The Pages on the Engine page: which are connected, and which one the studio works for."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QLocale, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from otn_studio.studio.background import Background
from otn_studio.studio.connecting.assistant import Assistant
from otn_studio.studio.connecting.store import PRACTICE, PageRow, Pages
from otn_studio.studio.problem_words import sentence
from otn_studio.studio.secrets.known import KnownSecrets
from otn_studio.studio.secrets.store import Secrets
from otn_studio.studio.secrets.unlock import when_open
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.controls import ElidedLabel, discard
from otn_studio.studio.widgets.look import line, look, text
from otn_studio.studio.widgets.question import Question
from otn_studio.studio.words import _

WIDTH = 560
MARGIN = 16


class PagesCard(QFrame):
    """``again``: the studio is to open anew, for another Page."""

    again = Signal()

    def __init__(self, pages: Pages, secrets: Secrets, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("pages_card")
        look(self, "card")
        self.setMaximumWidth(WIDTH)
        self._pages, self._theme = pages, theme
        self._background = Background(self)
        self._known = KnownSecrets(secrets, self)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self._problem = text("", "error", wraps=True)
        self._problem.setObjectName("pages_problem")
        self._connect = QPushButton(_("Connect a Page…"))
        self._connect.setObjectName("connect_page")
        self._connect.clicked.connect(lambda: self._assist(None))
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(text(_("Pages"), "heading"), 1)
        head.addWidget(self._connect)
        about = _(
            "Without a Page, everything works in practice. Several Pages can stand side by side."
        )
        if self._pages.handed_over:
            about = _("The server says which Page this is, and how it is connected.")
        self._connect.setVisible(not self._pages.handed_over)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(text(about, "quiet", wraps=True))
        column.addLayout(self._rows)
        column.addWidget(self._problem)
        self._problem.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._known.refresh()
        self.refresh()

    def event(self, event: QEvent) -> bool:
        """Be as high as it has to be: the page asks how high that is in its own width, not in ours."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.setMinimumHeight(self.layout().totalHeightForWidth(WIDTH))
        return super().event(event)

    def refresh(self) -> None:
        self._background.run(self._pages.all, self._show, self._failed)

    def _show(self, rows: Sequence[PageRow]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            discard(item.widget())
        if self._pages.handed_over:
            return
        for row in rows:
            self._rows.addWidget(line())
            self._rows.addWidget(self._row(row))

    def _row(self, page: PageRow) -> QWidget:
        made = QWidget()
        made.setObjectName(f"page_{page.id}")
        name, about = ElidedLabel("strong"), text(_state(page), _kind(page), wraps=True)
        name.show_text(_title(page))
        about.setObjectName(f"page_state_{page.id}")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(name, 1)
        for button in self._buttons(page):
            button.setAccessibleDescription(_title(page))
            row.addWidget(button)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(about)
        return made

    def _buttons(self, page: PageRow) -> list[QPushButton]:
        made = []
        if (not page.chosen and page.next_step is None) or _is_left_practice(page):
            work = _button(f"work_for_{page.id}", _("Work for it"))
            work.clicked.connect(lambda: self._work_for(page.id))
            made.append(work)
        if page.id != PRACTICE:
            words = _("Steps…") if page.next_step is None else _("Go on…")
            steps = _button(f"steps_{page.id}", words)
            steps.clicked.connect(lambda: self._assist(page))
            leave = _button(f"disconnect_{page.id}", _("Disconnect"), "quiet")
            leave.clicked.connect(lambda: self._ask_to_disconnect(page))
            made += [steps, leave]
        return made

    def _assist(self, page: PageRow | None) -> None:
        when_open(self._known, self.window(), lambda: self._open(page))

    def _open(self, page: PageRow | None) -> None:
        assistant = Assistant(self._pages, page, self._theme, self.window())
        assistant.changed.connect(self.refresh)
        assistant.work_for.connect(self._work_for)
        assistant.open()

    def _work_for(self, page_id: str) -> None:
        self._background.run(
            lambda: self._pages.choose(page_id), lambda _done: self.again.emit(), self._failed
        )

    def _ask_to_disconnect(self, page: PageRow) -> None:
        words = _(
            "Nobody gets an answer from “{page}” any more. Its people, topics and permissions stay, and"
            " it can be connected again.",
            page=page.name,
        )
        title = _("Disconnect “{page}”?", page=page.name)
        question = Question(self, "disconnect_window", title, words)
        question.offer("disconnect", _("Disconnect"), "danger")
        question.offer("stay", _("Leave it connected"), "primary")
        if question.ask() == "disconnect":
            self._background.run(
                lambda: self._pages.disconnect(page.id),
                lambda _done: self._disconnected(page),
                self._failed,
            )

    def _disconnected(self, page: PageRow) -> None:
        if page.chosen:
            self.again.emit()
        else:
            self.refresh()

    def _failed(self, error: Exception) -> None:
        self._problem.setText(sentence(error))
        self._problem.show()


def _is_left_practice(page: PageRow) -> bool:
    return page.id == PRACTICE and not page.chosen


def _title(page: PageRow) -> str:
    return _("Practice") if page.id == PRACTICE else page.name


def _state(page: PageRow) -> str:
    """The gravest of what there is to say."""
    if page.id == PRACTICE:
        return _("The studio works for it.") if page.chosen else _("Nothing reaches real people.")
    if page.stopped:
        return page.stopped
    if page.ends_soon and page.ends_at is not None:
        day = QLocale().toString(page.ends_at.date(), QLocale.FormatType.LongFormat)
        return _(
            "Its access key ends on {day}. Press “Steps…” and paste a new one before that.", day=day
        )
    if page.next_step is not None:
        return _("Half connected: what was tested is saved.")
    return _("Connected. The studio works for it.") if page.chosen else _("Connected.")


def _kind(page: PageRow) -> str:
    if page.stopped:
        return "error"
    return "warning" if page.ends_soon else "quiet"


def _button(name: str, words: str, kind: str = "") -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(name)
    if kind:
        look(button, kind)
    return button
