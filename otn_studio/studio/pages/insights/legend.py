"""Which line is which: by its dashes as well as by its colour."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from otn_studio.studio.pages.insights import words
from otn_studio.studio.theme import sides
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.look import text
from otn_studio.studio.widgets.wrapping_row import WrappingRow
from otn_studio.studio.written import number

SWATCH = QSize(24, 16)


@dataclass(frozen=True, slots=True)
class Line:
    """A figure as a line."""

    name: str
    role: str
    dash: Qt.PenStyle

    @property
    def words(self) -> str:
        known = words.STAGES if self.name in words.STAGES else words.CHANGES
        return words.shown(known[self.name])


MESSAGES = (
    Line("sent", "quiet", Qt.PenStyle.DotLine),
    Line("read", "accent", Qt.PenStyle.SolidLine),
    Line("answered", "success", Qt.PenStyle.DashLine),
    Line("opted_in", "permission", Qt.PenStyle.DashDotLine),
)
PERMISSIONS = (
    Line("gained", "permission", Qt.PenStyle.SolidLine),
    Line("used", "accent", Qt.PenStyle.DashLine),
    Line("stopped", "warning", Qt.PenStyle.DashDotLine),
    Line("expired", "quiet", Qt.PenStyle.DotLine),
)


class Swatch(QWidget):
    """A piece of a line."""

    def __init__(self, theme: Theme, line: Line) -> None:
        super().__init__()
        self._theme, self._line = theme, line
        self.setFixedSize(SWATCH)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.roles.color(self._line.role), 2, self._line.dash))
        middle = self.height() / 2
        painter.drawLine(QPointF(1, middle), QPointF(self.width() - 1, middle))


class Legend(QWidget):
    """All lines of a chart, each with its sum."""

    def __init__(self, theme: Theme, lines: Sequence[Line]) -> None:
        super().__init__()
        self._labels: dict[str, QLabel] = {}
        self._lines = lines
        row = WrappingRow(self)
        for line in lines:
            label = text("", "quiet")
            label.setObjectName(f"sum_{line.name}")
            self._labels[line.name] = label
            entry = QWidget()
            layout = QHBoxLayout(entry)
            layout.setContentsMargins(sides.margins(0, 0, 8, 0))
            layout.setSpacing(6)
            layout.addWidget(Swatch(theme, line))
            layout.addWidget(label)
            row.addWidget(entry)

    def show_sums(self, figures: Sequence[Any]) -> None:
        for line in self._lines:
            total = sum(getattr(one, line.name) for one in figures)
            self._labels[line.name].setText(f"{line.words} {number(total)}")
