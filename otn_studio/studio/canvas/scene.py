"""The flow as it is painted: follows the plan, and says what of it looks different now."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPainter

from otn_studio.blocks.finding import Finding, Severity
from otn_studio.flow.document import Flow
from otn_studio.studio.canvas.beside import Beside
from otn_studio.studio.canvas.block_painting import MARGIN
from otn_studio.studio.canvas.blocks_layer import BlocksLayer
from otn_studio.studio.canvas.figures_layer import ROOM as FIGURES_MARGIN
from otn_studio.studio.canvas.figures_layer import FiguresLayer
from otn_studio.studio.canvas.frames_layer import FramesLayer
from otn_studio.studio.canvas.geometry import Box, Point
from otn_studio.studio.canvas.hover_layer import HoverLayer
from otn_studio.studio.canvas.ink import Ink
from otn_studio.studio.canvas.links_layer import LinksLayer
from otn_studio.studio.canvas.overview import Overview
from otn_studio.studio.canvas.plan import Changed, Plan, Way
from otn_studio.studio.canvas.shape import WIDTH
from otn_studio.studio.canvas.shared import Shared
from otn_studio.studio.canvas.smoothly import smoothly
from otn_studio.studio.canvas.spotlight import Spotlight
from otn_studio.studio.canvas.stops_layer import StopsLayer
from otn_studio.studio.canvas.unfolding import first_part, more_of
from otn_studio.studio.problems.signs import worst as worst_of
from otn_studio.studio.theme.theme import Theme

EMPTY = Box(0, 0, WIDTH, 80)
A_FRAME = 16
"""Milliseconds between the parts in which a large flow comes."""
TROUBLE = 1_500
"""So many blocks are looked at for ways past them in one go; then the window's user has a turn."""


