"""Blocks in line with each other: their new places, by plain arithmetic."""

from collections.abc import Callable, Mapping
from enum import Enum

from otn_studio.studio.canvas.geometry import Box, Point, around

Boxes = Mapping[str, Box]
Places = dict[str, Point]


class Side(Enum):
    """Where they come to be in line."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


def aligned(boxes: Boxes, side: Side) -> Places:
    """All in line with that side of what holds them."""
    whole = around(boxes.values())
    if whole is None:
        return {}
    to: dict[Side, Callable[[Box], Point]] = {
        Side.LEFT: lambda box: Point(whole.x, box.y),
        Side.CENTER: lambda box: Point(whole.center.x - box.width / 2, box.y),
        Side.RIGHT: lambda box: Point(whole.right - box.width, box.y),
        Side.TOP: lambda box: Point(box.x, whole.y),
        Side.MIDDLE: lambda box: Point(box.x, whole.center.y - box.height / 2),
        Side.BOTTOM: lambda box: Point(box.x, whole.bottom - box.height),
    }
    return {id: to[side](box) for id, box in boxes.items()}


def distributed(boxes: Boxes, *, across: bool) -> Places:
    """The same gap between each and the next; the first and the last stay where they are.

    >>> row = {"a": Box(0, 0, 10, 10), "b": Box(12, 5, 10, 10), "c": Box(50, 0, 10, 10)}
    >>> distributed(row, across=True)["b"]
    Point(x=25.0, y=5)
    """
    order = sorted(boxes, key=lambda id: (_start(boxes[id], across), id))
    if len(order) < 3:
        return {}
    first, last = boxes[order[0]], boxes[order[-1]]
    room = _start(last, across) - _start(first, across) - _size(first, across)
    gap = (room - sum(_size(boxes[id], across) for id in order[1:-1])) / (len(order) - 1)
    at, places = _start(first, across), {}
    for id in order:
        box = boxes[id]
        places[id] = Point(at, box.y) if across else Point(box.x, at)
        at += _size(box, across) + gap
    return places


def _start(box: Box, across: bool) -> float:
    return box.x if across else box.y


def _size(box: Box, across: bool) -> float:
    return box.width if across else box.height
