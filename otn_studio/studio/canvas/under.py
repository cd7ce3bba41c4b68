"""What is under the mouse, however near or far one looks."""

from collections.abc import Callable

from otn_studio.studio.canvas.frames import Grip
from otn_studio.studio.canvas.geometry import Point
from otn_studio.studio.canvas.plan import Plan, Way
from otn_studio.studio.canvas.view import OVERVIEW_BELOW, View

REACH = 10.0
"""Pixels of the window, at any zoom: a port is a target of 20."""
CONNECTION_REACH = 6.0
GRIP_REACH = 5.0


class Under:
    """From afar there are blocks and frames only."""

    def __init__(self, view: View) -> None:
        self._view = view

    def block(self, point: Point) -> str | None:
        return self._plan.block_at(point)

    def port(self, point: Point) -> Way | None:
        """A way out, by its port."""
        return self._near(self._plan.port_at, point, REACH / min(1.0, self._view.zoom))

    def end(self, point: Point) -> Way | None:
        """The connection that arrives there."""
        return self._near(self._plan.end_at, point, REACH / min(1.0, self._view.zoom))

    def connection(self, point: Point) -> Way | None:
        return self._near(self._plan.connection_at, point, CONNECTION_REACH / self._view.zoom)

    def frame(self, point: Point) -> str | None:
        """The frame of which one would take hold."""
        return self._plan.frames.at(point, self._view.zoom)

    def grip(self, point: Point) -> Grip | None:
        return self._plan.frames.grip_at(point, GRIP_REACH / self._view.zoom)

    def part(self, block: str, point: Point) -> str:
        """The part of a block that is shown there, for the panel to open."""
        y = point.y - self._plan.boxes[block].y
        regions = self._plan.face(block).regions
        return next((region.path for region in regions if region.top <= y <= region.bottom), "")

    @property
    def _plan(self) -> Plan:
        return self._view.plan_so_far

    def _near(
        self, find: Callable[[Point, float], Way | None], point: Point, reach: float
    ) -> Way | None:
        return None if self._view.zoom < OVERVIEW_BELOW else find(point, reach)
