"""Two drawings of a flow as one: what is new, what is gone and what is different wears a sign."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from otn_studio.flow.difference import Difference, both, difference
from otn_studio.flow.document import Connection, Flow
from otn_studio.studio.canvas.block_painting import RADIUS
from otn_studio.studio.canvas.fonts import ThemeFonts
from otn_studio.studio.canvas.geometry import Box, Route
from otn_studio.studio.canvas.links_layer import path_of
from otn_studio.studio.canvas.plan import Plan
from otn_studio.studio.canvas.scene import Scene
from otn_studio.studio.theme.theme import Theme

GAP, RING = 3.0, 2.5
BADGE = 11.0
"""The radius of a sign, in pixels of the window at least."""
DUSK = 0.6


class Sign(NamedTuple):
    """Colour never says it alone: there is a shape, too."""

    role: str
    icon: str


NEW, GONE, DIFFERENT = Sign("success", "plus"), Sign("danger", "minus"), Sign("warning", "pencil")


class MarkedScene(Scene):
    """Nothing in it can be changed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(Plan(ThemeFonts()), theme)
        self.difference = Difference()
        self._signs: dict[str, Sign] = {}

    def compare(self, before: Flow, after: Flow) -> None:
        """Show what became of a flow."""
        found = self.difference = difference(before, after)
        self._signs = {
            **dict.fromkeys(found.added, NEW),
            **dict.fromkeys(found.removed, GONE),
            **dict.fromkeys(found.changed, DIFFERENT),
        }
        self.show_flow(replace(both(before, after), collapsed=frozenset()))

    def box_of(self, block: str) -> Box | None:
        return self.plan.boxes.get(block)

    def paint(self, painter: QPainter, box: Box) -> None:
        self._paint_ways(painter)
        super().paint(painter, box)
        self._paint_signs(painter, self.plan.blocks_in(box.grown(4 * BADGE)))

    def paint_overview(self, painter: QPainter, box: Box) -> None:
        self._paint_ways(painter)
        super().paint_overview(painter, box)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_signs(painter, self.plan.blocks_in(box.grown(4 * BADGE / _zoom(painter))))

    def _paint_ways(self, painter: QPainter) -> None:
        """Below the blocks, as all connections are."""
        self._paint_links(painter, self.difference.cut, GONE)
        self._paint_links(painter, self.difference.connected, NEW)

    def _paint_signs(self, painter: QPainter, blocks: Iterable[str]) -> None:
        for id in blocks:
            if id in self._signs:
                self._paint_sign(painter, self.plan.boxes[id], self._signs[id])

    def _paint_links(self, painter: QPainter, links: Iterable[Connection], sign: Sign) -> None:
        painter.setPen(self._pen(painter, sign))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for link in links:
            if link.block in self.plan.boxes and link.to in self.plan.boxes:
                painter.drawPath(path_of(self._route(link)))

    def _route(self, link: Connection) -> Route:
        """Where it runs; one that is gone ran straight."""
        way = link.block, link.port
        if self.plan.leads_to.get(way) == link.to:
            return self.plan.routes[way]
        return Route(self.plan.way_out(way), self.plan.way_in(link.to))

    def _paint_sign(self, painter: QPainter, box: Box, sign: Sign) -> None:
        ink, place = self.shared.ink, QRectF(*box)
        larger = max(1.0, 1 / _zoom(painter))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if sign is GONE:
            dusk = QColor(ink.color("canvas"))
            dusk.setAlphaF(DUSK)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(dusk)
            painter.drawRoundedRect(place, RADIUS, RADIUS)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._pen(painter, sign))
        gap = GAP * larger
        painter.drawRoundedRect(place.adjusted(-gap, -gap, gap, gap), RADIUS + gap, RADIUS + gap)
        self._paint_badge(painter, QPointF(*box.corner), BADGE * min(larger, 4.0), sign)

    def _pen(self, painter: QPainter, sign: Sign) -> QPen:
        """As broad at any zoom, and on any screen, however fine its pixels are."""
        width = RING * painter.device().devicePixelRatioF()
        pen = QPen(self.shared.ink.color(sign.role), width)
        pen.setCosmetic(True)
        pen.setStyle(Qt.PenStyle.DashLine if sign is GONE else Qt.PenStyle.SolidLine)
        return pen

    def _paint_badge(self, painter: QPainter, at: QPointF, radius: float, sign: Sign) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.shared.ink.color(sign.role))
        painter.drawEllipse(at, radius, radius)
        half = QPointF(radius, radius) * 0.62
        if sign is DIFFERENT:
            self.shared.ink.icon(painter, sign.icon, "raised", QRectF(at - half, at + half))
            return
        painter.setPen(self.shared.ink.round_pen("raised", radius * 0.24))
        across, down = QPointF(radius * 0.5, 0), QPointF(0, radius * 0.5)
        painter.drawLine(at - across, at + across)
        if sign is NEW:
            painter.drawLine(at - down, at + down)


def _zoom(painter: QPainter) -> float:
    return painter.worldTransform().m11()
