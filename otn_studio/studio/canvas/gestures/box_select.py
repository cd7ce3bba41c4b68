"""Selecting what a box holds."""

from collections.abc import Collection

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from otn_studio.studio.canvas.block_painting import paint_ring
from otn_studio.studio.canvas.geometry import Box, around
from otn_studio.studio.canvas.gestures.gesture import Gesture, Spot, Tools

_FILL = 24


class BoxSelect(Gesture):
    """Adds to ``kept``, what stays selected: blocks that it touches, frames that it holds."""

    def __init__(
        self, tools: Tools, spot: Spot, kept: Collection[str], frames: Collection[str] = ()
    ) -> None:
        self._tools = tools
        self._from = spot.point
        self._box = Box(*spot.point, 0, 0)
        self._kept, self._kept_frames = frozenset(kept), frozenset(frames)

    def start(self) -> None:
        self._tools.view.freeze(self)

    def move(self, spot: Spot) -> None:
        before = self._covered()
        self._box = Box.between(self._from, spot.point)
        self._tools.view.refresh(before, self._covered())

    def end(self, spot: Spot) -> None:
        self.move(spot)
        self._tools.view.thaw()
        plan = self._tools.plan
        frames = self._kept_frames | plan.frames.inside(self._box)
        self._tools.selection.select(self._kept | plan.blocks_in(self._box), frames=frames)

    def cancel(self) -> None:
        self._tools.view.thaw()

    def paint(self, painter: QPainter) -> None:
        ink, plan = self._tools.scene.shared.ink, self._tools.plan
        width = 2 / min(1.0, self._tools.view.zoom)
        for id in plan.blocks_in(self._box):
            box = plan.boxes[id]
            painter.translate(box.x, box.y)
            paint_ring(painter, box.height, ink, width)
            painter.translate(-box.x, -box.y)
        fill = QColor(ink.color("accent"))
        fill.setAlpha(_FILL)
        painter.setPen(ink.hairline("accent", painter))
        painter.setBrush(fill)
        painter.drawRect(QRectF(*self._box))

    def _covered(self) -> Box:
        """The box with the blocks that it touches, which may reach far out of it."""
        plan = self._tools.plan
        touched = [plan.boxes[id] for id in plan.blocks_in(self._box)]
        covered = around([self._box, *touched]) or self._box
        return covered.grown(8 + 8 / self._tools.view.zoom)
