"""Ways for connections that lead past the blocks in between, above or below them."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple, Protocol
from zlib import crc32

from otn_studio.studio.canvas.geometry import Box, Curve, Point, Route, around, around_points

GAP = 20.0
"""Between a block and a connection that goes past it."""
LANES, LANE = 3, 7.0
"""Connections that go past the same blocks keep so many lanes, so far from each other."""
FARTHEST = 900.0
"""So far aside a connection goes at most; where there is no way then, it goes straight."""
MOST_BLOCKS = 80
"""A connection with more blocks around it is left as it is: it is long, and drawn thin."""
_TRIES = 6
_INSIDE = 2.0
_STEP, _AT_A_TIME = 40.0, 8
COUNTED = 2 * MOST_BLOCKS
"""Where there are more blocks than these around a connection, nobody counts on."""


class Near(Protocol):
    """Answers the blocks that a box meets, or only the first of very many."""

    def __call__(self, box: Box, at_most: int | None = None) -> Collection[Box]: ...


class Laid(NamedTuple):
    """A way, and where something was in its way: all ways that were ``tried``, in their ``place``.
    So many blocks may come or go that none of them runs through, the ``spare`` ones.
    """

    route: Route
    tried: tuple[Route, ...] = ()
    place: Box | None = None
    spare: int = 0

    def is_met(self, block: Box) -> bool:
        """Whether one of the ways that were tried runs through a block."""
        if self.place is None:
            return bool(_met(self.route, [block]))
        is_crowded = len(self.tried) == 1
        return (
            not is_crowded
            and self.place.meets(block)
            and any(_met(route, [block]) for route in self.tried)
        )

    def is_near(self, block: Box) -> bool:
        """Whether a block is one of those around the straight way, which are counted."""
        return self.tried[0].box.meets(block)


def routed(start: Point, end: Point, near: Near, gap: float = GAP) -> Laid:
    """The way; ``gap`` is kept from the blocks.

    It depends only on the blocks that are in the way of what it tries, and on whether there are too
    many, so that it stays where it is when others move.
    """
    straight = Route(start, end)
    blocks = near(straight.box, COUNTED)
    spare = abs(len(blocks) - MOST_BLOCKS)
    if len(blocks) > MOST_BLOCKS:
        return Laid(straight, (straight,), straight.box, spare - 1)
    met = _met(straight, blocks)
    if not met:
        return Laid(straight)
    tried = [straight]
    top, bottom = min(box.y for box in met), max(box.bottom for box in met)
    above = _past(straight, top - gap, near, lambda box: box.y - gap, min, tried)
    below = _past(straight, bottom + gap, near, lambda box: box.bottom + gap, max, tried)
    found = [route for route in (above, below) if route is not None]
    route = min(found, key=_aside, default=straight)
    return Laid(route, tuple(tried), around(each.box for each in tried), spare)


def gap_of(way: tuple[str, str]) -> float:
    """The lane that a connection keeps, always the same."""
    return GAP + LANE * (crc32("/".join(way).encode()) % LANES)


def _past(
    straight: Route,
    lane: float,
    near: Near,
    beside: Callable[[Box], float],
    farthest: Callable[..., float],
    tried: list[Route],
) -> Route | None:
    """The way along a lane, moved on where something is in its way there."""
    low = min(straight.start.y, straight.end.y) - FARTHEST
    high = max(straight.start.y, straight.end.y) + FARTHEST
    for _try in range(_TRIES):
        if not low <= lane <= high:
            return None
        route = straight._replace(lane=lane)
        tried.append(route)
        met = _met(route, near(route.box))
        if not met:
            return route
        lane = farthest(lane, farthest(beside(box) for box in met))
    return None


def _met(route: Route, blocks: Collection[Box]) -> list[Box]:
    """The blocks that the way runs through.

    Plain arithmetic, since thousands of connections are laid when a large flow opens.
    """
    candidates = _across(route.box, blocks)
    if not candidates:
        return []
    met: dict[Box, None] = {}
    for curve in route.curves:
        near = _across(curve.box, candidates)
        if near and curve.box.height:
            pieces = list(_pieces(curve))
            near = [block for block in near if _is_met(block, pieces)]
        met |= dict.fromkeys(near)
    return list(met)


def _across(place: Box, blocks: Collection[Box]) -> list[Box]:
    """Those that a box meets, but for their edges."""
    left, top, width, height = place
    right, bottom, edge = left + width, top + height, _INSIDE
    return [
        block
        for block in blocks
        if block.x + edge < right
        and left < block.x + block.width - edge
        and block.y + edge <= bottom
        and top <= block.y + block.height - edge
    ]


def _pieces(curve: Curve) -> Iterator[tuple[Box, list[Point]]]:
    """Points of a curve, some at a time with the box that holds them."""
    box = curve.box
    points = list(curve.points(min(96, max(12, int((box.width + box.height) / _STEP)))))
    for first in range(0, len(points), _AT_A_TIME):
        some = points[first : first + _AT_A_TIME]
        yield around_points(some), some


def _is_met(block: Box, pieces: Iterable[tuple[Box, list[Point]]]) -> bool:
    x, y, width, height = block
    left, right = x + _INSIDE, x + width - _INSIDE
    top, bottom = y + _INSIDE, y + height - _INSIDE
    for (x, y, width, height), points in pieces:
        if x > right or x + width < left or y > bottom or y + height < top:
            continue
        if any(left <= x <= right and top <= y <= bottom for x, y in points):
            return True
    return False


def _aside(route: Route) -> float:
    """How much longer the way is for its lane."""
    assert route.lane is not None
    return abs(route.lane - route.start.y) + abs(route.lane - route.end.y)
