"""The flow as items: draws what has changed, and leaves alone what has not."""

from collections.abc import Collection, Iterable, Mapping

from PySide6.QtCore import QLineF, QPointF, QRectF, Signal
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from otn_studio.blocks.block import Group, Role
from otn_studio.blocks.finding import Finding, Severity
from otn_studio.flow.document import Connection, Flow, Position
from otn_studio.studio.canvas import geometry
from otn_studio.studio.canvas.block_item import BlockItem
from otn_studio.studio.canvas.layout import places
from otn_studio.studio.canvas.links_item import Link, LinksItem
from otn_studio.studio.canvas.look import look_of
from otn_studio.studio.theme.theme import Theme

PICTURES = 64 * 1024
"""Kilobytes for pictures of blocks; Qt's own 10 MB do not hold one large screen."""
ROOM = 4_000.0
"""How far beyond its blocks the canvas goes on."""


class Scene(QGraphicsScene):
    """One flow's blocks by id, and their connections. ``redrawn``: the flow is another one."""

    redrawn = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.BspTreeIndex)
        self._theme = theme
        self._flow: Flow | None = None
        self.places: Mapping[str, Position] = {}
        self.blocks: dict[str, BlockItem] = {}
        self._bounds: QRectF | None = None
        self._cache = QGraphicsItem.CacheMode.NoCache
        QPixmapCache.setCacheLimit(PICTURES)
        self.links = LinksItem(theme)
        self.addItem(self.links)

    def show_flow(self, flow: Flow) -> None:
        """Draw the difference to the flow that was shown."""
        before, self._flow = self._flow, flow
        self.places = places(flow)
        for id in self.blocks.keys() - flow.blocks.keys():
            self.removeItem(self.blocks.pop(id))
        self._bounds = None
        changed = {id for id in flow.blocks if self._show_block(before, flow, id)}
        room = self.bounds().adjusted(-ROOM, -ROOM, ROOM, ROOM)
        self.setSceneRect(room)
        self.links.set_room(room)
        self._show_links(flow, changed)
        self.redrawn.emit()

    def show_marks(self, chosen: Collection[str], findings: Iterable[Finding]) -> None:
        """Selection rings and problem badges."""
        worst: dict[str, Severity] = {}
        for finding in findings:
            if worst.get(finding.block) is not Severity.ERROR:
                worst[finding.block] = finding.severity
        for id, item in self.blocks.items():
            item.mark(chosen=id in chosen, severity=worst.get(id))
        if self.links.risen != chosen:
            self.links.risen = frozenset(chosen)
            self.links.update()

    def carry(self, moved: Mapping[str, QPointF]) -> None:
        """Show blocks elsewhere while they are being moved; the flow does not know yet."""
        for id, place in moved.items():
            self.blocks[id].setPos(place)
        self._bounds = None
        self.links.put([self._link(connection) for connection in self.links.of_blocks(moved)])

    def cache_blocks(self, mode: QGraphicsItem.CacheMode) -> None:
        """Keep pictures of the blocks, or let them go."""
        self._cache = mode
        for item in self.blocks.values():
            item.setCacheMode(mode)

    def bounds(self) -> QRectF:
        """The rectangle that holds every block."""
        if self._bounds is None:
            self._bounds = QRectF()
            for item in self.blocks.values():
                self._bounds |= item.rect.translated(item.pos())
        return self._bounds

    def block_at(self, place: QPointF) -> BlockItem | None:
        found = (item for item in self.items(place) if isinstance(item, BlockItem))
        return next(found, None)

    def way_at(self, place: QPointF, reach: float) -> tuple[str, str] | None:
        """The block and port of the way out near a place."""
        around = QRectF(place.x() - reach, place.y() - reach, 2 * reach, 2 * reach)
        for item in self.items(around):
            if isinstance(item, BlockItem) and (port := item.way_at(place, reach)) is not None:
                return item.id, port
        return None

    def color_of_way(self, block: str, port: str):
        """What a connection from there wears: violet for the tap on a card, quiet for the rest."""
        look = self.blocks[block].look
        role = next((way.role for way in look.ways if way.port == port), Role.NEXT)
        if role is Role.CHOICE and look.group is Group.PERMISSION:
            return self._theme.roles.color("permission")
        return self._theme.roles.color("quiet")

    def _show_block(self, before: Flow | None, flow: Flow, id: str) -> bool:
        """Bring a block up to date; answers whether anything about it is new."""
        place = _point(self.places[id])
        if before is not None and _is_the_same(before, flow, id):
            moved = self.blocks[id].pos() != place
            self.blocks[id].setPos(place)
            return moved
        connected = frozenset(flow.connections.get(id, {}))
        look = look_of(flow.blocks[id], connected, flow.lookup())
        if id in self.blocks:
            self.blocks[id].show(look, connected)
        else:
            self.blocks[id] = BlockItem(id, look, connected, self._theme)
            self.blocks[id].setCacheMode(self._cache)
            self.addItem(self.blocks[id])
        self.blocks[id].setPos(place)
        return True

    def _show_links(self, flow: Flow, changed: Collection[str]) -> None:
        wanted = {(c.block, c.port): c for c in flow.all_connections()}
        self.links.remove(self.links.keys() - wanted.keys())
        self.links.put(
            [
                self._link(connection)
                for key, connection in wanted.items()
                if connection.block in changed
                or connection.to in changed
                or self.links.leads_to(key) != connection.to
            ]
        )

    def _link(self, connection: Connection) -> Link:
        start = self.blocks[connection.block].place_of_way(connection.port)
        end = geometry.way_in(self.blocks[connection.to].pos())
        path = geometry.curve(start, end)
        color = self.color_of_way(connection.block, connection.port)
        return Link(connection, path, path.controlPointRect(), QLineF(start, end), color)


def _is_the_same(before: Flow, flow: Flow, id: str) -> bool:
    return (
        before.blocks.get(id) is flow.blocks[id]
        and before.topics is flow.topics
        and before.connections.get(id) == flow.connections.get(id)
    )


def _point(place: Position) -> QPointF:
    return QPointF(place.x, place.y)
