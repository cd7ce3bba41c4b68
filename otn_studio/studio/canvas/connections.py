"""The connections as they are laid: their ways, kept up to date, and asked which run where."""

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from otn_studio.studio.canvas.geometry import Box, Point, Route
from otn_studio.studio.canvas.route_grid import RouteGrid
from otn_studio.studio.canvas.routing import Laid, Near, gap_of, routed

Way = tuple[str, str]
"""A block's id and the id of one of its ports: whatever connection leaves there."""
MANY, CROWDED = 500, 12
"""Where more connections run through where blocks have moved, or more go past one, it takes longer to
ask which of them that concerns than to lay them anew."""
_TRY = 10
"""What it takes to try a way, counted in blocks that are looked at."""
_ASKED = 8
"""What it takes to ask about a place, counted in connections."""


class Connections:
    """Lays them between ``way_out`` and ``way_in``, past the blocks that ``near`` knows of.

    Looking for a way past blocks is trouble, counted by the blocks that are looked at. Where there is
    no time for all of it, the connections beyond lie as before, as far as they can, until `lay_on`.
    """

    def __init__(
        self, way_out: Callable[[Way], Point], way_in: Callable[[str], Point], near: Near
    ) -> None:
        self._way_out = way_out
        self._way_in = way_in
        self._boxes_near = near
        self._trouble = 0
        self._detours: dict[Way, Laid] = {}
        """Those that something was in the way of."""
        self._waiting: dict[Way, None] = {}
        self.routes: dict[Way, Route] = {}
        self._grid = RouteGrid(self.routes)
        self.leads_to: dict[Way, str] = {}
        self.touching: dict[str, list[Way]] = {}

    def show(
        self,
        wanted: Mapping[Way, str],
        touched: Collection[str],
        stirred: Sequence[Box],
        most: float = math.inf,
    ) -> frozenset[Way]:
        """Lay every connection that is new, leads elsewhere, or whose blocks are ``touched``, and
        those that blocks which stand or stood in a ``stirred`` place are in the way of; ``most`` is the
        trouble to take now.
        """
        if not wanted:
            return self._cut_all()
        crossed, changed = self._crossed(stirred), self.leads_to.keys() - wanted.keys()
        for way in changed:
            self._cut(way)
        for way, to in wanted.items():
            is_touched = way[0] in touched or to in touched
            if self.leads_to.get(way) != to:
                self._lead(way, to)
                is_touched = True
            if is_touched:
                changed.add(way)
            if is_touched or way in crossed:
                self._waiting[way] = None
        changed |= self.lay_on(most)
        for way in changed & self._waiting.keys():
            self._run(way, self._for_now(way))
        return frozenset(changed)

    def lay_on(self, most: float = math.inf) -> frozenset[Way]:
        """Lay those that wait, with the ``most`` trouble; answers which run elsewhere now."""
        changed, self._trouble = set(), 0
        while self._waiting and self._trouble < most:
            way, _ = self._waiting.popitem()
            laid = routed(*self._ends(way), self._near, gap_of(way))
            self._detours.pop(way, None)
            if laid.tried:
                self._detours[way] = laid
            if self._run(way, laid.route):
                changed.add(way)
        return frozenset(changed)

    @property
    def is_waiting(self) -> bool:
        """Whether there is something left to `lay_on`."""
        return bool(self._waiting)

    def end_at(self, point: Point, reach: float) -> Way | None:
        """The connection that arrives within reach of a place."""
        near = self._grid.near(Box(point.x, point.y, 0, 0).grown(reach))
        found = [
            (away, way) for way in near if (away := self.routes[way].end.distance(point)) <= reach
        ]
        return min(found)[1] if found else None

    def at(self, point: Point, reach: float, but: Collection[Way] = ()) -> Way | None:
        """The connection that runs within reach of a place, of all ``but`` these."""
        found = [
            (away, way)
            for way in self.in_box(Box(point.x, point.y, 0, 0).grown(reach))
            if way not in but and (away := self.routes[way].distance(point)) <= reach
        ]
        return min(found)[1] if found else None

    def in_box(self, box: Box) -> list[Way]:
        """Those that may run through a box."""
        routes = self.routes
        return [way for way in self._grid.near(box) if routes[way].box.meets(box)]

    def _crossed(self, stirred: Sequence[Box]) -> set[Way]:
        """Those whose ways may be others now that blocks have moved."""
        if not self.routes:
            return set()
        if len(stirred) > len(self.routes) / 2:
            return set(self.routes)
        run_there: list[list[Way]] = []
        left = MANY
        for box in stirred:
            run_there.append(self.in_box(box))
            left -= len(run_there[-1]) + _ASKED
            if left < 0:
                return self._grid.near_any(stirred).union(self._detours)
        pairs = zip(stirred, run_there, strict=True)
        return {way for box, ways in pairs for way in self._concerned(box, ways)}

    def _concerned(self, box: Box, ways: Iterable[Way]) -> Iterator[Way]:
        """Those whose ways may be others for a block that stands there, or stood there; ``ways`` run
        through that place.
        """
        for way in ways:
            if way not in self._detours and Laid(self.routes[way]).is_met(box):
                yield way
        detours = self._detours_near(box)
        if len(detours) > CROWDED:
            yield from (way for way, _laid in detours)
            return
        for way, laid in detours:
            if laid.is_met(box):
                yield way
            elif laid.is_near(box):
                self._detours[way] = laid._replace(spare=laid.spare - 1)
                if not laid.spare:
                    yield way

    def _detours_near(self, box: Box) -> list[tuple[Way, Laid]]:
        """Plain arithmetic, since all are asked for each block that moves."""
        left, top, right, bottom = box.x, box.y, box.right, box.bottom
        return [
            (way, laid)
            for way, laid in self._detours.items()
            for x, y, width, height in (laid.place,)
            if x <= right and left <= x + width and y <= bottom and top <= y + height
        ]

    def _lead(self, way: Way, to: str) -> None:
        if way in self.leads_to:
            self._cut(way)
        self.leads_to[way] = to
        for end in {way[0], to}:
            self.touching.setdefault(end, []).append(way)

    def _cut(self, way: Way) -> None:
        self._detours.pop(way, None)
        self._waiting.pop(way, None)
        for end in {way[0], self.leads_to.pop(way)}:
            self.touching[end].remove(way)
        self._grid.note(way, self.routes.pop(way))

    def _cut_all(self) -> frozenset[Way]:
        gone = frozenset(self.leads_to)
        self._grid.clear()
        for kept in (self._detours, self._waiting, self.leads_to, self.touching, self.routes):
            kept.clear()
        return gone

    def _near(self, box: Box, at_most: int | None = None) -> Collection[Box]:
        found = self._boxes_near(box, at_most)
        self._trouble += _TRY + len(found)
        return found

    def _ends(self, way: Way) -> tuple[Point, Point]:
        return self._way_out(way), self._way_in(self.leads_to[way])

    def _for_now(self, way: Way) -> Route:
        """Between the right ends, and else as before."""
        start, end = self._ends(way)
        before = self.routes.get(way)
        if before is None or before.lane is None:
            return Route(start, end)
        return Route(start, end, before.lane + start.y - before.start.y)

    def _run(self, way: Way, route: Route) -> bool:
        """Answers whether it ran elsewhere before."""
        before = self.routes.get(way)
        if route == before:
            return False
        self.routes[way] = route
        self._grid.note(way, before)
        return True
