"""Ways for connections that lead past the blocks in between, above or below them."""

from collections.abc import Callable, Collection, Iterable, Iterator
from zlib import crc32

from otn_studio.studio.canvas.geometry import Box, Point, Route, around_points

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
Near = Callable[[Box], Collection[Box]]


def routed(start: Point, end: Point, near: Near, gap: float = GAP) -> tuple[Route, bool]:
    """The way, and whether anything was in it; ``near`` answers the boxes that a box meets, and
    ``gap`` is kept from them.

    It depends only on the blocks in `region`, so that it stays where it is when others move.
    """
    straight = Route(start, end)
    blocks = near(straight.box)
    met = _met(straight, blocks) if len(blocks) <= MOST_BLOCKS else []
    if not met:
        return straight, False
    top, bottom = min(box.y for box in met), max(box.bottom for box in met)
    above = _past(straight, top - gap, near, lambda box: box.y - gap, min)
    below = _past(straight, bottom + gap, near, lambda box: box.bottom + gap, max)
    found = [route for route in (above, below) if route is not None]
    return min(found, key=_aside, default=straight), True


def gap_of(way: tuple[str, str]) -> float:
    """The lane that a connection keeps, always the same."""
    return GAP + LANE * (crc32("/".join(way).encode()) % LANES)


def region(route: Route) -> Box:
    """Where blocks decide the way of a connection that something was in the way of."""
    box = Route(route.start, route.end).box
    return Box(box.x - GAP, box.y - FARTHEST, box.width + 2 * GAP, box.height + 2 * FARTHEST)


def _past(
    straight: Route,
    lane: float,
    near: Near,
    beside: Callable[[Box], float],
    farthest: Callable[..., float],
) -> Route | None:
    """The way along a lane, moved on where something is in its way there."""
    low = min(straight.start.y, straight.end.y) - FARTHEST
    high = max(straight.start.y, straight.end.y) + FARTHEST
    for _try in range(_TRIES):
        if not low <= lane <= high:
            return None
        route = straight._replace(lane=lane)
        blocks = near(route.box)
        met = _met(route, blocks) if len(blocks) <= MOST_BLOCKS else None
        if met is None:
            return None
        if not met:
            return route
        lane = farthest(lane, farthest(beside(box) for box in met))
    return None


def _met(route: Route, blocks: Collection[Box]) -> list[Box]:
    """The blocks that the way runs through.

    Plain arithmetic, since thousands of connections are laid when a large flow opens.
    """
    left, top, width, height = route.box
    right, bottom, edge = left + width, top + height, _INSIDE
    candidates = [
        block
        for block in blocks
        if block.x + edge < right
        and left < block.x + block.width - edge
        and block.y + edge <= bottom
        and top <= block.y + block.height - edge
    ]
    if not candidates:
        return []
    pieces = list(_pieces(route, min(96, max(12, int((width + height) / _STEP)))))
    return [block for block in candidates if _is_met(block, pieces)]


def _pieces(route: Route, count: int) -> Iterator[tuple[Box, list[Point]]]:
    """Points of the way, some at a time with the box that holds them."""
    points = list(route.points(count))
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
