"""The blocks, each from a picture of it."""

import math
from collections.abc import Callable, Collection, Iterable, Mapping

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter

from otn_studio.blocks.finding import Severity
from otn_studio.studio.canvas.block_painting import (
    MARGIN,
    paint_badge,
    paint_full,
    paint_ground,
    paint_more,
    paint_ring,
    paint_sign,
)
from otn_studio.studio.canvas.block_pictures import BlockPictures
from otn_studio.studio.canvas.geometry import Box, Point
from otn_studio.studio.canvas.plan import Plan
from otn_studio.studio.canvas.shared import Detail, Shared

AT_ONCE = 30
"""So many are painted in one go; where more come into view, the rest follows in the next frames."""
_NOWHERE = Point(0, 0)


class BlocksLayer:
    """Paints what is not ``hidden``. ``selected`` and ``severities`` say what is marked. What is
    ``owed`` was painted for now as it looked before, or empty.
    """

    def __init__(self, plan: Plan, shared: Shared) -> None:
        self._plan = plan
        self._shared = shared
        self._pictures = BlockPictures(self._height, self._paint, self._paint_ground)
        self._left = math.inf
        self.owed: set[str] = set()
        self.hidden: frozenset[str] = frozenset()
        self.selected: frozenset[str] = frozenset()
        self.severities: Mapping[str, Severity] = {}

    def begin_frame(self) -> None:
        """From now on, only so many are painted anew until the next frame."""
        self._left = AT_ONCE
        self.owed.clear()

    def end_frame(self) -> bool:
        """Answers whether everything was painted as it is."""
        if not self.owed:
            self._pictures.forget_stand_ins()
        return not self.owed

    def forget(self, ids: Iterable[str]) -> None:
        """These look different now, or are gone."""
        for id in ids:
            self._pictures.forget(id)

    def paint(self, painter: QPainter, box: Box) -> None:
        self.paint_these(painter, self._plan.blocks_in(box.grown(MARGIN)) - self.hidden)

    def paint_these(
        self,
        painter: QPainter,
        ids: Collection[str],
        by: Callable[[str], Point] = lambda _id: _NOWHERE,
    ) -> None:
        """Wherever the painter stands, each moved ``by`` its way. What is selected lies on top."""
        transform, device = painter.worldTransform(), painter.device()
        zoom, ratio = transform.m11(), device.devicePixelRatioF()
        self._pictures.begin(zoom, ratio, (self._shared.detail, self._shared.ink))
        order = sorted(ids, key=lambda id: (id in self.selected, self._plan.depth(id)))
        window = device.width() * device.height() * ratio**2
        waiting = self._waiting(order) if self._pictures.has_room_for(order, window) else set()
        painter.resetTransform()
        for id in order:
            box, (x, y) = self._plan.boxes[id], by(id)
            corner = transform.map(QPointF(box.x + x - MARGIN, box.y + y - MARGIN)) * ratio
            place = QPointF(round(corner.x()) / ratio, round(corner.y()) / ratio)
            if id in waiting:
                picture = self._pictures.stand_in(id)
                painter.drawPixmap(_around(place, box, zoom), picture, picture.rect().toRectF())
            else:
                painter.drawPixmap(place, self._pictures.of(id))
        painter.setWorldTransform(transform)
        self._pictures.make_room(window, ids)

    def paint_found(self, painter: QPainter, box: Box, found: frozenset[str]) -> None:
        """A ring around what somebody looks for, besides that of what is selected."""
        for id in found & self._plan.blocks_in(box.grown(MARGIN)) - self.selected:
            place = self._plan.boxes[id]
            painter.translate(place.x, place.y)
            width = 2 / min(1.0, painter.worldTransform().m11())
            paint_ring(painter, place.height, self._shared.ink, width, "warning")
            painter.translate(-place.x, -place.y)

    def _waiting(self, order: list[str]) -> set[str]:
        """Those for whose pictures there is no time in this frame: what lies on top comes first.

        Pictures that could not be kept would never be all there: then each has to be painted now.
        """
        missing = self._pictures.missing(order)
        made = min(len(missing), self._left)
        self._left -= made
        waiting = set(missing[: len(missing) - int(made)])
        self.owed |= waiting
        return waiting

    def _height(self, id: str) -> float:
        return self._plan.shapes[id].height

    def _paint_ground(self, painter: QPainter, height: float) -> None:
        paint_ground(painter, height, self._shared.ink, raised=self._shared.detail is Detail.FULL)

    def _paint(self, painter: QPainter, id: str) -> None:
        ink, full = self._shared.ink, self._shared.detail is Detail.FULL
        face = self._plan.face(id)
        if id in self.selected:
            paint_ring(painter, face.shape.height, ink, 2 if full else 5)
        badged = id in self.severities
        if full:
            collapsed = id in self._plan.flow.collapsed
            connected = self._plan.flow.connections.get(id, {})
            paint_full(painter, face, connected, badged or collapsed, ink)
            if collapsed and not badged:
                paint_more(painter, face.shape, ink)
        else:
            paint_sign(painter, face, badged, ink)
        if badged:
            paint_badge(painter, self.severities[id], ink, 1 if full else 1.8)


def _around(corner: QPointF, box: Box, zoom: float) -> QRectF:
    """The place of a picture in the window."""
    size = QSizeF(box.width + 2 * MARGIN, box.height + 2 * MARGIN) * zoom
    return QRectF(corner, size)
