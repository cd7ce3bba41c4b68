"""The frames, behind everything: a tint, a title that can be read from afar, and a note."""

from collections.abc import Collection

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from otn_studio.studio.canvas.fonts import style_font
from otn_studio.studio.canvas.frame_titles import FrameTitles
from otn_studio.studio.canvas.frames import COLORS, HEAD, PADDING, enlarged
from otn_studio.studio.canvas.geometry import Box
from otn_studio.studio.canvas.ink import Ink
from otn_studio.studio.canvas.plan import Plan
from otn_studio.studio.canvas.shape import LINE
from otn_studio.studio.canvas.shared import Detail, Shared

RADIUS = 14.0
RING = 4.0
"""How far a ring reaches over a frame's edge."""
TINT, _EDGE, _FAR_TINT = 22, 110, 60


class FramesLayer:
    """Paints what is not ``hidden``; ``selected`` ones wear a ring, and ``found`` ones another."""

    def __init__(self, plan: Plan, shared: Shared) -> None:
        self._frames = plan.frames
        self.titles = FrameTitles(plan)
        self._shared = shared
        self.hidden: frozenset[str] = frozenset()
        self.selected: frozenset[str] = frozenset()
        self.found: frozenset[str] = frozenset()

    def forget(self) -> None:
        """The flow is another one, or has changed."""
        self.titles.forget()

    def paint(self, painter: QPainter, box: Box) -> None:
        boxes = self._frames.boxes.items()
        seen = {id for id, own in boxes if self.reach(id, own).meets(box)}
        self.paint_these(painter, seen - self.hidden)

    def reach(self, id: str, box: Box) -> Box:
        """Everywhere that something of a frame is seen that stands there."""
        return box.grown(RING) if self._shared.detail is Detail.FULL else self.titles.reach(id, box)

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
        for ids, ring in ((self.found, "warning"), (self.selected, "accent")):
            if id in ids:
                self._paint_ring(painter, place, ring)
        painter.save()
        painter.translate(box.x, box.y)
        self._paint_title(painter, id, box, zoom)
        if self._shared.detail is Detail.FULL:
            self._paint_note(painter, id)
        painter.restore()

    def paint_small(self, painter: QPainter, ink: Ink) -> None:
        """Only where they are, for the minimap."""
        painter.setPen(Qt.PenStyle.NoPen)
        for id, box in self._frames.boxes.items():
            painter.setBrush(_tinted(ink, COLORS[self._frames[id].color], _FAR_TINT))
            painter.drawRect(QRectF(*box))

    def _paint_title(self, painter: QPainter, id: str, box: Box, zoom: float) -> None:
        title = self.titles.at(id, box, zoom)
        if title is None:
            return
        painter.save()
        painter.scale(enlarged(zoom), enlarged(zoom))
        painter.setFont(style_font(title.style))
        painter.setPen(self._shared.ink.strong(COLORS[self._frames[id].color]))
        painter.drawText(QPointF(title.x, title.y), title.text)
        painter.restore()

    def _paint_note(self, painter: QPainter, id: str) -> None:
        painter.setFont(style_font("text"))
        painter.setPen(self._shared.ink.color("text"))
        for number, line in enumerate(self._frames.note_lines(id)):
            for bit in line:
                painter.drawText(QPointF(PADDING + bit.x, HEAD + 10 + number * LINE), bit.text)

    def _paint_ring(self, painter: QPainter, place: QRectF, role: str) -> None:
        width = 2 / min(1.0, painter.worldTransform().m11())
        painter.setPen(self._shared.ink.pen(role, width))
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
