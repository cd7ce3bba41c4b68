"""Where something that is moved comes to stand in line with others, and the lines that show it."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from otn_studio.studio.canvas.geometry import Box, Point

GRID = 4.0
Line = tuple[Point, Point]
_Edge = Callable[[Box], float]
_Ordered = list[tuple[float, int]]
"""Where an edge of each box is, with the box's number, in order."""
_COLUMNS: tuple[_Edge, ...] = (
    lambda box: box.x,
    lambda box: box.x + box.width,
    lambda box: box.x + box.width / 2,
)
_ROWS: tuple[_Edge, ...] = (
    lambda box: box.y,
    lambda box: box.y + box.height,
    lambda box: box.y + box.height / 2,
)
_SAME = 1e-6


class Level(NamedTuple):
    """Moved down so far, a connection runs straight: between these places across."""

    down: float
    left: float
    right: float
    height: float


class Snap(NamedTuple):
    """How far to move, and why so far."""

    by: Point
    lines: tuple[Line, ...] = ()


def to_grid(by: Point) -> Snap:
    """No line is near: only the grid counts."""
    return Snap(Point(_round(by.x), _round(by.y)))


class Neighbours:
    """The edges and middles of the boxes that something may come to stand in line with, in order."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        self._boxes = boxes
        self._across = _in_order(boxes, _COLUMNS)
        self._down = _in_order(boxes, _ROWS)

    def snapped(self, box: Box, by: Point, levels: Collection[Level], reach: float) -> Snap:
        """In line with another box's edges or middle, if that is within reach; connections that come
        to run straight count first.

        >>> beside = Neighbours([Box(100, 0, 10, 10)])
        >>> beside.snapped(Box(0, 0, 10, 10), Point(98, 51), (), 6).by
        Point(x=100, y=52.0)
        """
        moved = box.moved(*by)
        off, other = self._nearest(self._across, _COLUMNS, moved, reach)
        x = _round(by.x) if other is None else by.x + off
        lines = [] if other is None else [_upright(moved, other, off)]
        straight = min((abs(level.down - by.y), level) for level in levels) if levels else None
        if straight is not None and straight[0] <= reach:
            level = straight[1]
            lines.append((Point(level.left, level.height), Point(level.right, level.height)))
            return Snap(Point(x, level.down), tuple(lines))
        off, other = self._nearest(self._down, _ROWS, moved, reach)
        if other is None:
            return Snap(Point(x, _round(by.y)), tuple(lines))
        return Snap(Point(x, by.y + off), (*lines, _level(moved, other, off)))

    def _nearest(
        self, ordered: Sequence[_Ordered], edges: Sequence[_Edge], moved: Box, reach: float
    ) -> tuple[float, Box | None]:
        """How far it is off the nearest, and which box that is; of several, the one nearest by."""
        best: tuple[float, float, float, int] | None = None
        for entries, edge in zip(ordered, edges, strict=True):
            own = edge(moved)
            for at, index in entries[bisect_left(entries, (own - reach, -1)) :]:
                if at > own + reach:
                    break
                away = moved.center.distance(self._boxes[index].center)
                found = abs(at - own), away, at - own, index
                best = found if best is None else min(best, found)
        return (0.0, None) if best is None else (best[2], self._boxes[best[3]])


def _in_order(boxes: Sequence[Box], edges: Sequence[_Edge]) -> list[_Ordered]:
    return [sorted((edge(box), index) for index, box in enumerate(boxes)) for edge in edges]


def _upright(moved: Box, other: Box, off: float) -> Line:
    """From one to the other, where they are in line."""
    x = next(edge(other) for edge in _COLUMNS if abs(edge(other) - edge(moved) - off) < _SAME)
    return Point(x, min(moved.y, other.y)), Point(x, max(moved.bottom, other.bottom))


def _level(moved: Box, other: Box, off: float) -> Line:
    y = next(edge(other) for edge in _ROWS if abs(edge(other) - edge(moved) - off) < _SAME)
    return Point(min(moved.x, other.x), y), Point(max(moved.right, other.right), y)


def _round(number: float) -> float:
    return round(number / GRID) * GRID
