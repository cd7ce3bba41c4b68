"""Finding what is near a place without asking everything: a grid of cells."""

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

from otn_studio.studio.canvas.geometry import Box, Route

CELL = 1_024.0
_ASIDE = 3**0.5 / 6
"""A curve leaves the straight line between its ends sideways, by at most such a share of its reach."""
_LARGEST_BOX, _LONGEST_ROUTE = 16 * CELL, 1_000 * CELL
K = TypeVar("K", bound=Hashable)
Cell = tuple[int, int]
EVERYWHERE: Cell = (1 << 60, 1 << 60)
"""Stands for the cells of what is larger: it may be near whatever one asks for."""


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
            cells = [self._cells.get(cell, ()) for cell in _cells(*_sides(box))]
        return set(self._cells.get(EVERYWHERE, ())).union(*cells)

    def near_any(self, boxes: Iterable[Box]) -> set[K]:
        """Everything in the cells that one of many boxes meets."""
        cells = {EVERYWHERE}.union(*(cells_of_box(box) for box in boxes))
        return set().union(*(self._cells.get(cell, ()) for cell in cells))

    def clear(self) -> None:
        self._cells.clear()


def cells_of_box(box: Box) -> list[Cell]:
    if box.width > _LARGEST_BOX or box.height > _LARGEST_BOX:
        return [EVERYWHERE]
    return _cells(*_sides(box))


def _cells(left: float, top: float, right: float, bottom: float) -> list[Cell]:
    first, last = int(left // CELL), int(right // CELL)
    highest, lowest = int(top // CELL), int(bottom // CELL)
    if first == last and highest == lowest:
        return [(first, highest)]
    return [(x, y) for x in range(first, last + 1) for y in range(highest, lowest + 1)]


def cells_of_route(route: Route) -> set[Cell]:
    """The cells that the curve runs through: a long one is met only where it runs."""
    (x1, y1), (x2, y2), reach, lane = route.start, route.end, route.reach, route.lane
    if abs(x2 - x1) + abs(y2 - y1) > _LONGEST_ROUTE:
        return {EVERYWHERE}
    if lane is None:
        aside = _ASIDE * reach
        return (
            _cells_of_line(x1, y1, x2, y2, aside)
            if y1 < y2
            else _cells_of_line(x2, y2, x1, y1, aside)
        )
    on, off = (x1 + reach, x2 - reach) if x2 > x1 else (x1, x2)
    return {
        *_cells(x1, min(y1, lane), x1 + reach, max(y1, lane)),
        *_cells(min(on, off), lane, max(on, off), lane),
        *_cells(x2 - reach, min(y2, lane), x2, max(y2, lane)),
    }


def _cells_of_line(x1: float, y1: float, x2: float, y2: float, aside: float) -> set[Cell]:
    """The cells that a line, so broad to both sides, runs down through.

    Plain arithmetic, since thousands of connections are laid when a large flow opens.
    """
    highest, lowest = int(y1 // CELL), int(y2 // CELL)
    slope = (x2 - x1) / (y2 - y1) if y2 > y1 else 0.0
    cells: set[Cell] = set()
    left = x1
    for row in range(highest, lowest + 1):
        right = x1 + ((row + 1) * CELL - y1) * slope if row < lowest else x2
        first, last = (left, right) if left < right else (right, left)
        for column in range(int((first - aside) // CELL), int((last + aside) // CELL) + 1):
            cells.add((column, row))
        left = right
    return cells


def _sides(box: Box) -> tuple[float, float, float, float]:
    left, top, width, height = box
    return left, top, left + width, top + height


def _span(box: Box) -> tuple[int, int, int, int]:
    left, top, right, bottom = _sides(box)
    return int(left // CELL), int(top // CELL), int(right // CELL), int(bottom // CELL)
