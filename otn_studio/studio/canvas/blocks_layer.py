"""The blocks, each from a picture of it: painted when first seen, dropped when others need room."""

import math
from collections.abc import Collection, Iterable, Mapping

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap

from otn_studio.blocks.finding import Severity
from otn_studio.studio.canvas.block_painting import (
    MARGIN,
    paint_badge,
    paint_full,
    paint_more,
    paint_ring,
    paint_sign,
)
from otn_studio.studio.canvas.geometry import Box
from otn_studio.studio.canvas.ink import Ink
from otn_studio.studio.canvas.plan import Plan
from otn_studio.studio.canvas.shape import WIDTH
from otn_studio.studio.canvas.shared import Detail, Shared
from otn_studio.studio.theme import sides

KEPT = 0.75
"""The pictures kept have so many of the window's pixels together; blocks seldom cover more of it."""


class BlocksLayer:
    """Paints what is not ``hidden``. ``selected`` and ``severities`` say what is marked."""

    def __init__(self, plan: Plan, shared: Shared) -> None:
        self._plan = plan
        self._shared = shared
        self._pictures: dict[str, QPixmap] = {}
        self._pixels = 0
        self._made_for: tuple[float, float, Detail, Ink] | None = None
        self.hidden: frozenset[str] = frozenset()
        self.selected: frozenset[str] = frozenset()
        self.severities: Mapping[str, Severity] = {}

    def forget(self, ids: Iterable[str]) -> None:
        """These look different now, or are gone."""
        for id in ids:
            picture = self._pictures.pop(id, None)
            if picture is not None:
                self._pixels -= _pixels(picture)

    def paint(self, painter: QPainter, box: Box) -> None:
        self.paint_these(painter, self._plan.blocks_in(box.grown(MARGIN)) - self.hidden)

    def paint_these(self, painter: QPainter, ids: Collection[str]) -> None:
        """Wherever the painter stands. What is selected lies on top."""
        transform, ratio = painter.worldTransform(), painter.device().devicePixelRatioF()
        zoom = transform.m11()
        self._begin(zoom, ratio)
        painter.resetTransform()
        for id in sorted(ids, key=lambda id: (id in self.selected, self._plan.depth(id))):
            box = self._plan.boxes[id]
            corner = transform.map(QPointF(box.x - MARGIN, box.y - MARGIN)) * ratio
            place = QPointF(round(corner.x()) / ratio, round(corner.y()) / ratio)
            painter.drawPixmap(place, self._picture(id, zoom, ratio))
        painter.setWorldTransform(transform)
        self._make_room(painter.device().width() * painter.device().height() * ratio**2, ids)

    def paint_found(self, painter: QPainter, box: Box, found: frozenset[str]) -> None:
        """A ring around what somebody looks for, besides that of what is selected."""
        for id in found & self._plan.blocks_in(box.grown(MARGIN)) - self.selected:
            place = self._plan.boxes[id]
            painter.translate(place.x, place.y)
            width = 2 / min(1.0, painter.worldTransform().m11())
            paint_ring(painter, place.height, self._shared.ink, width, "warning")
            painter.translate(-place.x, -place.y)

    def _begin(self, zoom: float, ratio: float) -> None:
        """Pictures of another size or in other colours are of no use."""
        made_for = zoom, ratio, self._shared.detail, self._shared.ink
        if made_for != self._made_for:
            self._made_for = made_for
            self._pictures.clear()
            self._pixels = 0

    def _picture(self, id: str, zoom: float, ratio: float) -> QPixmap:
        picture = self._pictures.get(id)
        if picture is None:
            picture = self._pictures[id] = self._made(id, zoom, ratio)
            self._pixels += _pixels(picture)
        return picture

    def _make_room(self, window: float, now: Collection[str]) -> None:
        """Let go of pictures, first of those that were not needed now."""
        for id in sorted(self._pictures, key=now.__contains__):
            if self._pixels <= KEPT * window:
                break
            self.forget([id])

    def _made(self, id: str, zoom: float, ratio: float) -> QPixmap:
        width, height = WIDTH + 2 * MARGIN, self._plan.shapes[id].height + 2 * MARGIN
        picture = QPixmap(math.ceil(width * zoom * ratio), math.ceil(height * zoom * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        sides.each_its_way(painter)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        painter.scale(zoom, zoom)
        painter.translate(MARGIN, MARGIN)
        self._paint(painter, id)
        painter.end()
        return picture

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


def _pixels(picture: QPixmap) -> int:
    return picture.width() * picture.height()
