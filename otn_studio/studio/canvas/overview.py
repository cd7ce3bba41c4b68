"""The whole flow from afar: a few calls for everything, for the view when small and the minimap."""

from collections.abc import Collection

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from otn_studio.studio.canvas.ink import Ink
from otn_studio.studio.canvas.plan import Plan, Way

_NOTHING: frozenset = frozenset()


class Overview:
    """Rectangles by group and one set of lines, kept until the plan changes."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._rects: dict[str, list[QRectF]] | None = None
        self._lines: list[QLineF] | None = None

    def forget(self) -> None:
        """The plan has changed."""
        self._rects = self._lines = None

    def paint(
        self,
        painter: QPainter,
        ink: Ink,
        without: Collection[str] = _NOTHING,
        without_links: Collection[Way] = _NOTHING,
    ) -> None:
        """Paint in points of the canvas; the painter has to have a clip, or it takes much longer."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        pen = QPen(ink.overview_line, 1)
        pen.setCosmetic(True)
        painter.setPen(pen)
        lines, rects = self._shapes(without, without_links)
        if lines:
            painter.drawLines(lines)
        painter.setPen(Qt.PenStyle.NoPen)
        for group, boxes in rects.items():
            painter.setBrush(ink.color(group))
            painter.drawRects(boxes)

    def paint_marks(
        self, painter: QPainter, ink: Ink, selected: Collection[str], errors: Collection[str]
    ) -> None:
        """What must be found even from afar: what is selected, and what stops publishing."""
        zoom = painter.worldTransform().m11()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for ids, role, gap in ((errors, "danger", 1.5), (selected, "accent", 3.0)):
            pen = QPen(ink.color(role), 2)
            pen.setCosmetic(True)
            painter.setPen(pen)
            for id in ids:
                if id in self._plan.boxes:
                    rect = QRectF(*self._plan.boxes[id])
                    by = gap / zoom
                    painter.drawRect(rect.adjusted(-by, -by, by, by))

    def _shapes(
        self, without: Collection[str], without_links: Collection[Way]
    ) -> tuple[list[QLineF], dict[str, list[QRectF]]]:
        if without or without_links:
            return self._made_lines(without_links), self._made_rects(without)
        if self._rects is None or self._lines is None:
            self._rects, self._lines = self._made_rects(()), self._made_lines(())
        return self._lines, self._rects

    def _made_rects(self, without: Collection[str]) -> dict[str, list[QRectF]]:
        rects: dict[str, list[QRectF]] = {}
        shapes = self._plan.shapes
        for id, box in self._plan.boxes.items():
            if id not in without:
                group = shapes[id].content.group.value
                rects.setdefault(group, []).append(QRectF(*box))
        return rects

    def _made_lines(self, without: Collection[Way]) -> list[QLineF]:
        return [
            QLineF(QPointF(*route.start), QPointF(*route.end))
            for way, route in self._plan.routes.items()
            if way not in without
        ]
