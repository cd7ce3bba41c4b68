"""One way through the flow in the light, and everything else in the dusk."""

from collections.abc import Collection

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from otn_studio.studio.canvas.block_painting import RADIUS
from otn_studio.studio.canvas.blocks_layer import BlocksLayer
from otn_studio.studio.canvas.geometry import Box, around
from otn_studio.studio.canvas.links_layer import LinksLayer
from otn_studio.studio.canvas.overview import Overview
from otn_studio.studio.canvas.plan import Plan, Way
from otn_studio.studio.canvas.shape import WIDTH
from otn_studio.studio.canvas.shared import Detail, Shared

DUSK = 0.75
GAP, RING = 3.0, 3.0


class Spotlight:
    """Paints above everything; nothing while no way is lit."""

    def __init__(self, plan: Plan, blocks: BlocksLayer, links: LinksLayer, shared: Shared) -> None:
        self._plan = plan
        self._blocks = blocks
        self._links = links
        self._shared = shared
        self._ways: frozenset[Way] = frozenset()
        self.at, self._role = "", "accent"
        self.lit: frozenset[str] = frozenset()

    def light(
        self, ways: Collection[Way], at: str, role: str, blocks: Collection[str] = ()
    ) -> None:
        """Light up these connections and their blocks, and more ``blocks``; ``at`` wears a ring in a
        role's colour."""
        self._ways = frozenset(way for way in ways if way in self._plan.routes)
        ends = {end for way in self._ways for end in (way[0], self._plan.leads_to[way])}
        self.lit = frozenset((ends | {at, *blocks}) & self._plan.boxes.keys())
        self.at, self._role = at, role

    def put_out(self) -> None:
        self.lit = self._ways = frozenset()
        self.at = ""

    def box(self) -> Box | None:
        """What holds all that is lit."""
        return around(self._plan.boxes[id] for id in self.lit)

    def paint(self, painter: QPainter, box: Box) -> None:
        if not self.lit:
            return
        self._paint_dusk(painter, box)
        self._links.draw_risen(
            painter, self._ways.intersection(self._plan.links_in(box.grown(GAP)))
        )
        near = self.lit & self._plan.blocks_in(box.grown(GAP + RING))
        self._blocks.paint_these(painter, near)
        if self.at in near:
            self._paint_ring(painter, self._plan.boxes[self.at])

    def paint_overview(self, painter: QPainter, box: Box, overview: Overview) -> None:
        """The same, as seen from afar."""
        if self.lit:
            self._paint_dusk(painter, box)
            overview.paint_lit(painter, self._shared.ink, self.lit, self._ways)

    def _paint_dusk(self, painter: QPainter, box: Box) -> None:
        dusk = QColor(self._shared.ink.color("canvas"))
        dusk.setAlphaF(DUSK)
        painter.fillRect(QRectF(*box), dusk)

    def _paint_ring(self, painter: QPainter, box: Box) -> None:
        """Like that of what is selected: from afar it is broader."""
        width = RING if self._shared.detail is Detail.FULL else 2 * RING
        painter.setPen(self._shared.ink.pen(self._role, width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        place = QRectF(box.x, box.y, WIDTH, box.height).adjusted(-GAP, -GAP, GAP, GAP)
        painter.drawRoundedRect(place, RADIUS + GAP, RADIUS + GAP)