class Scene(QObject):
    """``changed``: these boxes of the canvas are to be painted anew; none of them: all of it.
    ``unfolded``: all of a large flow is there now.
    """

    changed = Signal(object)
    unfolded = Signal()

    def __init__(self, plan: Plan, theme: Theme) -> None:
        super().__init__()
        self.plan_so_far = plan
        """Of a large flow that still comes, what has come."""
        self._theme = theme
        self.shared = Shared(Ink(theme.roles, theme.is_dark))
        self.frames = FramesLayer(plan, self.shared)
        self.blocks = BlocksLayer(plan, self.shared)
        self.links = LinksLayer(plan, self.shared)
        self.hover = HoverLayer(plan, self.links, self.shared, self.changed.emit)
        self.spotlight = Spotlight(plan, self.blocks, self.links, self.shared)
        self.stops = StopsLayer(plan, self.shared)
        self.figures = FiguresLayer(plan, self.shared)
        self.overview = Overview(plan)
        self.errors: frozenset[str] = frozenset()
        self._found: frozenset[str] = frozenset()
        self._selected: frozenset[str] = frozenset()
        self._whole: Flow | None = None
        """The flow of which a part is shown, until all of it is."""
        self._turns = QTimer(self, interval=0)
        self._turns.timeout.connect(self._lay_on)
        self._next_part = QTimer(self, interval=A_FRAME, singleShot=True)
        self._next_part.timeout.connect(self._unfold_more)

    @property
    def plan(self) -> Plan:
        """Where everything is. Whoever asks wants all of it."""
        self._come_whole()
        return self.plan_so_far

    @property
    def is_whole(self) -> bool:
        return self._whole is None

    def show_beside(self, beside: Beside) -> None:
        """Something else is known of what is beside the flow."""
        if beside != self.plan_so_far.beside:
            flow = self.plan.flow
            self.plan_so_far.beside = beside
            self.show_flow(flow)

    def show_flow(self, flow: Flow) -> None:
        """Take on a flow, whether it is another one or has changed."""
        if self._whole is not None:
            self.plan_so_far.expect_nothing()
        with smoothly(len(flow.blocks) - len(self.plan_so_far.boxes)):
            self._take_on(flow)
        self._be_whole()
        self.changed.emit(None)

    def unfold(self, flow: Flow, room: Point, readable: float) -> None:
        """Take on a new flow: of a large one first what can be seen where it begins, on a screen with
        that ``room``, and the others once that is painted.
        """
        part = first_part(flow, room, readable)
        if part is None:
            self.show_flow(flow)
        else:
            self._whole = flow
            self.plan_so_far.expect(flow)
            self._take_on(part)

    def _unfold_more(self) -> None:
        if self._whole is None:
            return
        part = more_of(self.plan_so_far.flow, self._whole)
        with smoothly(len(self._whole.blocks)):
            changed = self._take_on(part, trouble=0)
        boxes, routes = self.plan_so_far.boxes, self.plan_so_far.routes
        places = [boxes[id] for id in changed.moved] + [routes[way].box for way in changed.links]
        if part is self._whole:
            self._be_whole()
        else:
            self._next_part.start()
        self.changed.emit([place.grown(MARGIN) for place in places])

    def _take_on(self, flow: Flow, trouble: int = TROUBLE) -> Changed:
        before = self.plan_so_far.flow.connections
        changed = self.plan_so_far.show(flow, trouble)
        self.frames.forget()
        self.blocks.forget(changed.gone)
        self.blocks.forget(changed.reshaped)
        self.blocks.forget(_led_otherwise(before, flow.connections))
        self.links.forget(changed.links)
        self.overview.forget()
        self.hover.forget()
        return changed

    def _come_whole(self) -> None:
        if self._whole is not None:
            self.show_flow(self._whole)

    def _be_whole(self) -> None:
        was_part, self._whole = self._whole is not None, None
        if not self.plan_so_far.is_laid:
            self._turns.start()
        if was_part:
            self.unfolded.emit()

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """Badges of the worst that there is of each block."""
        found: dict[str, list[Severity]] = defaultdict(list)
        for finding in findings:
            found[finding.block].append(finding.severity)
        worst = {id: worst_of(severities) for id, severities in found.items()}
        before, self.blocks.severities = self.blocks.severities, worst
        self.errors = frozenset(id for id in worst if worst[id] is Severity.ERROR)
        self._mark(id for id in worst.keys() | before.keys() if worst.get(id) != before.get(id))

    def show_selected(self, selected: frozenset[str]) -> None:
        """What is selected wears a ring, but not while a way is lit."""
        self._selected = selected
        shown = frozenset() if self.spotlight.lit else selected
        before, self.blocks.selected = self.blocks.selected, shown
        self._mark(shown ^ before)

    def show_selected_frames(self, selected: frozenset[str]) -> None:
        """They wear a ring, too."""
        before, self.frames.selected = self.frames.selected, selected
        self._mark_frames(before ^ selected)

    def show_found(self, ids: Iterable[str], frames: Iterable[str] = ()) -> None:
        """What somebody looks for is marked, from however far one looks."""
        before = self._found, self.frames.found
        self._found, self.frames.found = frozenset(ids) - {""}, frozenset(frames) - {""}
        if before != (self._found, self.frames.found):
            self.changed.emit(None)

    @property
    def selected(self) -> frozenset[str]:
        return self.blocks.selected

    def light(
        self, ways: Collection[Way], at: str, role: str = "accent", blocks: Collection[str] = ()
    ) -> None:
        """Let one way through the flow stand out, and more ``blocks``."""
        self._come_whole()
        self.spotlight.light(ways, at, role, blocks)
        self.show_selected(self._selected)
        self.changed.emit(None)

    def show_stops(self, blocks: Collection[str]) -> None:
        """Mark where the simulator stops."""
        if boxes := self.stops.show(blocks):
            self.changed.emit(boxes)

    def show_figures(self, blocks: Mapping[str, str], ways: Mapping[Way, str]) -> None:
        """Show figures below blocks and beside ways out."""
        self.figures.show(blocks, ways)
        self.changed.emit(None)

    def leave_figures(self) -> None:
        self.figures.leave()
        self.changed.emit(None)

    def put_out(self) -> None:
        self.spotlight.put_out()
        self.show_selected(self._selected)
        self.changed.emit(None)

    def hide(
        self, blocks: Collection[str], links: Collection[Way], frames: Collection[str] = ()
    ) -> None:
        """Let these be painted by somebody else; nothing hidden shows them again."""
        frames_before, self.frames.hidden = self.frames.hidden, frozenset(frames)
        self._mark_frames(frames_before ^ self.frames.hidden)
        plan, before = self.plan_so_far, (self.blocks.hidden, self.links.hidden)
        self.blocks.hidden, self.links.hidden = frozenset(blocks), frozenset(links)
        ids = (before[0] ^ self.blocks.hidden) & plan.boxes.keys()
        ways = (before[1] ^ self.links.hidden) & plan.routes.keys()
        if ids or ways:
            boxes = [plan.boxes[id] for id in ids] + [plan.routes[way].box for way in ways]
            around = FIGURES_MARGIN if self.figures.is_shown else MARGIN
            self.changed.emit([box.grown(around) for box in boxes])

    def recolor(self) -> None:
        """The theme has changed."""
        self.shared.ink = Ink(self._theme.roles, self._theme.is_dark)
        self.changed.emit(None)

    def paint(self, painter: QPainter, box: Box) -> None:
        """What of the canvas is in a box, in the canvas's points."""
        self.frames.paint(painter, box)
        self.links.paint(painter, box)
        self.blocks.paint(painter, box)
        self.blocks.paint_found(painter, box, self._found)
        self.figures.paint(painter, box, self.blocks.hidden)
        self.hover.paint(painter)
        self.spotlight.paint(painter, box)
        self.stops.paint(painter, box)
        if self._whole is not None and not self._next_part.isActive():
            self._next_part.start()

    def paint_overview(self, painter: QPainter, box: Box) -> None:
        """The same, as seen from afar."""
        self.frames.paint(painter, box)
        ink, hidden, ways = self.shared.ink, self.blocks.hidden, self.links.hidden
        if hidden or ways:
            self.overview.paint_without(painter, ink, box, hidden, ways)
        else:
            self.overview.paint(painter, ink)
        self.spotlight.paint_overview(painter, box, self.overview)
        marked = (self.selected | {self.spotlight.at}) - hidden
        self.overview.paint_marks(painter, ink, marked, self.errors - hidden, self._found)

    def _lay_on(self) -> None:
        """Let more connections lead past the blocks in their way."""
        before = self.plan_so_far.routes.copy()
        ways = self.plan_so_far.lay_on(TROUBLE)
        if self.plan_so_far.is_laid:
            self._turns.stop()
        if ways:
            self.links.forget(ways)
            places = [
                routes[way].box for way in ways for routes in (before, self.plan_so_far.routes)
            ]
            self.changed.emit([place.grown(MARGIN) for place in places])

    def _mark(self, ids: Iterable[str]) -> None:
        """These look different now."""
        ids = [id for id in ids if id in self.plan_so_far.boxes]
        if ids:
            self.blocks.forget(ids)
            self.changed.emit([self.plan_so_far.boxes[id].grown(MARGIN) for id in ids])

    def _mark_frames(self, ids: Iterable[str]) -> None:
        boxes = self.plan_so_far.frames.boxes
        found = [self.frames.reach(id, boxes[id]) for id in ids if id in boxes]
        if found:
            self.changed.emit(found)


def _led_otherwise(
    before: Mapping[str, Mapping[str, str]], now: Mapping[str, Mapping[str, str]]
) -> Iterator[str]:
    """The blocks whose ways out are connected in another way than before."""
    if before is not now:
        yield from (id for id in before.keys() | now.keys() if before.get(id) != now.get(id))
