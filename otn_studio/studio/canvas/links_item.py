"""All connections in one item: thousands of curves cost one call, not thousands."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
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
CELL = 512
"""The canvas in squares of this size, so that only those are drawn that run where one looks."""

Key = tuple[str, str]
"""A connection by its block and way out."""


@dataclass(frozen=True)
class Link:
    """A connection with its way over the canvas."""

    connection: Connection
    path: QPainterPath
    rect: QRectF
    line: QLineF
    color: QColor

    @property
    def key(self) -> Key:
        return self.connection.block, self.connection.port


class LinksItem(QGraphicsItem):
    """Knows every connection by its way out, those of each block, and those of each place."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._links: dict[Key, Link] = {}
        self._of_block: dict[str, set[Key]] = defaultdict(set)
        self._in_cell: dict[tuple[int, int], set[Key]] = defaultdict(set)
        self._room = QRectF()
        self.risen: Collection[str] = frozenset()
        """Blocks whose connections stand out."""
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setZValue(0)

    def set_room(self, room: QRectF) -> None:
        """Where connections can be: all of the canvas, so that none of them changes our bounds."""
        if room != self._room:
            self.prepareGeometryChange()
            self._room = room

    def put(self, links: Iterable[Link]) -> None:
        """Show connections, new ones or in a new place."""
        for link in links:
            self.remove([link.key])
            self._links[link.key] = link
            self._of_block[link.connection.block].add(link.key)
            self._of_block[link.connection.to].add(link.key)
            for cell in _cells(link.rect):
                self._in_cell[cell].add(link.key)
            self.update(_grown(link.rect))

    def remove(self, keys: Iterable[Key]) -> None:
        for key in keys:
            link = self._links.pop(key, None)
            if link is not None:
                self._of_block[link.connection.block].discard(key)
                self._of_block[link.connection.to].discard(key)
                for cell in _cells(link.rect):
                    self._in_cell[cell].discard(key)
                self.update(_grown(link.rect))

    def keys(self) -> Collection[Key]:
        return self._links.keys()

    def leads_to(self, key: Key) -> str | None:
        link = self._links.get(key)
        return link and link.connection.to

    def of_blocks(self, blocks: Iterable[str]) -> list[Connection]:
        """Every connection from or to these."""
        keys = set().union(*(self._of_block[block] for block in blocks))
        return [self._links[key].connection for key in keys]

    def lines(self) -> list[QLineF]:
        return [link.line for link in self._links.values()]

    def boundingRect(self) -> QRectF:
        return self._room

    def shape(self) -> QPainterPath:
        return QPainterPath()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget=None) -> None:
        zoom = option.levelOfDetailFromTransform(painter.worldTransform())
        seen = [self._links[key] for key in self._near(option.exposedRect)]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if zoom < SKETCH:
            painter.setPen(_cosmetic(self._theme.roles.color("quiet")))
            painter.drawLines([link.line for link in seen])
            return
        risen = set().union(*(self._of_block[block] for block in self.risen))
        accent = self._theme.roles.color("accent")
        for link in seen:
            rises = link.key in risen
            painter.setPen(_pen(accent if rises else link.color, link.rect, zoom, rises))
            painter.drawPath(link.path)

    def _near(self, place: QRectF) -> set[Key]:
        near: set[Key] = set()
        for cell in _cells(place.intersected(self._room)):
            near |= self._in_cell.get(cell, set())
        return near


def _cells(rect: QRectF) -> Iterator[tuple[int, int]]:
    for x in range(int(rect.left() // CELL), int(rect.right() // CELL) + 1):
        for y in range(int(rect.top() // CELL), int(rect.bottom() // CELL) + 1):
            yield x, y


def _grown(rect: QRectF) -> QRectF:
    return rect.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)


def _pen(color: QColor, rect: QRectF, zoom: float, rises: bool) -> QPen:
    if zoom < THIN or rect.width() + rect.height() > LONG:
        return _cosmetic(color)
    return QPen(color, 2.5 if rises else 1.75)


def _cosmetic(color: QColor) -> QPen:
    pen = QPen(color, 1)
    pen.setCosmetic(True)
    return pen
