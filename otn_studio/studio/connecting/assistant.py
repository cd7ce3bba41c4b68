"""The assistant that connects a Page: a step at a time, each tested, each to be repeated later."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from otn_studio.studio.background import Background
from otn_studio.studio.connecting import forms
from otn_studio.studio.connecting.outcome import Outcome
from otn_studio.studio.connecting.rail import StepRail
from otn_studio.studio.connecting.rules import RulesForm
from otn_studio.studio.connecting.said import STEPS
from otn_studio.studio.connecting.store import NotYet, PageRow, Pages, Step
from otn_studio.studio.help.button import HelpButton
from otn_studio.studio.help.places import CONNECTING
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.look import look, text
from otn_studio.studio.words import _, shown

WIDTH, HEIGHT = 760, 600
LOOKS_EVERY = 2_000
"""Milliseconds between two looks for the first message."""
Failed = Callable[[Exception], None]


class Assistant(QDialog):
    """``changed``: a Page is known better than before. ``work_for``: the studio is to serve it now."""

    changed = Signal()
    work_for = Signal(str)

    def __init__(self, pages: Pages, row: PageRow | None, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("connect_window")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._pages, self._row = pages, row
        self._step: Step | None = None
        self._background = Background(self)
        self._rail = StepRail(theme)
        self._rail.chosen.connect(self._show)
        self._title = text("", "heading")
        self._title.setObjectName("step_title")
        self._about = text("", "quiet", wraps=True)
        self._forms = forms.make(pages, theme)
        self._outcome = Outcome()
        self._main = _button("test_step", "", self._test, "primary")
        self._check = _button("check_step", _("I have entered it"), lambda: self._test("check"))
        self._later = _button("later", _("Later"), self.reject)
        self._help = HelpButton(theme, CONNECTING)
        self._watch = QTimer(self, interval=LOOKS_EVERY)
        self._watch.timeout.connect(self._look)
        self._main.setDefault(True)
        self._lay_out()
        self._show(Step.TOKEN if row is None else row.next_step or Step.TOKEN)

    def _lay_out(self) -> None:
        self.setWindowTitle(_("Connect a Page"))
        self.resize(QSize(WIDTH, HEIGHT).boundedTo(self.screen().availableSize()))
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 20, 24, 12)
        column.setSpacing(12)
        for part in (self._title, self._about, *self._forms.values(), self._outcome):
            column.addWidget(part)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.viewport().setAutoFillBackground(False)
        area.setWidget(inner)
        inner.setAutoFillBackground(False)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(24, 0, 24, 20)
        buttons.setSpacing(8)
        buttons.addWidget(self._later)
        buttons.addWidget(self._help)
        buttons.addStretch(1)
        buttons.addWidget(self._check)
        buttons.addWidget(self._main)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(area, 1)
        right.addLayout(buttons)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._rail)
        whole.addLayout(right, 1)

    def _show(self, step: Step | None) -> None:
        """A step, or, without one, that all is done."""
        self._step = step
        self._outcome.say("")
        self._rail.show_row(self._row, step)
        self._check.setVisible(step is Step.VERIFICATION)
        for of_step, form in self._forms.items():
            form.setVisible(of_step is step)
        self._watch.stop()
        if step is None:
            self._show_done()
            return
        said, form = STEPS[step], self._forms[step]
        self._title.setText(shown(said.name))
        self._about.setText(shown(said.about))
        self._main.setText(shown(said.button))
        is_done = self._row is not None and self._row.next_step is None
        self._later.setText(_("Close") if is_done else _("Later"))
        form.show_row(self._row)
        form.setFocus()
        if step is Step.RULES and self._row is not None and not self._row.profile:
            self._ask_for_proposal(self._row.id)
        if step is Step.MESSAGE:
            self._outcome.say(_("Waiting for your message…"))
            self._watch.start()

    def _show_done(self) -> None:
        assert self._row is not None
        name = self._row.name
        self._title.setText(_("“{page}” is connected", page=name))
        words = _(
            "All steps were tested. Publish your flows for this Page, and it answers. You can repeat"
            " any step later."
        )
        self._about.setText(words)
        self._main.setText(_("Work for this Page"))
        self._main.setVisible(not self._row.chosen)
        self._later.setText(_("Done"))

    def _ask_for_proposal(self, page_id: str) -> None:
        form = self._forms[Step.RULES]
        assert isinstance(form, RulesForm)
        self._background.run(
            lambda: self._pages.propose(page_id), form.propose, self._outcome.complain
        )

    def _test(self, how: str = "enter") -> None:
        if self._step is None:
            assert self._row is not None
            self.work_for.emit(self._row.id)
            self.accept()
            return
        self._wait(True)
        self._outcome.say(_("One moment…"))
        given = {**self._forms[self._step].given(), "how": how}
        self._run(self._step, given, self._failed)

    def _look(self) -> None:
        """Whether the first message has come."""
        if not self._background.is_busy:
            self._run(Step.MESSAGE, self._forms[Step.MESSAGE].given(), self._not_come)

    def _run(self, step: Step, given: Mapping[str, str], failed: Failed) -> None:
        page_id = self._row.id if self._row is not None else ""
        self._background.run(
            lambda: self._pages.test(step, page_id, given),
            lambda row: self._passed(step, row),
            failed,
        )

    def _passed(self, step: Step, row: PageRow) -> None:
        """Go on with what is left; a step that was repeated stays, so that one sees that it is fine."""
        was_done = self._row is not None and step in self._row.passed
        self._row = row
        self._wait(False)
        self.changed.emit()
        if self._step is not step:
            self._rail.show_row(row, self._step)
            return
        self._show(step if was_done and row.next_step is None else row.next_step)
        if was_done and self._step is step:
            self._watch.stop()
            self._outcome.say(_("All is well."))

    def _failed(self, error: Exception) -> None:
        self._wait(False)
        if self._step is not None:
            self._forms[self._step].setFocus()
        if isinstance(error, NotYet):
            self._outcome.say(_("Waiting for your message…"))
        else:
            self._outcome.complain(error)

    def _not_come(self, error: Exception) -> None:
        if self._step is Step.MESSAGE and not isinstance(error, NotYet):
            self._watch.stop()
            self._outcome.complain(error)

    def _wait(self, waits: bool) -> None:
        for part in (self._main, self._check, self._rail, *self._forms.values()):
            part.setEnabled(not waits)


def _button(name: str, words: str, press: Callable[[], None], kind: str = "") -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(name)
    button.setAutoDefault(False)
    if kind:
        look(button, kind)
    button.clicked.connect(lambda: press())
    return button
