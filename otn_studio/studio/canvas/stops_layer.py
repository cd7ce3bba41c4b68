"""Where the simulator stops: a stop sign at the corner of those blocks."""

from collections.abc import Collection
from math import cos, pi, sin

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPolygonF

from otn_studio.studio.canvas.geometry import Box
from otn_studio.studio.canvas.plan import Plan
from otn_studio.studio.canvas.shared import Shared

RADIUS, EDGE = 9.0, 2.0
SIGN = [
    (RADIUS * cos(turn), RADIUS * sin(turn)) for turn in (pi / 8 + n * pi / 4 for n in range(8))
]


class StopsLayer:
    """Paints above everything; nothing while there is nowhere to stop."""

    def __init__(self, plan: Plan, shared: Shared) -> None:
        self._plan = plan
        self._shared = shared
        self.blocks: frozenset[str] = frozenset()

    def show(self, blocks: Collection[str]) -> list[Box]:
        """Stop at these from now on; where something looks different now."""
        before, self.blocks = self.blocks, frozenset(blocks)
        changed = (before ^ self.blocks) & self._plan.boxes.keys()
        return [self._plan.boxes[id].grown(RADIUS + EDGE) for id in changed]

    def paint(self, painter: QPainter, box: Box) -> None:
        for id in self.blocks & self._plan.blocks_in(box.grown(RADIUS + EDGE)):
            corner = self._plan.boxes[id].corner
            painter.setPen(self._shared.ink.pen("surface", EDGE))
            painter.setBrush(self._shared.ink.color("danger"))
            painter.drawPolygon(QPolygonF([QPointF(corner.x + x, corner.y + y) for x, y in SIGN]))
