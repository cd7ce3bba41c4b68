"""Figures on the canvas: a quiet line below each block, and how often each way out was gone."""

from collections.abc import Collection, Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QStaticText

from otn_studio.studio.canvas.geometry import Box
from otn_studio.studio.canvas.plan import Plan, Way
from otn_studio.studio.canvas.shape import WIDTH
from otn_studio.studio.canvas.shared import Detail, Shared
from otn_studio.studio.theme.type import SMALL, font

BELOW = 4.0
BESIDE = 8.0
ROOM = 96.0
"""So far from its block a figure may reach."""


class FiguresLayer:
    """Paints where words can be read; nothing while there is nothing to show."""

    def __init__(self, plan: Plan, shared: Shared) -> None:
        self._plan = plan
        self._shared = shared
        self._blocks: Mapping[str, str] = {}
        self._ways: Mapping[Way, str] = {}
        self._texts: dict[str, QStaticText] = {}
        self.is_shown = False

    def show(self, blocks: Mapping[str, str], ways: Mapping[Way, str]) -> None:
        """Show these from now on, as they are written."""
        self._blocks, self._ways = blocks, ways
        self._texts.clear()
        self.is_shown = True

    def leave(self) -> None:
        """Show none."""
        self.is_shown = False
        self._texts.clear()

    def paint(self, painter: QPainter, box: Box, hidden: Collection[str]) -> None:
        if not self.is_shown or self._shared.detail is not Detail.FULL:
            return
        painter.setFont(font(SMALL, tabular=True))
        painter.setPen(self._shared.ink.pen("quiet"))
        for id in self._plan.blocks_in(box.grown(ROOM)):
            if id not in hidden:
                self._paint(painter, id)

    def _paint(self, painter: QPainter, id: str) -> None:
        box = self._plan.boxes[id]
        if (words := self._blocks.get(id)) is not None:
            painter.drawStaticText(QPointF(box.x, box.bottom + BELOW), self._text(words))
        for port in self._plan.shapes[id].ports:
            if (words := self._ways.get((id, port.way.port))) is not None:
                text = self._text(words)
                place = QPointF(box.x + WIDTH + BESIDE, box.y + port.y - text.size().height())
                painter.fillRect(QRectF(place, text.size()), self._shared.ink.color("canvas"))
                painter.drawStaticText(place, text)

    def _text(self, words: str) -> QStaticText:
        """Measured once."""
        if words not in self._texts:
            own = font(SMALL, tabular=True)
            shortened = QFontMetricsF(own).elidedText(words, Qt.TextElideMode.ElideRight, WIDTH)
            made = self._texts[words] = QStaticText(shortened)
            made.setTextFormat(Qt.TextFormat.PlainText)
            made.prepare(font=own)
        return self._texts[words]
