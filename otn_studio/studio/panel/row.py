"""One option of a form: its label and count, its editor, and its problems."""

from collections.abc import Iterator
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from otn_studio.blocks.finding import Finding
from otn_studio.studio.panel.count import Count
from otn_studio.studio.panel.editor import Editor
from otn_studio.studio.panel.names import catalogued
from otn_studio.studio.panel.problems import Problems
from otn_studio.studio.panel.target import Target
from otn_studio.studio.theme import type
from otn_studio.studio.widgets import controls
from otn_studio.studio.widgets.look import text


class Row(QWidget):
    """A target for the findings of its field and of all below that has no row of its own."""

    def __init__(self, editor: Editor) -> None:
        super().__init__()
        place = editor.place
        self.path = place.path
        self.editor = editor
        self.label = text("", "label")
        self.label.setParent(self)  # also where the editor itself says what it is for
        self.count: QLabel | None = None
        self.corner = QHBoxLayout()
        self._option = place.option
        self._findings: list[Finding] = []
        self._remark = ""
        self._problems: Problems | None = None
        self._lay_out()
        editor.remarked.connect(self._take_remark)

    def show_value(self, value: Any) -> None:
        self.editor.show_value(value)
        if self.count is not None:
            count = Count.of(value, self._option)
            self.count.setText(count.shown())
            controls.set_look(self.count, "look", "error" if count.is_over else "quiet")

    def show_findings(self, findings: list[Finding]) -> None:
        self._findings = findings
        self.editor.mark(findings)
        self._show_problems()

    @property
    def problems(self) -> list[str]:
        """What is said below the field."""
        return self._problems.texts if self._problems is not None else []

    def targets(self) -> Iterator[Target]:
        return self.editor.targets()

    def stops(self) -> Iterator[QWidget]:
        return self.editor.stops()

    def take_focus(self, field: str) -> None:
        self.editor.focus_on(field)

    def _take_remark(self, remark: str) -> None:
        self._remark = remark
        self._show_problems()

    def _show_problems(self) -> None:
        """Most rows never have any."""
        if self._problems is None and (self._findings or self._remark):
            tools = self.editor.place.tools
            self._problems = Problems(tools.theme, tell=tools.selection.story_wanted.emit)
            self._column.addWidget(self._problems)
        if self._problems is not None:
            self._problems.show_findings(self._findings, self._remark)

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if self.editor.shows_label:
            column.addLayout(self._head())
        if self._option.help and not self.editor.hint(catalogued(self._option.help)):
            column.addWidget(text(catalogued(self._option.help), "quiet", wraps=True))
        column.addWidget(self.editor)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        self.label.setText(catalogued(self._option.label))
        self.label.setMinimumHeight(20)
        head.addWidget(self.label, 1)
        self.corner.setSpacing(0)
        head.addLayout(self.corner)
        if self._option.limit is not None:
            self.count = text("", "quiet")
            self.count.setFont(type.font(type.LABEL, tabular=True))
            self.count.setObjectName(f"count {self.path}")
            head.addWidget(self.count)
        return head
