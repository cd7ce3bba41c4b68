"""The last frame, kept: what moves is moved along, and only what is new or different is painted.

The widgets that float above the canvas would make Qt paint all of it anew at every step of a scroll.
"""

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap, QRegion

from otn_studio.studio.theme import sides

MOST_PIECES = 8
"""More pieces than so many are painted as the one that holds them."""


class LastPicture:
    """``paint`` paints a place of the window. Whatever is kept here counts in pixels of the screen."""

    def __init__(self, paint: Callable[[QPainter, QRectF], None]) -> None:
        self._paint = paint
        self._picture = QPixmap()
        self._dirty = QRegion()

    def forget(self, place: QRectF | None = None) -> None:
        """That place is out of date; without one, everything is."""
        whole = self._picture.rect()
        self._dirty += whole if place is None else self._on_screen(place) & whole

    def scroll(self, x: float, y: float) -> None:
        """Everything has moved, by whole pixels of the screen."""
        ratio, whole = self._picture.devicePixelRatio(), self._picture.rect()
        right, down = round(x * ratio), round(y * ratio)
        self._picture.scroll(right, down, whole)
        self._dirty.translate(right, down)
        self._dirty += QRegion(whole) - QRegion(whole.translated(right, down))
        self._dirty &= whole

    def picture(self, size: QSize, ratio: float) -> QPixmap:
        """The frame as it is now, for a window of that size."""
        if self._picture.size() != size * ratio or self._picture.devicePixelRatio() != ratio:
            self._picture = QPixmap(size * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._dirty = QRegion(self._picture.rect())
        if not self._dirty.isEmpty():
            self._catch_up(ratio)
        return self._picture

    def _catch_up(self, ratio: float) -> None:
        many = self._dirty.rectCount() > MOST_PIECES
        pieces = [self._dirty.boundingRect()] if many else list(self._dirty)
        self._dirty = QRegion()
        painter = QPainter(self._picture)
        sides.each_its_way(painter)
        for piece in pieces:
            place = QRectF(
                piece.x() / ratio, piece.y() / ratio, piece.width() / ratio, piece.height() / ratio
            )
            painter.save()
            painter.setClipRect(place)
            self._paint(painter, place)
            painter.restore()
        painter.end()

    def _on_screen(self, place: QRectF) -> QRect:
        ratio = self._picture.devicePixelRatio()
        scaled = QRectF(
            place.x() * ratio, place.y() * ratio, place.width() * ratio, place.height() * ratio
        )
        return scaled.toAlignedRect()
