"""Going from block to block by the arrow keys."""

from collections.abc import Callable
from enum import Enum

from otn_studio.studio.canvas.geometry import Box
from otn_studio.studio.canvas.plan import Plan

_ASIDE = 2.0
"""What lies aside counts as so much farther away than what lies ahead."""
_CONNECTED = 0.5


class Direction(Enum):
    """``(x, y)``, one step that way."""

    LEFT = (-1, 0)
    RIGHT = (1, 0)
    UP = (0, -1)
    DOWN = (0, 1)


def nearest(
    plan: Plan, id: str, direction: Direction, may: Callable[[str], bool] = lambda id: True
) -> str | None:
    """The block to come to from another: the nearest that way, connected ones before others."""
    here = plan.boxes[id]
    neighbours = {
        other for way in plan.touching.get(id, ()) for other in (way[0], plan.leads_to[way])
    }
    found = [
        (_way(here, box, direction) * (_CONNECTED if other in neighbours else 1), other)
        for other, box in plan.boxes.items()
        if other != id and _lies(here, box, direction) and may(other)
    ]
    return min(found)[1] if found else None


def _lies(here: Box, there: Box, direction: Direction) -> bool:
    ahead, aside = _apart(here, there, direction)
    return ahead > 0 and ahead >= abs(aside) / 2


def _way(here: Box, there: Box, direction: Direction) -> float:
    ahead, aside = _apart(here, there, direction)
    return ahead + _ASIDE * abs(aside)


def _apart(here: Box, there: Box, direction: Direction) -> tuple[float, float]:
    x, y = there.center.x - here.center.x, there.center.y - here.center.y
    along, down = direction.value
    return (x * along, y) if along else (y * down, x)
