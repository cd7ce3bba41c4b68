"""The problems of the open flow: one line at the foot, which unfolds into the list of them."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from otn_studio.blocks.finding import Finding
from otn_studio.flow.document import Flow
from otn_studio.studio.flows.checker import Checker
from otn_studio.studio.flows.document import Document
from otn_studio.studio.flows.selection import Selection
from otn_studio.studio.problems.foot import ProblemFoot
from otn_studio.studio.problems.model import ProblemModel
from otn_studio.studio.problems.repairs import repair
from otn_studio.studio.problems.table import ProblemTable
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.look import line


class Problems(QWidget):
    """Folded, until the person or a refused publication unfolds it."""

    def __init__(
        self,
        document: Document,
        selection: Selection,
        checker: Checker,
        theme: Theme,
        placed: Callable[[], Flow] | None = None,
    ) -> None:
        """``foot`` stands below the list, until a window takes it into a foot of its own.

        ``placed`` tells the flow with a place for every block, for what a repair puts beside one.
        """
        super().__init__()
        self._placed = placed or (lambda: document.flow)
        self._document = document
        self._selection = selection
        self._checker = checker
        self._table = ProblemTable(theme, ProblemModel())
        self._table.jumped.connect(self._jump)
        self._table.told.connect(selection.story_wanted)
        self._table.repaired.connect(self._repair)
        self._line = line()
        self.foot = ProblemFoot(theme)
        self.foot.toggle.toggled.connect(self._fold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._line)
        column.addWidget(self._table)
        column.addWidget(self.foot)
        checker.changed.connect(self._show)
        self._show()

    def unfold(self, unfolded: bool = True) -> None:
        self.foot.toggle.setChecked(unfolded)

    def _show(self) -> None:
        if not isValid(self.foot):
            return  # the window, which had taken it, has ended first
        self._table.show_findings(self._document.flow, self._checker.findings)
        self.foot.show_findings(self._checker.findings)
        self._fold()

    def _fold(self) -> None:
        unfolded = self.foot.toggle.isChecked() and bool(self._checker.findings)
        self._table.setVisible(unfolded)
        self._line.setVisible(unfolded)

    def _jump(self, finding: Finding) -> None:
        if finding.block not in self._document.flow.blocks:
            return
        if finding.language:
            self._selection.translation_wanted.emit(finding)
        else:
            self._selection.show(finding.block, finding.field)

    def _repair(self, finding: Finding) -> None:
        """Repair the flow as it is now, which may not be the one that was checked any more."""
        found = repair(finding, self._placed())
        if found is not None:
            self._document.do(found.change, found.words)
