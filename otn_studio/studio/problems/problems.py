"""The problems of the open flow: one line at the foot, which unfolds into the list of them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from otn_studio.blocks.finding import Finding
from otn_studio.flow.document import Flow
from otn_studio.studio.document.checker import Checker
from otn_studio.studio.document.document import Document
from otn_studio.studio.document.selection import Selection
from otn_studio.studio.later import Later
from otn_studio.studio.problems.foot import ProblemFoot
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.look import line

if TYPE_CHECKING:
    from otn_studio.studio.problems.table import ProblemTable


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
        self._theme = theme
        self._table = Later(self._made_table)
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
        self.foot.show_findings(self._document.flow, self._checker.findings)
        self._fold()

    def _fold(self) -> None:
        unfolded = self.foot.toggle.isChecked() and bool(self._checker.findings)
        if unfolded:
            self._table.made.show_findings(self._document.flow, self._checker.findings)
        self._table.setVisible(unfolded)
        self._line.setVisible(unfolded)

    def _made_table(self) -> "ProblemTable":
        from otn_studio.studio.problems.model import ProblemModel
        from otn_studio.studio.problems.table import ProblemTable

        table = ProblemTable(self._theme, ProblemModel())
        table.jumped.connect(self._jump)
        table.told.connect(self._selection.story_wanted)
        table.repaired.connect(self._repair)
        return table

    def _jump(self, finding: Finding) -> None:
        if finding.block not in self._document.flow.blocks:
            return
        if finding.language:
            self._selection.translation_wanted.emit(finding)
        else:
            self._selection.show(finding.block, finding.field)

    def _repair(self, finding: Finding) -> None:
        """Repair the flow as it is now, which may not be the one that was checked any more."""
        from otn_studio.studio.problems.repairs import repair

        found = repair(finding, self._placed())
        if found is not None:
            self._document.do(found.change, found.words)
