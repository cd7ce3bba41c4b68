"""Finding what is near a place without asking everything: a grid of cells."""

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

from otn_studio.studio.canvas.geometry import Box, Route

CELL = 1_024.0
_NEAR = 0.25
"""A point so near to a border may hide a visit to the cell beyond."""
_MOST_STEPS = 4_000
K = TypeVar("K", bound=Hashable)
Cell = tuple[int, int]


class Grid(Generic[K]):
    """Keys in cells. It keeps no list of who is where: whoever moves a key knows where it was."""

    def __init__(self) -> None:
        self._cells: dict[Cell, list[K]] = {}

    def put(self, key: K, cells: Iterable[Cell]) -> None:
        """Let a key be in these cells."""
        for cell in cells:
            found = self._cells.get(cell)
            if found is None:
                self._cells[cell] = [key]
            else:
                found.append(key)

    def move(self, key: K, before: set[Cell], after: set[Cell]) -> None:
        """Let a key that was in some cells be in others; mostly it stays in all of them."""
        if before != after:
            self.drop(key, before)
            self.put(key, after)

    def drop(self, key: K, cells: Iterable[Cell]) -> None:
        """Take a key out of the cells that it was put in."""
        for cell in cells:
            found = self._cells[cell]
            found.remove(key)
            if not found:
                del self._cells[cell]

    def near(self, box: Box) -> set[K]:
        """Everything in the cells that a box meets."""
        left, top, right, bottom = _span(box)
        if (right - left + 1) * (bottom - top + 1) > len(self._cells):
            cells = [
                keys
                for (x, y), keys in self._cells.items()
                if left <= x <= right and top <= y <= bottom
            ]
        else:
            cells = [self._cells.get(cell, ()) for cell in cells_of_box(box)]
        return set().union(*cells)

    def near_any(self, boxes: Iterable[Box]) -> set[K]:
        """Everything in the cells that one of many boxes meets."""
        cells = {cell for box in boxes for cell in cells_of_box(box)}
        return set().union(*(self._cells.get(cell, ()) for cell in cells))

    def clear(self) -> None:
        self._cells.clear()


def cells_of_box(box: Box) -> list[Cell]:
    left, top, width, height = box
    return _cells(left, top, left + width, top + height)


def _cells(left: float, top: float, right: float, bottom: float) -> list[Cell]:
    first, last = int(left // CELL), int(right // CELL)
    highest, lowest = int(top // CELL), int(bottom // CELL)
    if first == last and highest == lowest:
        return [(first, highest)]
    return [(x, y) for x in range(first, last + 1) for y in range(highest, lowest + 1)]


def cells_of_route(route: Route) -> set[Cell]:
    """The cells that the curve runs through: a long one is met only where it runs.

    Plain arithmetic, since thousands of connections are laid when a large flow opens.
    """
    (x1, y1), (x2, y2), reach, lane = route.start, route.end, route.reach, route.lane
    if lane is not None:
        on, off = (x1 + reach, x2 - reach) if x2 > x1 else (x1, x2)
        return {
            *_cells(x1, min(y1, lane), x1 + reach, max(y1, lane)),
            *_cells(min(on, off), lane, max(on, off), lane),
            *_cells(x2 - reach, min(y2, lane), x2, max(y2, lane)),
        }
    across, down = abs(x2 - x1) + 2 * reach, abs(y2 - y1)
    if across < CELL and down < CELL:
        left = x1 if x1 < x2 - reach else x2 - reach
        right = x2 if x2 > x1 + reach else x1 + reach
        return set(_cells(left, y1, right, y2) if y1 < y2 else _cells(left, y2, right, y1))
    steps = min(_MOST_STEPS, int((across + down) / (CELL / 3)) + 2)
    cells: set[Cell] = set()
    for step in range(steps + 1):
        t = step / steps
        u = 1 - t
        a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        x = ((a + b) * x1 + (c + d) * x2 + (b - c) * reach) / CELL
        y = ((a + b) * y1 + (c + d) * y2) / CELL
        left, right = int((x - _NEAR) // 1), int((x + _NEAR) // 1)
        top, bottom = int((y - _NEAR) // 1), int((y + _NEAR) // 1)
        cells.add((left, top))
        if right != left:
            cells.add((right, top))
        if bottom != top:
            cells.add((left, bottom))
            cells.add((right, bottom))
    return cells


def _span(box: Box) -> tuple[int, int, int, int]:
    return (
        int(box.x // CELL),
        int(box.y // CELL),
        int(box.right // CELL),
        int(box.bottom // CELL),
    )
