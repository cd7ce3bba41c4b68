"""A text, broken into lines as a phone does it: hugging its words, breaking them only where it must."""

from math import ceil

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextLayout, QTextOption

from otn_studio.studio.theme import sides

LEFT_TO_RIGHT, RIGHT_TO_LEFT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
LEADING = 1.38
"""The distance of two lines, in sizes of the type."""


class LaidText:
    """Lines that fit a width, with the size that they take. Knows texts that run from the right."""

    def __init__(self, text: str, font: QFont, width: float, *, centred: bool = False) -> None:
        self._layout = QTextLayout(text.replace("\n", "\N{LINE SEPARATOR}"), font)
        from_right = sides.runs_from_right(text)
        side = Qt.AlignmentFlag.AlignRight if from_right else Qt.AlignmentFlag.AlignLeft
        option = QTextOption(Qt.AlignmentFlag.AlignHCenter if centred else side)
        option.setTextDirection(RIGHT_TO_LEFT if from_right else LEFT_TO_RIGHT)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._leading = round(font.pixelSize() * LEADING)
        self._break(width)
        hugged = ceil(min(max(self._widths(), default=0), width))
        lines = self._break(hugged)
        self.size = QSize(hugged, lines * self._leading)

    def paint(self, painter: QPainter, at: QPointF, color: QColor) -> None:
        painter.setPen(color)
        self._layout.draw(painter, at)

    def _widths(self) -> list[float]:
        lines = (self._layout.lineAt(i) for i in range(self._layout.lineCount()))
        return [line.naturalTextWidth() for line in lines]

    def _break(self, width: float) -> int:
        self._layout.beginLayout()
        count = 0
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(
                QPointF(0, count * self._leading + (self._leading - line.height()) / 2)
            )
            count += 1
        self._layout.endLayout()
        return count
