"""What became of everybody is told anew every other second, and nothing of it blinks."""

from PySide6.QtWidgets import QApplication, QLabel

from otn_studio.blocks.words import Words
from otn_studio.studio.pages.broadcasts.report_panel import ReportPanel
from otn_studio.studio.services.broadcasting import BroadcastReport

SENT, LEFT, LATER = Words("sent"), Words("still to be told"), Words("on the way")


def _said(panel: ReportPanel) -> list[str]:
    return [line.text() for line in panel.findChildren(QLabel) if line.isVisible()]


def _tell(panel: ReportPanel, *lines: tuple[Words, int]) -> None:
    panel.show_report(BroadcastReport(1_000, 500, lines))


def test_other_figures_are_there_at_once(qtbot, theme):
    panel = ReportPanel(theme)
    qtbot.addWidget(panel)
    panel.show()
    _tell(panel, (SENT, 400), (LATER, 100), (LEFT, 500))
    QApplication.processEvents()
    _tell(panel, (SENT, 450), (LATER, 50), (LEFT, 500))
    assert _said(panel)[-6:] == ["450", "sent", "50", "on the way", "500", "still to be told"]
    _tell(panel, (SENT, 1_000))
    assert _said(panel)[-2:] == ["1,000", "sent"]
    assert "500" not in _said(panel)
