"""Problems in words, each with its sign, below what causes them."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from otn_studio.blocks.finding import Finding, Severity
from otn_studio.blocks.words import Words
from otn_studio.studio.help.button import HelpButton
from otn_studio.studio.help.places import of_finding
from otn_studio.studio.problems.signs import SIGNS
from otn_studio.studio.theme import sides
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.controls import IconLabel, discard
from otn_studio.studio.widgets.look import text
from otn_studio.studio.words import _, shown

SIGN: Final = 14
BESIDE_BUTTONS: Final = 5


class Problems(QWidget):
    """A list of problems; nothing at all where there are none. ``most``: the others are counted.

    ``tell`` shows how one comes about, where that is known.
    """

    def __init__(
        self, theme: Theme, most: int | None = None, tell: Callable[[Finding], object] | None = None
    ) -> None:
        super().__init__()
        self._theme, self._most, self._tell = theme, most, tell
        self._shown: Sequence[tuple[Severity, str]] = ()
        self._findings: Sequence[Finding] = ()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4)
        self.hide()

    def show_findings(self, findings: Sequence[Finding], remark: str = "") -> None:
        """Show these. ``remark`` is one more, about what is being typed."""
        wanted = [(finding.severity, shown(finding.words)) for finding in findings]
        wanted = list(dict.fromkeys(wanted + ([(Severity.ERROR, remark)] if remark else [])))
        if wanted == self._shown and findings == self._findings:
            return
        self._shown, self._findings = wanted, findings
        while self._rows.count():
            row = self._rows.takeAt(0).widget()
            discard(row)
        for severity, said in wanted[: self._most]:
            self._rows.addWidget(self._row(severity, said))
        if more := len(wanted) - len(wanted[: self._most]):
            words = Words("and {n} more", plural="and {n} more", n=more)
            label = text(shown(words), "quiet")
            label.setContentsMargins(sides.margins(22, 0, 0, 0))
            self._rows.addWidget(label)
        self.setVisible(bool(wanted))

    @property
    def texts(self) -> list[str]:
        return [said for _severity, said in self._shown]

    def _row(self, severity: Severity, said: str) -> QWidget:
        sign = SIGNS[severity]
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        at_top = Qt.AlignmentFlag.AlignTop
        icon = IconLabel(self._theme, sign.icon, sign.role, SIGN)
        line.addWidget(icon, 0, at_top)
        words = text(said, sign.look, wraps=True)
        line.addWidget(words, 1, at_top)
        for finding in self._findings:
            if shown(finding.words) == said:
                self._offer(line, finding)
        if line.count() > 2:  # the first line stands beside the middle of its buttons
            icon.setFixedHeight(SIGN + BESIDE_BUTTONS)
            icon.setContentsMargins(0, BESIDE_BUTTONS, 0, 0)
            words.setContentsMargins(0, BESIDE_BUTTONS, 0, 0)
        return row

    def _offer(self, line: QHBoxLayout, finding: Finding) -> None:
        if self._tell is not None and finding.story is not None:
            line.addWidget(self._teller(finding), 0, Qt.AlignmentFlag.AlignTop)
        if self._most is None:
            button = HelpButton(self._theme, of_finding(finding))
            button.setObjectName(f"help {finding.code}")
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def _teller(self, finding: Finding) -> QPushButton:
        button = QPushButton(_("Show me"))
        button.setProperty("look", "small")
        button.setObjectName(f"story {finding.code}")
        button.setAccessibleDescription(shown(finding.words))
        button.clicked.connect(lambda: self._tell(finding))
        return button
