"""The problems of the open flow, live: checked off the GUI thread a moment after each change."""

from PySide6.QtCore import QObject, QTimer, Signal

from otn_studio.blocks.finding import Finding, Severity
from otn_studio.checks.check import check
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from otn_studio.studio.background import Background
from otn_studio.studio.document import Document

PAUSE_MILLISECONDS = 120


class Checker(QObject):
    """Emits ``changed`` when the findings are those of the flow as it is."""

    changed = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self._findings: tuple[Finding, ...] = ()
        self._background = Background(self)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self._check)
        document.changed.connect(self._pause.start)
        self._check()

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self._findings

    def of_block(self, block: str) -> tuple[Finding, ...]:
        return tuple(finding for finding in self._findings if finding.block == block)

    @property
    def has_errors(self) -> bool:
        return any(finding.severity is Severity.ERROR for finding in self._findings)

    def _check(self) -> None:
        flow = self._document.flow
        self._background.run(
            lambda: check(Project.of(flow))[flow.id], lambda found: self._take(flow, found)
        )

    def _take(self, flow: Flow, findings: tuple[Finding, ...]) -> None:
        if flow is self._document.flow:
            self._findings = findings
            self.changed.emit()
