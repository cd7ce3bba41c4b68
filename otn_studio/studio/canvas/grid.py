"""Finding what is near a place without asking everything: a grid of cells."""

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

from otn_studio.studio.canvas.geometry import Box, Route

CELL = 512.0
_NEAR_BORDER = 0.25
K = TypeVar("K", bound=Hashable)
Cell = tuple[int, int]


class Grid(Generic[K]):
    """Keys in cells."""

    def __init__(self) -> None:
        self._cells: dict[Cell, set[K]] = {}
        self._of: dict[K, frozenset[Cell]] = {}

    def put(self, key: K, cells: Iterable[Cell]) -> None:
        """Let a key be in these cells, and in no others."""
        new = frozenset(cells)
        old = self._of.get(key)
        if old == new:
            return
        if old is not None:
            self.drop(key)
        self._of[key] = new
        for cell in new:
            found = self._cells.get(cell)
            if found is None:
                self._cells[cell] = {key}
            else:
                found.add(key)

    def drop(self, key: K) -> None:
        for cell in self._of.pop(key, ()):
            found = self._cells[cell]
            found.discard(key)
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


def cells_of_box(box: Box) -> list[Cell]:
    left, top, right, bottom = _span(box)
    return [(x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)]


def cells_of_route(route: Route) -> set[Cell]:
    """The cells that the curve runs through: a long one is met only where it runs."""
    box = route.box
    if box.width < CELL and box.height < CELL:
        return set(cells_of_box(box))
    cells: set[Cell] = set()
    steps = int((box.width + box.height) / (CELL / 2)) + 2
    for point in route.points(min(steps, 4_000)):
        x, y = point.x / CELL, point.y / CELL
        cells.update(
            (column, row)
            for column in {int((x + d) // 1) for d in (-_NEAR_BORDER, _NEAR_BORDER)}
            for row in {int((y + d) // 1) for d in (-_NEAR_BORDER, _NEAR_BORDER)}
        )
    return cells


def _span(box: Box) -> tuple[int, int, int, int]:
    return (
        int(box.x // CELL),
        int(box.y // CELL),
        int(box.right // CELL),
        int(box.bottom // CELL),
    )
