"""The tests of the flow: run them all, see what failed and why, and what of the flow they pass."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from otn_studio.blocks.words import Words
from otn_studio.checks.conversations.playing import Result
from otn_studio.flow.document import Flow
from otn_studio.studio.document.document import Document
from otn_studio.studio.simulator import failing
from otn_studio.studio.simulator.run import SAVE_FIRST, TestRun
from otn_studio.studio.theme import icons
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.controls import CheckBox
from otn_studio.studio.widgets.look import text
from otn_studio.studio.words import _, shown


class TestsView(QWidget):
    """``play_wanted``: this result is to be gone through. ``light_wanted``: their way is to be seen
    on the canvas, or no more.
    """

    __test__ = False
    play_wanted = Signal(object)
    light_wanted = Signal(bool)

    def __init__(self, document: Document, run: TestRun, theme: Theme) -> None:
        super().__init__()
        self._document, self._run, self._theme = document, run, theme
        self._was_running = False
        self._names: tuple[str, ...] = ()
        self._marked = 0
        self._start = _button("tests.run", _("Run all tests"), "primary")
        self._cancel = _button("tests.cancel", _("Cancel"))
        self._progress = QProgressBar(textVisible=False)
        self._progress.setAccessibleName(_("How many tests have run"))
        self._summary = text("", wraps=True)
        self._summary.setObjectName("tests.summary")
        self._list = QListWidget()
        self._list.setObjectName("tests.list")
        self._list.setAccessibleName(_("Tests"))
        self._list.setProperty("look", "lines")
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setIconSize(QSize(16, 16))
        self._list.setWordWrap(True)
        self._failure = text("", "error", wraps=True)
        self._failure.setObjectName("tests.failure")
        self._play = _button("tests.play", _("Play it"))
        self._passed = text("", "quiet", wraps=True)
        self._passed.setObjectName("tests.passed")
        self._light = CheckBox(theme, _("Show on the canvas where they come through"))
        self._light.setObjectName("tests.light")
        self._lay_out()
        self._start.clicked.connect(lambda: run.start())
        self._cancel.clicked.connect(run.cancel)
        self._list.currentRowChanged.connect(self._show_chosen)
        self._list.itemDoubleClicked.connect(lambda _item: self._play.click())
        self._play.clicked.connect(lambda: self.play_wanted.emit(self._chosen()))
        self._light.toggled.connect(self.light_wanted)
        run.changed.connect(self._show)
        theme.changed.connect(self._recolor)
        self._show()

    @property
    def shows_on_canvas(self) -> bool:
        return self._light.isChecked()

    def showEvent(self, event) -> None:
        """Meanwhile there may be the first test, or a file beside which tests can stand."""
        self._show()
        super().showEvent(event)

    def choose_failed(self) -> None:
        """Select the first that failed."""
        failed = [n for n, result in enumerate(self._run.results) if result.failure is not None]
        if failed:
            self._list.setCurrentRow(failed[0])

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._start)
        head.addWidget(self._cancel)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._progress)
        column.addWidget(self._summary)
        column.addWidget(self._list, 1)
        column.addStretch()
        column.addWidget(self._failure)
        row = QHBoxLayout()
        row.addWidget(self._play)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._passed)
        column.addWidget(self._light, 0, Qt.AlignmentFlag.AlignLeft)

    def _show(self) -> None:
        run = self._run
        self._start.setEnabled(run.has_tests and not run.is_running)
        self._cancel.setVisible(run.is_running)
        self._progress.setVisible(run.is_running)
        has_ended = self._was_running and not run.is_running
        self._was_running = run.is_running
        self._progress.setRange(0, max(len(run.names), 1))
        self._progress.setValue(len(run.results))
        self._summary.setText(self._told())
        self._fill()
        if not run.is_running:
            self._show_passed()
        if has_ended:
            self.choose_failed()

    def _told(self) -> str:
        run = self._run
        if run.problem:
            return run.problem
        if run.is_running and not run.names:
            return _("One moment…")
        if run.is_running:
            return _("{n} of {all} have run", n=len(run.results), all=len(run.names))
        if run.is_cancelled:
            return _("Canceled: {n} of {all} have run", n=len(run.results), all=len(run.names))
        if not run.has_file:
            return shown(SAVE_FIRST)
        if not run.has_tests:
            return _(
                "Play a conversation, and save it as a test: it is played again, and fails once the"
                " flow goes another way."
            )
        if not run.results:
            return _("Run them to see whether the flow still goes the way it did.")
        if run.is_old:
            return _("The flow has changed since. Run them again.")
        return _summary(len(run.results), run.failed)

    def _fill(self) -> None:
        """Only what is new: there may be many, and each result is told."""
        if self._names != self._run.names:
            self._names, self._marked = self._run.names, 0
            self._list.clear()
            for name in self._names:
                self._list.addItem(QListWidgetItem(self._icon(None), name))
            self._list.setVisible(bool(self._names))
        for number, done in enumerate(self._run.results[self._marked :], self._marked):
            self._list.item(number).setIcon(self._icon(done))
        self._marked = len(self._run.results)
        self._show_chosen()

    def _recolor(self) -> None:
        self._names = ()
        self._fill()

    def _icon(self, done: Result | None) -> QIcon:
        roles = self._theme.roles
        if done is None:
            return icons.icon("circle-dashed", roles.quiet)
        if done.failure is None:
            return icons.icon("circle-check", roles.success)
        return icons.icon("triangle-alert", roles.danger)

    def _chosen(self) -> Result | None:
        row = self._list.currentRow()
        return self._run.results[row] if 0 <= row < len(self._run.results) else None

    def _show_chosen(self) -> None:
        chosen = self._chosen()
        self._play.setEnabled(chosen is not None)
        self._play.setVisible(bool(self._run.names))
        self._failure.setText(failing.told(self._document.flow, chosen) if chosen else "")
        self._failure.setVisible(bool(self._failure.text()))

    def _show_passed(self) -> None:
        flow, has_run = self._document.flow, bool(self._run.results)
        self._passed.setVisible(has_run)
        self._light.setVisible(has_run)
        if has_run:
            self._passed.setText(_passed(flow, self._run))


def _summary(count: int, failed: int) -> str:
    tests = Words("{n} test", plural="{n} tests", n=count)
    if not failed:
        return _("{tests}, none failed.", tests=tests)
    return _("{tests}, {failed} failed.", tests=tests, failed=failed)


def _passed(flow: Flow, run: TestRun) -> str:
    blocks, ways = run.passed.left_out(flow)
    all_ways = sum(1 for _way in flow.all_connections())
    return _(
        "They come through {blocks} of {all_blocks} blocks and {ways} of {all_ways} connections.",
        blocks=len(flow.blocks) - len(blocks),
        all_blocks=len(flow.blocks),
        ways=all_ways - len(ways),
        all_ways=all_ways,
    )


def _button(name: str, words: str, look: str = "") -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(name)
    if look:
        button.setProperty("look", look)
    return button
