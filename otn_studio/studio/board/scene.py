"""The flow as items: draws what has changed, and leaves alone what has not."""

from collections.abc import Collection, Iterable, Mapping

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtWidgets import QGraphicsScene

from otn_studio.blocks.block import Group, Role
from otn_studio.blocks.finding import Finding, Severity
from otn_studio.flow.document import Connection, Flow, Position
from otn_studio.studio.board import geometry
from otn_studio.studio.board.block_item import BlockItem
from otn_studio.studio.board.layout import places
from otn_studio.studio.board.links_item import Link, LinksItem
from otn_studio.studio.board.look import look_of
from otn_studio.studio.theme.theme import Theme

ROOM = 4_000.0
"""How far beyond its blocks the canvas goes on."""


class Scene(QGraphicsScene):
    """One flow's blocks by id, and their connections."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.BspTreeIndex)
        self._theme = theme
        self._flow: Flow | None = None
        self.places: Mapping[str, Position] = {}
        self.blocks: dict[str, BlockItem] = {}
        self.links = LinksItem(theme)
        self.addItem(self.links)

    def show_flow(self, flow: Flow) -> None:
        """Draw the difference to the flow that was shown."""
        before, self._flow = self._flow, flow
        self.places = places(flow)
        for id in self.blocks.keys() - flow.blocks.keys():
            self.removeItem(self.blocks.pop(id))
        names_changed = before is None or before.topics != flow.topics
        for id, block in flow.blocks.items():
            same = before is not None and before.blocks.get(id) is block
            ways = flow.connections.get(id, {})
            if not same or names_changed or before.connections.get(id, {}) != ways:
                self._show_block(flow, id)
            self.blocks[id].setPos(_point(self.places[id]))
        self.links.set_links(self._link(connection) for connection in flow.all_connections())
        self.setSceneRect(self.bounds().adjusted(-ROOM, -ROOM, ROOM, ROOM))

    def show_marks(self, chosen: Collection[str], findings: Iterable[Finding]) -> None:
        """Selection rings and problem badges."""
        worst: dict[str, Severity] = {}
        for finding in findings:
            if worst.get(finding.block) is not Severity.ERROR:
                worst[finding.block] = finding.severity
        for id, item in self.blocks.items():
            item.mark(chosen=id in chosen, severity=worst.get(id))
        self.links.risen = frozenset(chosen)
        self.links.update()

    def carry(self, moved: Mapping[str, QPointF]) -> None:
        """Show blocks elsewhere while they are being moved; the flow does not know yet."""
        assert self._flow is not None
        for id, place in moved.items():
            self.blocks[id].setPos(place)
        touched = [c for c in self._flow.all_connections() if c.block in moved or c.to in moved]
        self.links.replace(self._link(connection) for connection in touched)

    def bounds(self) -> QRectF:
        """The rectangle that holds every block."""
        bounds = QRectF()
        for item in self.blocks.values():
            bounds = bounds.united(item.rect.translated(item.pos()))
        return bounds

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

    def _show_block(self, flow: Flow, id: str) -> None:
        connected = frozenset(flow.connections.get(id, {}))
        look = look_of(flow.blocks[id], connected, flow.lookup())
        if id in self.blocks:
            self.blocks[id].show(look, connected)
        else:
            self.blocks[id] = BlockItem(id, look, connected, self._theme)
            self.addItem(self.blocks[id])

    def _link(self, connection: Connection) -> Link:
        start = self.blocks[connection.block].place_of_way(connection.port)
        end = geometry.way_in(self.blocks[connection.to].pos())
        path = geometry.curve(start, end)
        color = self.color_of_way(connection.block, connection.port)
        return Link(connection, path, path.controlPointRect(), QLineF(start, end), color)


def _point(place: Position) -> QPointF:
    return QPointF(place.x, place.y)
