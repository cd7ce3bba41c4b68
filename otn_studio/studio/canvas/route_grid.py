"""Finding the connections that run near a place."""

from collections.abc import Hashable, Iterable, Mapping
from typing import Generic, TypeVar

from otn_studio.studio.canvas.geometry import Box, Route
from otn_studio.studio.canvas.grid import Grid, cells_of_route

K = TypeVar("K", bound=Hashable)


class RouteGrid(Generic[K]):
    """Knows ``routes`` that change. It catches up when it is asked: in between, a connection may be
    laid several times, and whoever lays many need not wait for it.
    """

    def __init__(self, routes: Mapping[K, Route]) -> None:
        self._routes = routes
        self._grid: Grid[K] = Grid()
        self._before: dict[K, Route | None] = {}
        """Where those that run elsewhere now ran when it was last asked; none: nowhere."""

    def note(self, key: K, before: Route | None) -> None:
        """A connection runs elsewhere now, or is gone."""
        self._before.setdefault(key, before)

    def clear(self) -> None:
        self._grid.clear()
        self._before.clear()

    def near(self, box: Box) -> set[K]:
        """Those in the cells that a box meets."""
        self._catch_up()
        return self._grid.near(box)

    def near_any(self, boxes: Iterable[Box]) -> set[K]:
        """Those in the cells that one of many boxes meets."""
        self._catch_up()
        return self._grid.near_any(boxes)

    def _catch_up(self) -> None:
        """Where most run elsewhere, it is sooner made anew than kept up to date."""
        if len(self._before) * 2 > len(self._routes):
            self._grid.clear()
            self._before = dict.fromkeys(self._routes)
        for key, before in self._before.items():
            route = self._routes.get(key)
            was = set() if before is None else cells_of_route(before)
            self._grid.move(key, was, set() if route is None else cells_of_route(route))
        self._before = {}
