"""All connections in one item: thousands of curves cost one call, not thousands."""

from collections.abc import Iterable, Set
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem

from otn_studio.flow.document import Connection
from otn_studio.studio.theme.theme import Theme

LONG = 1_400.0
"""Longer ones take a pen of one pixel: Qt draws it many times faster."""
SKETCH = 0.3
THIN = 0.55
MARGIN = 4.0


@dataclass(frozen=True)
class Link:
    """A connection with its way over the canvas."""

    connection: Connection
    path: QPainterPath
    rect: QRectF
    line: QLineF
    color: QColor


class LinksItem(QGraphicsItem):
    """Knows every connection by its way out, and those of each block."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._links: dict[tuple[str, str], Link] = {}
        self._bounds = QRectF()
        self.risen: Set[str] = frozenset()
        """Blocks whose connections stand out."""
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setZValue(0)

    def set_links(self, links: Iterable[Link]) -> None:
        self.prepareGeometryChange()
        self._links = {(link.connection.block, link.connection.port): link for link in links}
        self._measure()
        self.update()

    def replace(self, links: Iterable[Link]) -> None:
        """Put some connections elsewhere: their blocks are being moved."""
        self.prepareGeometryChange()
        for link in links:
            self._links[link.connection.block, link.connection.port] = link
        self._measure()
        self.update()

    def _measure(self) -> None:
        bounds = QRectF()
        for link in self._links.values():
            bounds = bounds.united(link.rect)
        self._bounds = bounds.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)

    def lines(self) -> list[QLineF]:
        return [link.line for link in self._links.values()]

    def near(self, place: QRectF) -> Link | None:
        """A connection that runs through a small rectangle."""
        for link in self._links.values():
            if link.rect.intersects(place) and link.path.intersects(place):
                return link
        return None

    def boundingRect(self) -> QRectF:
        return self._bounds

    def shape(self) -> QPainterPath:
        return QPainterPath()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget=None) -> None:
        zoom = option.levelOfDetailFromTransform(painter.worldTransform())
        seen = [link for link in self._links.values() if link.rect.intersects(option.exposedRect)]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if zoom < SKETCH:
            painter.setPen(_cosmetic(self._theme.roles.color("quiet")))
            painter.drawLines([link.line for link in seen])
            return
        for link in seen:
            painter.setPen(self._pen(link, zoom))
            painter.drawPath(link.path)

    def _pen(self, link: Link, zoom: float) -> QPen:
        ends = {link.connection.block, link.connection.to}
        color = self._theme.roles.color("accent") if ends & self.risen else link.color
        length = link.rect.width() + link.rect.height()
        if zoom < THIN or length > LONG:
            return _cosmetic(color)
        return QPen(color, 2.5 if ends & self.risen else 1.75)


def _cosmetic(color: QColor) -> QPen:
    pen = QPen(color, 1)
    pen.setCosmetic(True)
    return pen
