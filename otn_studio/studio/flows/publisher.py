"""Publishing the open flow: errors stop it, warnings ask."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from otn_studio.blocks.finding import Severity
from otn_studio.blocks.words import Problem, Words
from otn_studio.studio.background import Background
from otn_studio.studio.flows.builder import Builder
from otn_studio.studio.preferences.kept import Preferences
from otn_studio.studio.services.services import Published, Publishing
from otn_studio.studio.widgets.question import Question
from otn_studio.studio.words import _, shown

if TYPE_CHECKING:
    from otn_studio.studio.simulator.run import TestRun


class Publisher(QObject):
    """Publishes what a builder shows, and knows which version is live."""

    changed = Signal()
    said = Signal(str)
    """Something that the person should know, in one sentence."""

    def __init__(self, builder: Builder, publishing: Publishing, preferences: Preferences) -> None:
        super().__init__(builder)
        self._builder = builder
        self._publishing = publishing
        self._preferences = preferences
        self._background = Background(self)
        self.live_version: int | None = None
        self.is_busy = False
        self.look()

    def look(self) -> None:
        """Which version is live may have changed elsewhere."""
        flow_id = self._builder.document.flow.id
        self._background.run(
            lambda: self._publishing.live_version(flow_id), self._learn, lambda error: None
        )

    def publish(self, window: QWidget) -> None:
        """Publish; what is in the way is said, or asked in a dialog over ``window``."""
        if self.is_busy:
            return
        checker, selection = self._builder.checker, self._builder.selection
        errors = [f for f in checker.findings if f.severity is Severity.ERROR]
        warnings = sum(f.severity is Severity.WARNING for f in checker.findings)
        if errors:
            self._builder.problems.unfold()
            if errors[0].block:
                selection.show(errors[0].block, errors[0].field)
            self.said.emit(shown(_errors_first(len(errors))))
        elif not warnings or self._agreed(window, warnings):
            self._test(window)

    def _test(self, window: QWidget) -> None:
        """Its tests first, where it has a file beside which they stand."""
        if self._builder.document.path is None:
            self._start()
            return
        self.is_busy = True
        self.changed.emit()
        self._builder.simulator.run.start(lambda: self._tested(window))

    def _tested(self, window: QWidget) -> None:
        self.is_busy = False
        self.changed.emit()
        run = self._builder.simulator.run
        if run.is_cancelled:
            self.said.emit(_("The tests were canceled, so nothing was published."))
        elif run.is_old:
            self._test(window)
        elif not (run.failed or run.problem) or self._agreed_all_the_same(window, run):
            self._start()

    def _agreed_all_the_same(self, window: QWidget, run: "TestRun") -> bool:
        title, words = (
            _("Publish it all the same?"),
            run.problem or shown(_tests_failed(run.failed)),
        )
        question = Question(window, "publish_untested", title, words)
        question.offer("publish", _("Publish anyway"))
        question.offer("look", _("Look at the tests first"), "primary")
        agreed = question.ask() == "publish"
        if not agreed:
            self._builder.show_simulator(True)
            self._builder.simulator.show_tests()
        return agreed

    def _agreed(self, window: QWidget, warnings: int) -> bool:
        title, words = _("Publish it all the same?"), shown(_warned(warnings))
        question = Question(window, "publish_anyway", title, words)
        question.offer("publish", _("Publish anyway"))
        question.offer("look", _("Look at them first"), "primary")
        agreed = question.ask() == "publish"
        if not agreed:
            self._builder.problems.unfold()
        return agreed

    def _start(self) -> None:
        self.is_busy = True
        self.changed.emit()
        flow, folder = self._builder.document.flow, self._builder.document.folder
        by = self._preferences.name
        self._background.run(
            lambda: self._publishing.publish(flow, folder, by), self._done, self._failed
        )

    def _learn(self, version: int | None) -> None:
        self.live_version = version
        self.changed.emit()

    def _done(self, made: Published) -> None:
        self.is_busy = False
        self.live_version = made.version
        self.changed.emit()
        self.said.emit(_("Version {version} is live.", version=made.version))

    def _failed(self, error: Exception) -> None:
        self.is_busy = False
        self.changed.emit()
        if isinstance(error, Problem):
            self.said.emit(shown(error.words))
        else:
            self.said.emit(_("Publishing failed: {problem}", problem=error))


def _errors_first(count: int) -> Words:
    return Words(
        "{n} problem has to be mended before this can be published.",
        plural="{n} problems have to be mended before this can be published.",
        n=count,
    )


def _tests_failed(count: int) -> Words:
    return Words(
        "{n} test of this flow failed: it goes another way than it was kept.",
        plural="{n} tests of this flow failed: it goes another way than they were kept.",
        n=count,
    )


def _warned(count: int) -> Words:
    return Words(
        "There is {n} warning about this flow.",
        plural="There are {n} warnings about this flow.",
        n=count,
    )
