"""A whole flow as the canvas draws it, in light, in full detail, for any device that paints."""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPainter, QPen

from otn_studio.flow.document import Flow
from otn_studio.studio.canvas.beside import Beside
from otn_studio.studio.canvas.block_painting import paint_full, paint_ground, paint_more
from otn_studio.studio.canvas.fonts import ThemeFonts
from otn_studio.studio.canvas.frames_layer import FramesLayer
from otn_studio.studio.canvas.geometry import Box
from otn_studio.studio.canvas.ink import Ink
from otn_studio.studio.canvas.links_layer import LinksLayer
from otn_studio.studio.canvas.plan import Plan
from otn_studio.studio.canvas.shared import Shared
from otn_studio.studio.theme import icons
from otn_studio.studio.theme.roles import LIGHT

MARGIN = 40.0
EMPTY = Box(0, 0, 240, 80)
_SMOOTHLY = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing


class Drawing:
    """``flows`` are the names of other flows that this one may lead to, by their ids."""

    def __init__(self, flow: Flow, flows: Mapping[str, str]) -> None:
        self._plan = Plan(ThemeFonts())
        self._plan.beside = Beside(flows, {})
        self._plan.show(flow)
        self._box = (self._plan.bounds() or EMPTY).grown(MARGIN)
        self._shared = Shared(_DrawnInk(LIGHT, is_dark=False))

    @property
    def size(self) -> QSizeF:
        """In points of the canvas."""
        return QSizeF(self._box.width, self._box.height)

    def paint(self, painter: QPainter) -> Iterator[float]:
        """Paint it from the painter's origin on, block by block; says how far it is, up to 1."""
        painter.setRenderHints(_SMOOTHLY)
        painter.fillRect(QRectF(0, 0, *self.size.toTuple()), self._shared.ink.color("canvas"))
        painter.translate(-self._box.x, -self._box.y)
        FramesLayer(self._plan, self._shared).paint(painter, self._box)
        LinksLayer(self._plan, self._shared).paint(painter, self._box)
        ids = sorted(self._plan.boxes, key=self._plan.depth)
        for number, id in enumerate(ids, start=1):
            self._paint_block(painter, id)
            yield number / len(ids)

    def _paint_block(self, painter: QPainter, id: str) -> None:
        flow, face, ink = self._plan.flow, self._plan.face(id), self._shared.ink
        painter.save()
        painter.translate(*self._plan.boxes[id].corner)
        collapsed = id in flow.collapsed
        paint_ground(painter, face.shape.height, ink, raised=True)
        paint_full(painter, face, flow.connections.get(id, {}), collapsed, ink)
        if collapsed:
            paint_more(painter, face.shape, ink)
        painter.restore()


class _DrawnInk(Ink):
    """Draws icons line by line instead of copying pixels, and no line as thin as the device can."""

    def hairline(self, role: str, painter: QPainter) -> QPen:
        return self.pen(role)

    def icon(self, painter: QPainter, name: str, role: str, place: QRectF) -> None:
        painter.save()
        icons.paint(painter, name, self.color(role).name(), place)
        painter.restore()
