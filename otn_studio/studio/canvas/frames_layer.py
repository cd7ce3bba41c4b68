"""The frames, behind everything: a tint, a title that can be read from afar, and a note."""

from collections.abc import Collection

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from otn_studio.studio.canvas.fonts import ThemeFonts, style_font
from otn_studio.studio.canvas.frames import COLORS, HEAD, INSIDE, PADDING, Frames, enlarged
from otn_studio.studio.canvas.geometry import Box
from otn_studio.studio.canvas.ink import Ink
from otn_studio.studio.canvas.shape import LINE
from otn_studio.studio.canvas.shared import Detail, Shared
from otn_studio.studio.canvas.wrapping import one_line
from otn_studio.studio.words import _

RADIUS = 14.0
MARGIN = 160.0
"""How far a title reaches over a frame's edge, seen from very far."""
TINT, _EDGE, _FAR_TINT = 22, 110, 60
_TITLE_AT, _ABOVE = 23.0, -5.0
_SHORTEST = 4


class FramesLayer:
    """Paints what is not ``hidden``; ``selected`` ones wear a ring."""

    def __init__(self, frames: Frames, shared: Shared) -> None:
        self._frames = frames
        self._shared = shared
        self._fonts = ThemeFonts()
        self.hidden: frozenset[str] = frozenset()
        self.selected: frozenset[str] = frozenset()

    def paint(self, painter: QPainter, box: Box) -> None:
        near = box.grown(MARGIN)
        seen = (id for id, own in self._frames.boxes.items() if own.meets(near))
        self.paint_these(painter, [id for id in seen if id not in self.hidden])

    def paint_these(self, painter: QPainter, ids: Collection[str]) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for id in self._frames.boxes:
            if id in ids:
                self.paint_at(painter, id, self._frames.boxes[id])

    def paint_at(self, painter: QPainter, id: str, box: Box) -> None:
        """One of them, as if it were there."""
        frame, ink, zoom = self._frames[id], self._shared.ink, painter.worldTransform().m11()
        role = COLORS[frame.color]
        place = QRectF(*box)
        painter.setPen(_pen(ink, role, painter))
        painter.setBrush(_tinted(ink, role, TINT))
        painter.drawRoundedRect(place, RADIUS, RADIUS)
        if id in self.selected:
            self._paint_ring(painter, place)
        painter.save()
        painter.translate(box.x, box.y)
        self._paint_title(painter, frame.title, box, role, enlarged(zoom))
        if self._shared.detail is Detail.FULL:
            self._paint_note(painter, id)
        painter.restore()

    def paint_small(self, painter: QPainter, ink: Ink) -> None:
        """Only where they are, for the minimap."""
        painter.setPen(Qt.PenStyle.NoPen)
        for id, box in self._frames.boxes.items():
            painter.setBrush(_tinted(ink, COLORS[self._frames[id].color], _FAR_TINT))
            painter.drawRect(QRectF(*box))

    def _paint_title(
        self, painter: QPainter, title: str, box: Box, role: str, larger: float
    ) -> None:
        above = larger > INSIDE
        width = box.width / larger - (0 if above else 2 * PADDING)
        words = one_line(title or _("No title"), width, self._fonts.title)
        if len(words) < _SHORTEST and words != title:
            return
        painter.save()
        painter.scale(larger, larger)
        painter.setFont(style_font("title"))
        painter.setPen(self._shared.ink.strong(role))
        painter.drawText(QPointF(0, _ABOVE) if above else QPointF(PADDING, _TITLE_AT), words)
        painter.restore()

    def _paint_note(self, painter: QPainter, id: str) -> None:
        painter.setFont(style_font("text"))
        painter.setPen(self._shared.ink.color("text"))
        for number, line in enumerate(self._frames.note_lines(id)):
            for bit in line:
                painter.drawText(QPointF(PADDING + bit.x, HEAD + 10 + number * LINE), bit.text)

    def _paint_ring(self, painter: QPainter, place: QRectF) -> None:
        width = 2 / min(1.0, painter.worldTransform().m11())
        painter.setPen(self._shared.ink.pen("accent", width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place, RADIUS, RADIUS)


def _tinted(ink: Ink, role: str, alpha: int) -> QColor:
    color = QColor(ink.color(role))
    color.setAlpha(alpha)
    return color


def _pen(ink: Ink, role: str, painter: QPainter):
    pen = ink.hairline(role, painter)
    pen = type(pen)(pen)
    pen.setColor(_tinted(ink, role, _EDGE))
    return pen
