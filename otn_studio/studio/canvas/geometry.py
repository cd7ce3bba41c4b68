"""Boxes and curves in plain numbers: points of the canvas at 100 %, no Qt."""

import math
from collections.abc import Iterable, Iterator
from typing import NamedTuple

LONG = 1_400.0
"""From this length on a connection is drawn with the thinnest pen, which is much quicker."""
_SHORTEST_REACH, _LONGEST_REACH = 40.0, 260.0
_BACKWARD_REACH = 56.0
"""So much farther where it has to turn round."""
_LANE_REACH = 48.0
_SAMPLES = 24
_SHARES = [
    ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3)
    for t in (step / _SAMPLES for step in range(1, _SAMPLES + 1))
]
"""What each of a curve's four points counts, along the curve."""


class Point(NamedTuple):
    x: float
    y: float

    def plus(self, x: float, y: float) -> "Point":
        return Point(self.x + x, self.y + y)

    def distance(self, other: "Point") -> float:
        return math.hypot(self.x - other.x, self.y - other.y)


class Box(NamedTuple):
    """A rectangle by its top left corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def corner(self) -> Point:
        return Point(self.x, self.y)

    @property
    def center(self) -> Point:
        return Point(self.x + self.width / 2, self.y + self.height / 2)

    def contains(self, point: Point) -> bool:
        return self.x <= point.x <= self.right and self.y <= point.y <= self.bottom

    def holds(self, other: "Box") -> bool:
        """Whether the other is wholly within."""
        return (
            self.x <= other.x
            and other.right <= self.right
            and self.y <= other.y
            and other.bottom <= self.bottom
        )

    def meets(self, other: "Box") -> bool:
        return (
            self.x <= other.right
            and other.x <= self.right
            and self.y <= other.bottom
            and other.y <= self.bottom
        )

    def moved(self, x: float, y: float) -> "Box":
        return Box(self.x + x, self.y + y, self.width, self.height)

    def grown(self, by: float) -> "Box":
        return Box(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    @classmethod
    def between(cls, one: Point, other: Point) -> "Box":
        left, top = min(one.x, other.x), min(one.y, other.y)
        return cls(left, top, abs(one.x - other.x), abs(one.y - other.y))


class Curve(NamedTuple):
    """A Bézier curve from one point to another, pulled by two between."""

    start: Point
    first: Point
    second: Point
    end: Point

    def at(self, t: float) -> Point:
        (x1, y1), (x2, y2), (x3, y3), (x4, y4), u = *self, 1 - t
        a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        return Point(a * x1 + b * x2 + c * x3 + d * x4, a * y1 + b * y2 + c * y3 + d * y4)

    def points(self, count: int) -> Iterator[Point]:
        """So many of the points on it, but for its end."""
        (x1, y1), (x2, y2), (x3, y3), (x4, y4) = self
        for step in range(count):
            t = step / count
            u = 1 - t
            a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
            yield Point(a * x1 + b * x2 + c * x3 + d * x4, a * y1 + b * y2 + c * y3 + d * y4)

    @property
    def box(self) -> Box:
        """Holds the curve."""
        return around_points(self)


def around_points(points: Iterable[Point]) -> Box:
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def around(boxes: Iterable[Box]) -> Box | None:
    """The smallest box that holds all of them."""
    boxes = list(boxes)
    if not boxes:
        return None
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    return Box(left, top, right - left, bottom - top)


class Route(NamedTuple):
    """The way of a connection: a curve that leaves to the right and arrives from the left. With a
    ``lane`` it goes along that height in between, past what is in its way.
    """

    start: Point
    end: Point
    lane: float | None = None

    @property
    def reach(self) -> float:
        """How far it goes on straight before it turns."""
        across = self.end.x - self.start.x
        if self.lane is not None:
            return min(_LANE_REACH, across / 2) if across > 0 else _LANE_REACH
        least = _SHORTEST_REACH + min(_BACKWARD_REACH, max(0.0, -across / 2))
        return min(_LONGEST_REACH, max(least, abs(across) / 2))

    @property
    def is_long(self) -> bool:
        return abs(self.end.x - self.start.x) + abs(self.end.y - self.start.y) > LONG

    @property
    def curves(self) -> tuple[Curve, ...]:
        """One; or one to the lane, the lane, and one from there."""
        (x1, y1), (x2, y2), reach, lane = self.start, self.end, self.reach, self.lane
        if lane is None:
            return (Curve(self.start, Point(x1 + reach, y1), Point(x2 - reach, y2), self.end),)
        ahead = x2 > x1
        on = Point(x1 + reach if ahead else x1, lane)
        off = Point(x2 - reach if ahead else x2, lane)
        turn = reach / 2 if ahead else reach
        return (
            Curve(self.start, Point(x1 + turn, y1), Point(x1 + turn, lane), on),
            Curve(on, on, off, off),
            Curve(off, Point(x2 - turn, lane), Point(x2 - turn, y2), self.end),
        )

    @property
    def box(self) -> Box:
        """Holds all of the curve."""
        (x1, y1), (x2, y2), reach = self.start, self.end, self.reach
        left, right = min(x1, x2 - reach), max(x2, x1 + reach)
        heights = (y1, y2) if self.lane is None else (y1, y2, self.lane)
        return Box(left, min(heights), right - left, max(heights) - min(heights))

    def at(self, t: float) -> Point:
        """The point at a share of the way."""
        curves = self.curves
        number = min(int(t * len(curves)), len(curves) - 1)
        return curves[number].at(t * len(curves) - number)

    def points(self, count: int = _SAMPLES) -> Iterator[Point]:
        """Some of the points on its way, as many on each of its curves."""
        curves = self.curves
        each = max(1, count // len(curves))
        for curve in curves:
            yield from curve.points(each)
        yield self.end

    def distance(self, point: Point) -> float:
        """How far a point is from the curve.

        Plain arithmetic, since many are asked at every step of a drag.
        """
        (x, y), nearest = point, math.inf
        for (x1, y1), (x2, y2), (x3, y3), (x4, y4) in self.curves:
            left, top = x1, y1
            for a, b, c, d in _SHARES:
                right, bottom = a * x1 + b * x2 + c * x3 + d * x4, a * y1 + b * y2 + c * y3 + d * y4
                across, down = right - left, bottom - top
                length = across * across + down * down
                share = ((x - left) * across + (y - top) * down) / length if length else 0.0
                share = 0.0 if share < 0 else 1.0 if share > 1 else share
                beside, above = x - left - share * across, y - top - share * down
                away = beside * beside + above * above
                if away < nearest:
                    nearest = away
                left, top = right, bottom
        return math.sqrt(nearest)
