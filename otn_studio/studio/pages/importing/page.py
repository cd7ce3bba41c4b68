"""Import: what becomes of another program's file is shown, and then it is made so, or not."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from otn_studio.blocks.words import Words
from otn_studio.exchange import folder as folders
from otn_studio.exchange.report import FATE_WORDS, Fate, counted
from otn_studio.studio.background import Background
from otn_studio.studio.pages.importing.list import ImportList
from otn_studio.studio.pages.importing.rows import ImportRows
from otn_studio.studio.pages.importing.waiting import Waiting
from otn_studio.studio.pages.importing.work import Cancelled, Found, Job, look_into
from otn_studio.studio.pages.page import SIDE, head_with_way_back
from otn_studio.studio.problem_words import of_file, sentence
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.elided import Elided
from otn_studio.studio.widgets.empty import Empty
from otn_studio.studio.widgets.look import ThemedIcon, line, look
from otn_studio.studio.widgets.question import Question
from otn_studio.studio.widgets.search import SearchField
from otn_studio.studio.widgets.segments import HEIGHT, Segments
from otn_studio.studio.words import _, shown
from otn_studio.studio.written import number

FATES = (None, *Fate)
WAITING, FOUND, TROUBLE = range(3)
NAMED = 3


class ImportPage(QWidget):
    """``left``: back. ``imported``: these files are new. ``another``: another file is wanted."""

    left = Signal()
    imported = Signal(list)
    another = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        look(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._background = Background(self)
        self._job: Job | None = None
        self._file = Path()
        self._folder = Path()
        self._found: Found | None = None
        self._rows = ImportRows()
        self._rows.setParent(self)
        self._title = Elided("", "title", middle=True)
        self._about = Elided("", "quiet", middle=True)
        self._import = _button("import_now", _("Import"), "primary")
        self._import.clicked.connect(self._ask_and_import)
        self._change = _button("import_folder", _("Other folder…"))
        self._change.clicked.connect(self._ask_folder)
        self._fates = Segments("import_fate", [""] * len(FATES))
        self._fates.chosen.connect(lambda _number: self._filter())
        self._search = SearchField(theme, "import_search", _("Search"))
        self._search.textChanged.connect(lambda _words: self._filter())
        self._list = ImportList(self._rows, theme)
        self._nothing = Empty("import_none")
        self._nothing.say(_("Nothing fits what you are looking for."), _("Show all"))
        self._nothing.pressed.connect(self._show_all)
        self._trouble = Empty("import_trouble")
        self._trouble.pressed.connect(self.another)
        self._waiting = Waiting()
        self._waiting.cancelled.connect(self._cancel)
        self._middle = QStackedWidget()
        self._lay_out(theme)

    def show_file(self, file: Path, folder: Path) -> None:
        """Show what would become of it in that folder."""
        self._file, self._folder = file, folder
        self._found = None
        self._title.say(_("Import {file}", file=file.name))
        self._begin(_("Reading {file}…", file=file.name))
        self._run(lambda step: look_into(file, folder), self._show)

    def _lay_out(self, theme: Theme) -> None:
        leave = _button("leave_import", _("Back"), "quiet")
        ThemedIcon(leave, theme, "chevron-left", "quiet")
        leave.clicked.connect(self._leave)
        head = _row(leave, self._title, self._import)
        head.setContentsMargins(head_with_way_back())
        head.addStrut(HEIGHT)
        head.setStretch(1, 1)
        place = _row(self._about, self._change)
        place.setStretch(0, 1)
        choice = _row(self._fates, self._search)
        choice.insertStretch(1, 1)
        found = QWidget()
        column = QVBoxLayout(found)
        column.setContentsMargins(SIDE, 12, SIDE, 16)
        column.setSpacing(12)
        column.addLayout(place)
        column.addLayout(choice)
        column.addWidget(self._nothing, 1)
        column.addWidget(self._list, 1)
        column.addStretch()
        for page in (self._waiting, found, self._trouble):
            self._middle.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(line())
        whole.addWidget(self._middle, 1)

    def _run(self, work: Callable, then: Callable) -> None:
        """What comes of a job that is no longer wanted is let go."""
        job = self._job = Job()
        job.came.connect(self._waiting.show_done, Qt.ConnectionType.QueuedConnection)

        def done(result: object) -> None:
            if self._job is job:
                self._job = None
                then(result)

        def failed(error: Exception) -> None:
            if self._job is job:
                self._job = None
                self._complain(error)

        self._background.run(lambda: work(job.step), done, failed)

    def _begin(self, words: str) -> None:
        self._import.setEnabled(False)
        self._waiting.begin(words)
        self._middle.setCurrentIndex(WAITING)

    def _show(self, found: Found) -> None:
        self._found = found
        flows = {flow.id: flow.name for flow in found.imported.flows}
        count = Words("{n} flow", plural="{n} flows", n=len(flows))
        about = _(
            "{program} · {flows} · into {folder}",
            program=found.program,
            flows=shown(count),
            folder=self._folder,
        )
        self._about.say(about)
        self._about.setToolTip(str(self._folder))
        counts = counted(found.imported.items)
        for place, fate in enumerate(FATES):
            word = _("All") if fate is None else shown(FATE_WORDS[fate])
            figure = sum(counts.values()) if fate is None else counts[fate]
            self._fates.say(place, f"{word}  {number(figure)}")
        self._fates.choose(0)
        self._search.clear()
        self._rows.show(found.imported.items, flows)
        self._filter()
        self._import.setEnabled(bool(flows))
        self._middle.setCurrentIndex(FOUND)
        self._list.setFocus()

    def _filter(self) -> None:
        self._rows.filter(FATES[self._fates.number], self._search.text())
        self._nothing.setVisible(not self._rows.rows)
        self._list.setVisible(bool(self._rows.rows))

    def _show_all(self) -> None:
        self._fates.choose(0)
        self._search.clear()
        self._filter()
        self._list.setFocus()

    def _complain(self, error: Exception) -> None:
        if isinstance(error, Cancelled) and self._found is not None:
            self._show(self._found)
            return
        self._trouble.say(of_file(self._file, sentence(error)), _("Choose another file…"))
        self._middle.setCurrentIndex(TROUBLE)

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Import into"), str(self._folder))
        if chosen:
            self.show_file(self._file, Path(chosen))

    def _ask_and_import(self) -> None:
        found, folder = self._found, self._folder
        if found is not None and self._may_replace(found):
            self._begin(_("Writing into {folder}…", folder=folder))
            flows = found.imported.flows
            self._run(lambda step: folders.put(flows, folder, step), self.imported.emit)

    def _may_replace(self, found: Found) -> bool:
        """Ask before files are written over, those of the same import done before."""
        if not found.there:
            return True
        names = ", ".join(path.name for path in found.there[:NAMED])
        words = Words(
            "{files} is in this folder already, and would be replaced.",
            plural="{n} files are in this folder already, and would be replaced: {files}.",
            n=len(found.there),
            files=names if len(found.there) <= NAMED else f"{names}, …",
        )
        question = Question(self.window(), "import_over", _("Replace what is there?"), shown(words))
        question.offer("leave", _("Don’t import"), "primary")
        question.offer("replace", _("Replace"), "danger")
        return question.ask() == "replace"

    def _cancel(self) -> None:
        """Reading comes to nothing. Writing stops, and leaves everything as it was."""
        if self._job is not None and self._found is not None:
            self._job.is_cancelled = True
            self._waiting.stop()
        else:
            self._leave()

    def _leave(self) -> None:
        if self._job is not None:
            self._job.is_cancelled = True
        self._job = self._found = None
        self.left.emit()


def _button(name: str, words: str, kind: str = "") -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(name)
    if kind:
        look(button, kind)
    return button


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    return row
