"""The problems as a table: what is wrong, how it happens, and the repair of one press."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from otn_studio.blocks.finding import Finding
from otn_studio.flow.document import Flow
from otn_studio.studio.panel.fields import label
from otn_studio.studio.problems.repair import Repair
from otn_studio.studio.problems.repairs import repair
from otn_studio.studio.problems.signs import word
from otn_studio.studio.words import _, shown

Role = Qt.ItemDataRole
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class Column(IntEnum):
    PROBLEM = 0
    STORY = 1
    REPAIR = 2
    HELP = 3


class ProblemModel(QAbstractTableModel):
    """The findings of a flow, in the order in which the checks found them."""

    def __init__(self) -> None:
        super().__init__()
        self._flow: Flow | None = None
        self._findings: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self._findings

    def show(self, flow: Flow, findings: Sequence[Finding]) -> None:
        if findings and tuple(findings) == self._findings:
            self._flow = flow
            last = self.index(len(findings) - 1, Column.REPAIR)
            self.dataChanged.emit(self.index(0, 0), last)
        else:
            self.beginResetModel()
            self._flow, self._findings = flow, tuple(findings)
            self.endResetModel()

    def finding(self, index: Index) -> Finding:
        return self._findings[index.row()]

    def repair(self, index: Index) -> Repair | None:
        return repair(self.finding(index), self._flow) if self._flow else None

    def place(self, index: Index) -> str:
        """What the person calls the block, or that the whole flow is meant."""
        block = self._flow.blocks.get(self.finding(index).block) if self._flow else None
        return shown(label(self._flow, block)) if self._flow and block else _("This flow")

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._findings)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            if index.column() == Column.REPAIR:
                found = self.repair(index)
                return shown(found.words) if found else ""
            if index.column() == Column.HELP:
                return _("More about this")
            if index.column() == Column.STORY:
                return _("Show me") if self.finding(index).story else ""
            return self._said(index)
        if role == Role.ToolTipRole and index.column() == Column.PROBLEM:
            return shown(self.finding(index).words)
        if role == Role.ToolTipRole and index.column() == Column.HELP:
            return _("More about this")
        return None

    def _said(self, index: Index) -> str:
        finding = self.finding(index)
        return _(
            "{severity}, {block}: {sentence}",
            severity=word(finding.severity),
            block=self.place(index),
            sentence=finding.words,
        )
