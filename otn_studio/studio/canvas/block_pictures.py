"""A picture of each block that is seen: painted when first needed, dropped when others need room."""

import math
from collections.abc import Callable, Collection, Hashable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap

from otn_studio.studio.canvas.block_painting import MARGIN
from otn_studio.studio.canvas.shape import WIDTH
from otn_studio.studio.theme import sides

KEPT, MOST = 0.75, 6.0
"""The pictures kept have so many of the window's pixels together; blocks seldom cover more of it. Where
a pile of them does, what is needed now is kept up to the most."""


class BlockPictures:
    """``paint`` paints a block, ``paint_ground`` an empty one of some height."""

    def __init__(
        self,
        height: Callable[[str], float],
        paint: Callable[[QPainter, str], None],
        paint_ground: Callable[[QPainter, float], None],
    ) -> None:
        self._height, self._paint, self._paint_ground = height, paint, paint_ground
        self._pictures: dict[str, QPixmap] = {}
        self._grounds: dict[float, QPixmap] = {}
        self._before: dict[str, QPixmap] = {}
        """Those of another size, until there are new ones."""
        self._pixels = 0
        self._zoom = self._ratio = 1.0
        self._look: Hashable = None

    def begin(self, zoom: float, ratio: float, look: Hashable) -> None:
        """Pictures of another size, or in another look, only stand in for those to come."""
        if (zoom, ratio, look) != (self._zoom, self._ratio, self._look):
            self._zoom, self._ratio, self._look = zoom, ratio, look
            self._before = self._pictures
            self._pictures, self._grounds, self._pixels = {}, {}, 0

    def forget_stand_ins(self) -> None:
        self._before = {}

    def has_room_for(self, ids: Collection[str], window: float) -> bool:
        """Whether all these can be kept, whatever else is."""
        scale, around = self._zoom * self._ratio, 2 * MARGIN
        heights = sum(self._height(id) + around for id in ids)
        return heights * (WIDTH + around) * scale**2 <= MOST * window

    def missing(self, ids: Sequence[str]) -> list[str]:
        return [id for id in ids if id not in self._pictures]

    def of(self, id: str) -> QPixmap:
        picture = self._pictures.get(id)
        if picture is None:
            picture = self._pictures[id] = self._made(id)
            self._pixels += _pixels(picture)
        return picture

    def stand_in(self, id: str) -> QPixmap:
        """For now: one of another size, or of a block that says nothing."""
        before = self._before.get(id)
        return self._ground(self._height(id)) if before is None else before

    def forget(self, id: str) -> None:
        self._before.pop(id, None)
        picture = self._pictures.pop(id, None)
        if picture is not None:
            self._pixels -= _pixels(picture)

    def make_room(self, window: float, now: Collection[str]) -> None:
        """Let go of pictures, first of those that were not needed now."""
        for id in sorted(self._pictures, key=now.__contains__):
            if self._pixels <= (MOST if id in now else KEPT) * window:
                break
            self.forget(id)

    def _made(self, id: str) -> QPixmap:
        picture = QPixmap(self._ground(self._height(id)))
        painter = self._painter(picture)
        self._paint(painter, id)
        painter.end()
        return picture

    def _ground(self, height: float) -> QPixmap:
        ground = self._grounds.get(height)
        if ground is None:
            ground = self._grounds[height] = self._empty(height)
            painter = self._painter(ground)
            self._paint_ground(painter, height)
            painter.end()
        return ground

    def _empty(self, height: float) -> QPixmap:
        scale, around = self._zoom * self._ratio, 2 * MARGIN
        ground = QPixmap(math.ceil((WIDTH + around) * scale), math.ceil((height + around) * scale))
        ground.setDevicePixelRatio(self._ratio)
        ground.fill(Qt.GlobalColor.transparent)
        return ground

    def _painter(self, picture: QPixmap) -> QPainter:
        painter = QPainter(picture)
        sides.each_its_way(painter)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        painter.scale(self._zoom, self._zoom)
        painter.translate(MARGIN, MARGIN)
        return painter


def _pixels(picture: QPixmap) -> int:
    return picture.width() * picture.height()
