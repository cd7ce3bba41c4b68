"""A block between two others that are connected: room for it, and the change that puts it there."""

from collections.abc import Iterator

from otn_studio.blocks.block import Block, Role
from otn_studio.flow.changes import Change, Connect
from otn_studio.flow.document import Flow
from otn_studio.studio.canvas.geometry import Box, Point
from otn_studio.studio.canvas.plan import Plan, Way
from otn_studio.studio.canvas.shape import MIDDLE_OF_HEAD, WIDTH

GAP = 72.0
_BELOW = 24.0


def way_through(flow: Flow, id: str, block: Block) -> str | None:
    """The way out of a block by which the conversation would go on, if it is still open."""
    taken = flow.connections.get(id, {})
    still_open = [port for port in block.ports() if port.id not in taken]
    found = (port.id for port in still_open if port.role is not Role.RESCUE)
    return next(found, None)


def spliced(flow: Flow, way: Way, id: str, through: str | None) -> Iterator[Change]:
    """Let a way out lead to a block, and that to where it led."""
    to = flow.leads_to(*way)
    yield Connect(*way, id)
    if to is not None and through is not None:
        yield Connect(id, through, to)


def room(plan: Plan, way: Way, height: float) -> tuple[Point, dict[str, Point]]:
    """A place for a block in a connection, and where those come to stand that step aside."""
    start, end, _lane = plan.routes[way]
    gap = end.x - start.x
    aside: set[str] = set()
    if start.x < end.x < start.x + WIDTH + 2 * GAP:
        aside = _beyond(plan, plan.leads_to[way], end.x)
        x = start.x + GAP
    else:
        x = start.x + (gap - WIDTH) / 2 if gap > 0 else start.x + GAP
    shift = start.x + WIDTH + 2 * GAP - end.x
    place = Box(x, start.y - MIDDLE_OF_HEAD, WIDTH, height)
    while met := plan.blocks_in(place.grown(8)) - aside:
        place = place._replace(y=max(plan.boxes[id].bottom for id in met) + _BELOW)
    return place.corner, {id: plan.boxes[id].corner.plus(shift, 0) for id in sorted(aside)}


def _beyond(plan: Plan, id: str, x: float) -> set[str]:
    """The block and all that it leads on to, but for what lies farther left."""
    found: set[str] = set()
    waiting = [id]
    while waiting:
        one = waiting.pop()
        if one not in found and plan.boxes[one].x >= x:
            found.add(one)
            waiting += plan.flow.connections.get(one, {}).values()
    return found
