"""The dotted ground: one small tile, repeated by the painter."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from otn_studio.studio.canvas.ink import Ink

SPACING = 20.0
SMALLEST_ZOOM = 0.45
_SIZE = 1.5


class Dots:
    """Painted in pixels of the window, so that it is quick; moves along with the canvas."""

    def __init__(self) -> None:
        self._tile = QPixmap()
        self._made_for: tuple[float, float, Ink] | None = None

    def paint(
        self, painter: QPainter, place: QRectF, origin: QPointF, zoom: float, ink: Ink
    ) -> None:
        """``origin``: where the canvas has its zero in the window."""
        painter.fillRect(place, ink.color("canvas"))
        if zoom < SMALLEST_ZOOM:
            return
        tile = self._tile_for(painter.device().devicePixelRatioF(), zoom, ink)
        side = tile.deviceIndependentSize().width()
        offset = QPointF((place.x() - origin.x()) % side, (place.y() - origin.y()) % side)
        painter.drawTiledPixmap(place, tile, offset)

    def _tile_for(self, ratio: float, zoom: float, ink: Ink) -> QPixmap:
        if self._made_for != (ratio, zoom, ink):
            side = round(SPACING * zoom * ratio)
            self._tile = QPixmap(side, side)
            self._tile.setDevicePixelRatio(ratio)
            self._tile.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._tile)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink.color("dots"))
            painter.drawEllipse(QRectF(0, 0, _SIZE, _SIZE))
            painter.end()
            self._made_for = ratio, zoom, ink
        return self._tile
