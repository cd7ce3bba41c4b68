"""The flow as items: follows the plan, and leaves alone what has not changed."""

from collections.abc import Collection, Iterable, Mapping

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from otn_studio.blocks.finding import Finding, Severity
from otn_studio.flow.document import Flow
from otn_studio.studio.canvas.block_item import BlockItem, Shared
from otn_studio.studio.canvas.geometry import Box
from otn_studio.studio.canvas.hover_item import HoverItem
from otn_studio.studio.canvas.ink import Ink
from otn_studio.studio.canvas.links_item import LinksItem
from otn_studio.studio.canvas.overview import Overview
from otn_studio.studio.canvas.plan import Plan, Way
from otn_studio.studio.canvas.smoothly import smoothly
from otn_studio.studio.theme.theme import Theme

ROOM = 4_000.0
"""How far the canvas goes on beyond its blocks."""
EMPTY = Box(0, 0, 800, 400)


class Scene(QGraphicsScene):
    """One flow's blocks by id, and their connections."""

    def __init__(self, plan: Plan, theme: Theme) -> None:
        super().__init__()
        self.plan = plan
        self._theme = theme
        self.shared = Shared(Ink(theme.roles, theme.is_dark))
        self.blocks: dict[str, BlockItem] = {}
        self.links = LinksItem(plan, self.shared)
        self.overview = Overview(plan)
        self.errors: frozenset[str] = frozenset()
        self.severities: Mapping[str, Severity] = {}
        self._selected: frozenset[str] = frozenset()
        self._hidden: frozenset[str] = frozenset()
        self._cached = False
        self.hover = HoverItem(plan, self.links, self.shared)
        self.addItem(self.links)
        self.addItem(self.hover)

    def show_flow(self, flow: Flow) -> None:
        """Draw the difference to the flow that was shown."""
        with smoothly(len(flow.blocks) - len(self.blocks)):
            self._show(flow)

    def _show(self, flow: Flow) -> None:
        changed = self.plan.show(flow)
        for id in changed.gone:
            self.removeItem(self.blocks.pop(id))
        for id in changed.reshaped:
            if id in self.blocks:
                self.blocks[id].take(self.plan.shapes[id])
            else:
                self._add(id)
        for id in changed.moved:
            self.blocks[id].setPos(*self.plan.boxes[id].corner)
        for id in changed.reshaped | {way[0] for way in changed.links}:
            if id in self.blocks:
                self.blocks[id].connect_ports(frozenset(flow.connections.get(id, ())))
        self.links.forget(changed.links)
        self.hover.forget()
        self.overview.forget()
        self._make_room()

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """Badges of the worst that there is of each block."""
        worst: dict[str, Severity] = {}
        for finding in findings:
            if worst.get(finding.block) is not Severity.ERROR:
                worst[finding.block] = finding.severity
        touched = worst.keys() | self.severities.keys()
        self.severities = worst
        self.errors = frozenset(id for id in worst if worst[id] is Severity.ERROR)
        self._mark(touched)

    def show_selected(self, selected: frozenset[str]) -> None:
        touched = selected ^ self._selected
        self._selected = selected
        self._mark(touched)

    @property
    def selected(self) -> frozenset[str]:
        return self._selected

    def hide(self, blocks: Collection[str], links: Collection[Way]) -> None:
        """Let these be painted by somebody else; nothing hidden shows them again."""
        wanted = frozenset(blocks)
        for id in wanted ^ self._hidden:
            if id in self.blocks:
                self.blocks[id].setVisible(id not in wanted)
        self._hidden, self.links.hidden = wanted, frozenset(links)

    def recolor(self) -> None:
        """The theme has changed."""
        self.shared.ink = Ink(self._theme.roles, self._theme.is_dark)
        self.update_all()

    def update_all(self) -> None:
        """Every picture of a block is out of date."""
        for item in self.blocks.values():
            item.update()
        self.links.update()

    def paint_overview(self, painter: QPainter) -> None:
        """Everything that is not hidden, as seen from afar."""
        ink = self.shared.ink
        self.overview.paint(painter, ink, self._hidden, self.links.hidden)
        shown = self._selected - self._hidden
        self.overview.paint_marks(painter, ink, shown, self.errors - self._hidden)

    def keep_pictures(self, wanted: bool) -> None:
        """Whether every block keeps the picture of itself as painted last: quick, where large."""
        if wanted != self._cached:
            self._cached = wanted
            for item in self.blocks.values():
                item.setCacheMode(self._cache_mode())

    def _cache_mode(self) -> QGraphicsItem.CacheMode:
        modes = QGraphicsItem.CacheMode
        return modes.DeviceCoordinateCache if self._cached else modes.NoCache

    def _add(self, id: str) -> None:
        item = self.blocks[id] = BlockItem(id, self.plan.shapes[id], self.shared)
        if self._cached:
            item.setCacheMode(self._cache_mode())
        self.addItem(item)

    def _mark(self, ids: Iterable[str]) -> None:
        for id in ids:
            if id in self.blocks:
                severity = self.severities.get(id)
                self.blocks[id].mark(selected=id in self._selected, severity=severity)

    def _make_room(self) -> None:
        bounds = self.plan.bounds() or EMPTY
        room = QRectF(*bounds.grown(ROOM))
        if not self.sceneRect().contains(QRectF(*bounds.grown(ROOM / 4))):
            self.setSceneRect(room)
            self.links.reach_over(room)
