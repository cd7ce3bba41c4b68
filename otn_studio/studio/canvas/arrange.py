"""Places for blocks that have none: columns from left to right, as the conversation goes."""

from collections import deque
from collections.abc import Iterable, Mapping

from otn_studio.blocks.block import Start
from otn_studio.flow.document import Flow
from otn_studio.studio.canvas.geometry import Box, Point
from otn_studio.studio.canvas.shape import WIDTH

COLUMN = WIDTH + 96.0
ROW_GAP = 40.0


def arranged(
    flow: Flow, heights: Mapping[str, float], placed: Mapping[str, Box], missing: Iterable[str]
) -> dict[str, Point]:
    """A place for every one of ``missing``, below what is ``placed`` already; none overlap."""
    wanted = set(missing)
    top = max((box.bottom + 2 * ROW_GAP for box in placed.values()), default=0.0)
    left = min((box.x for box in placed.values()), default=0.0)
    columns: dict[int, list[str]] = {}
    for id, column in _columns(flow).items():
        if id in wanted:
            columns.setdefault(column, []).append(id)
    first = min(columns, default=0)
    places = {}
    middle: dict[str, float] = {}
    for column in sorted(columns):
        ids = sorted(columns[column], key=lambda id: _wish(flow, id, middle))
        y = top
        for id in ids:
            y = max(y, _wish(flow, id, middle) - heights[id] / 2)
            places[id] = Point(left + (column - first) * COLUMN, round(y))
            middle[id] = y + heights[id] / 2
            y += heights[id] + ROW_GAP
        for id in ids:
            for order, to in enumerate(flow.connections.get(id, {}).values()):
                middle.setdefault(f"→{to}", middle[id] + order)
    return places


def _wish(flow: Flow, id: str, middle: Mapping[str, float]) -> float:
    """Beside the block that leads there; the others follow in the file's order."""
    return middle.get(f"→{id}", 0.0)


def _columns(flow: Flow) -> dict[str, int]:
    """How many steps a block is from the nearest start."""
    entered = {connection.to for connection in flow.all_connections()}
    starts = [id for id, block in flow.blocks.items() if isinstance(block, Start)]
    loose = [id for id in flow.blocks if id not in entered and id not in set(starts)]
    columns: dict[str, int] = {}
    for first in (*starts, *loose, *flow.blocks):
        if first in columns:
            continue
        columns[first] = 0
        waiting = deque([first])
        while waiting:
            id = waiting.popleft()
            for to in flow.connections.get(id, {}).values():
                if to not in columns:
                    columns[to] = columns[id] + 1
                    waiting.append(to)
    return columns
