"""Where something that is moved comes to stand in line with others, and the lines that show it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from otn_studio.studio.canvas.geometry import Box, Point

GRID = 4.0
Line = tuple[Point, Point]


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


def snapped(
    box: Box, by: Point, others: Sequence[Box], levels: Iterable[Level], reach: float
) -> Snap:
    """In line with another box's edges or middle, if that is within reach; connections that come to
    run straight count first.

    >>> snapped(Box(0, 0, 10, 10), Point(98, 51), [Box(100, 0, 10, 10)], (), 6).by
    Point(x=100, y=52.0)
    """
    moved = box.moved(*by)
    x, across = _nearest(_columns(moved, others), by.x, reach)
    straight = [
        (abs(level.down - by.y), level) for level in levels if abs(level.down - by.y) <= reach
    ]
    if straight:
        _off, level = min(straight)
        ends = Point(level.left, level.height), Point(level.right, level.height)
        return Snap(Point(x, level.down), (*across, ends))
    y, down = _nearest(_rows(moved, others), by.y, reach)
    return Snap(Point(x, y), (*across, *down))


_Found = tuple[float, float, Line]
"""How far off it is, how far away the other is, and the line between the two."""


def _columns(moved: Box, others: Sequence[Box]) -> Iterator[_Found]:
    for other in others:
        top, bottom = min(moved.y, other.y), max(moved.bottom, other.bottom)
        for at, own in (
            (other.x, moved.x),
            (other.right, moved.right),
            (other.center.x, moved.center.x),
        ):
            line = Point(at, top), Point(at, bottom)
            yield at - own, abs(other.center.y - moved.center.y), line


def _rows(moved: Box, others: Sequence[Box]) -> Iterator[_Found]:
    for other in others:
        left, right = min(moved.x, other.x), max(moved.right, other.right)
        for at, own in (
            (other.y, moved.y),
            (other.bottom, moved.bottom),
            (other.center.y, moved.center.y),
        ):
            line = Point(left, at), Point(right, at)
            yield at - own, abs(other.center.x - moved.center.x), line


def _nearest(found: Iterable[_Found], by: float, reach: float) -> tuple[float, tuple[Line, ...]]:
    near = [(abs(off), away, off, line) for off, away, line in found if abs(off) <= reach]
    if not near:
        return _round(by), ()
    _size, _away, off, line = min(near)
    return by + off, (line,)


def _round(number: float) -> float:
    return round(number / GRID) * GRID
