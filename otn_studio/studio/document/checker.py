"""The problems of the open flow, live: checked off the GUI thread a moment after each change."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from otn_studio.blocks.finding import Finding, Severity
from otn_studio.checks.memory import Memory
from otn_studio.flow.document import Flow
from otn_studio.flow.files import missing
from otn_studio.flow.project import Project
from otn_studio.studio.background import Background
from otn_studio.studio.document.document import Document
from otn_studio.studio.document.other_flows import OtherFlows

PAUSE_MILLISECONDS = 120


class Checker(QObject):
    """Emits ``changed`` when the findings are those of the flow as it is, among the ``others``.

    A quick look comes first; what it leaves open, a thorough one says soon after.
    """

    changed = Signal()

    def __init__(self, document: Document, others: OtherFlows | None = None) -> None:
        super().__init__(document)
        self.others = others or OtherFlows(document)
        self._document = document
        self._findings: tuple[Finding, ...] = ()
        self._memory = Memory()
        self._background = Background(self)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self._check)
        document.changed.connect(self._pause.start)
        self.others.changed.connect(self._pause.start)
        self._check()

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self._findings

    def of_block(self, block: str) -> tuple[Finding, ...]:
        return tuple(finding for finding in self._findings if finding.block == block)

    @property
    def has_errors(self) -> bool:
        return any(finding.severity is Severity.ERROR for finding in self._findings)

    def _check(self, *, quickly: bool = True) -> None:
        """One look at a time: they share what they remember."""
        if self._background.is_busy:
            self._pause.start()
            return
        project, flow = self.others.project(), self._document.flow
        folder = self._document.folder
        self._background.run(
            lambda: _found(_with_files(project, flow, folder), self._memory, quickly)[flow.id],
            lambda found: self._take(flow, found, quickly),
        )

    def _take(self, flow: Flow, findings: tuple[Finding, ...], quickly: bool) -> None:
        if flow is not self._document.flow:
            return
        if quickly:
            findings = tuple(_as_known(findings, self._findings))
        if findings != self._findings or quickly:
            self._findings = findings
            self.changed.emit()
        if quickly:
            self._check(quickly=False)


def _found(project: Project, memory: Memory, quickly: bool) -> Mapping[str, tuple[Finding, ...]]:
    """What the checks find. They are loaded here, in the background: it takes a while."""
    from otn_studio.checks.check import check

    return check(project, memory, quickly)


def _with_files(project: Project, flow: Flow, folder: Path | None) -> Project:
    """The project with what is known of the open flow's files."""
    return replace(project, missing={flow.id: missing(flow, folder)})


def _as_known(quick: Iterable[Finding], before: Iterable[Finding]) -> Iterator[Finding]:
    """What a quick look leaves open stays as it was told before, so that nothing flickers."""
    known = {(f.code, f.block): f for f in before if f.story is not None}
    for finding in quick:
        is_open = finding.severity is Severity.UNSURE
        yield known.get((finding.code, finding.block), finding) if is_open else finding
