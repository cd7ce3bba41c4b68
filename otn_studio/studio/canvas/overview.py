"""The whole flow from afar: a few calls for everything, for the view when small and the minimap."""

from collections.abc import Collection, Iterable, Mapping

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from otn_studio.studio.canvas.geometry import Box
from otn_studio.studio.canvas.ink import Ink
from otn_studio.studio.canvas.plan import Plan, Way


class Overview:
    """Rectangles by group and one path of lines, kept until the plan changes."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._rects: dict[str, list[QRectF]] = {}
        self._lines: QPainterPath | None = None

    def forget(self) -> None:
        """The plan has changed."""
        self._lines = None

    def paint(self, painter: QPainter, ink: Ink) -> None:
        """Paint in points of the canvas; the painter has to have a clip, or it takes much longer."""
        if self._lines is None:
            self._rects = self._made_rects(self._plan.boxes)
            self._lines = self._made_lines(self._plan.routes)
        _paint(painter, self._lines, self._rects, ink)

    def paint_lit(
        self, painter: QPainter, ink: Ink, blocks: Collection[str], links: Iterable[Way]
    ) -> None:
        """These alone, the connections stronger."""
        pen = QPen(ink.color("accent"), _strong(painter))
        _paint(painter, self._made_lines(links), self._made_rects(blocks), ink, pen)

    def paint_without(
        self, painter: QPainter, ink: Ink, box: Box, blocks: Collection[str], links: Collection[Way]
    ) -> None:
        """What is in a box, but for these."""
        rects = self._made_rects(self._plan.blocks_in(box).difference(blocks))
        ways = (way for way in self._plan.links_in(box) if way not in links)
        _paint(painter, self._made_lines(ways), rects, ink)

    def paint_marks(
        self,
        painter: QPainter,
        ink: Ink,
        selected: Collection[str],
        errors: Collection[str],
        found: Collection[str] = (),
    ) -> None:
        """What must be found even from afar: what is selected, what stops publishing, and what somebody
        looks for."""
        zoom = painter.worldTransform().m11()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        marked = (found, "warning", 3.0), (errors, "danger", 1.5), (selected, "accent", 3.0)
        for ids, role, gap in marked:
            pen = QPen(ink.color(role), _strong(painter))
            pen.setCosmetic(True)
            painter.setPen(pen)
            for id in ids:
                if id in self._plan.boxes:
                    rect = QRectF(*self._plan.boxes[id])
                    by = gap / zoom
                    painter.drawRect(rect.adjusted(-by, -by, by, by))

    def _made_rects(self, ids: Iterable[str]) -> dict[str, list[QRectF]]:
        rects: dict[str, list[QRectF]] = {}
        for id in ids:
            group = self._plan.shapes[id].group.value
            rects.setdefault(group, []).append(QRectF(*self._plan.boxes[id]))
        return rects

    def _made_lines(self, ways: Iterable[Way]) -> QPainterPath:
        lines = QPainterPath()
        for way in ways:
            start, end, _lane = self._plan.routes[way]
            lines.moveTo(*start)
            lines.lineTo(*end)
        return lines


def _paint(
    painter: QPainter,
    lines: QPainterPath,
    rects: Mapping[str, list[QRectF]],
    ink: Ink,
    pen: QPen | None = None,
) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    pen = pen or QPen(ink.overview_line, 1)
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(lines)
    painter.setPen(Qt.PenStyle.NoPen)
    for group, boxes in rects.items():
        painter.setBrush(ink.color(group))
        painter.drawRects(boxes)


def _strong(painter: QPainter) -> float:
    """As broad on any screen, however fine its pixels are."""
    return 2 * painter.device().devicePixelRatioF()
