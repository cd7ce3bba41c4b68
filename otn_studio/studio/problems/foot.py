"""The line at the foot of the window: whether everything is in order, in an icon and words."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy

from otn_studio.blocks.finding import Finding
from otn_studio.flow.document import Flow
from otn_studio.studio.panel.fields import label
from otn_studio.studio.problems.signs import ALL_WELL, SIGNS, counted, worst
from otn_studio.studio.theme import sides
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.elided import Elided
from otn_studio.studio.widgets.look import ThemedIcon, look, text
from otn_studio.studio.words import _, shown

HEIGHT = 34


class ProblemFoot(QFrame):
    """``toggle`` unfolds the list."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self._flow: Flow | None = None
        self._findings: Sequence[Finding] = ()
        self.toggle = _Toggle(theme)
        self.toggle.toggled.connect(self._say_first)
        self._first = Elided("", "quiet")
        self._first.setObjectName("first_problem")
        self._first.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(sides.margins(4, 0, 0, 0))
        row.setSpacing(8)
        row.addWidget(self.toggle)
        row.addWidget(self._first, 1)

    def show_findings(self, flow: Flow, findings: Sequence[Finding]) -> None:
        self._flow, self._findings = flow, findings
        self.toggle.show_findings(findings)
        self._say_first()

    def _say_first(self) -> None:
        """The first problem, while the list is folded and does not tell it itself."""
        is_told = self.toggle.isChecked() or not self._findings
        self._first.say("" if is_told else self._told(self._findings[0]))

    def _told(self, finding: Finding) -> str:
        """With the name of the block, where one is meant."""
        words = shown(finding.words)
        block = self._flow.blocks.get(finding.block) if self._flow else None
        if self._flow is None or block is None:
            return words
        return _("{block}: {sentence}", block=shown(label(self._flow, block)), sentence=words)


class _Toggle(QPushButton):
    """“1 problem”, with an arrow that says where the list will be."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("problems_toggle")
        self.setCheckable(True)
        look(self, "quiet")
        shape, self._words, arrow = text(""), text(""), text("")
        self._words.setObjectName("problems_words")
        self._arrow_label = arrow
        self._shape = ThemedIcon(shape, theme, "check", "success")
        self._arrow = ThemedIcon(arrow, theme, "chevron-up", "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(sides.margins(12, 0, 8, 0))
        row.setSpacing(8)
        for part in (shape, self._words, arrow):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(part)
        self.toggled.connect(self._turn)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        found = worst(finding.severity for finding in findings)
        sign = SIGNS[found] if found else ALL_WELL
        words = counted(findings)
        self._shape.show_as(sign.icon, sign.role)
        self._words.setText(words)
        self._arrow_label.setVisible(bool(findings))
        self.setAccessibleName(words)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self.layout().sizeHint().width(), super().sizeHint().height())

    def _turn(self, unfolded: bool) -> None:
        self._arrow.show_as("chevron-down" if unfolded else "chevron-up", "quiet")
