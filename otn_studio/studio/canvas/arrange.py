"""Places for blocks that have none: layers from left to right, as the conversation goes."""

from collections.abc import Iterable, Mapping, Sequence

from otn_studio.blocks.block import Start
from otn_studio.flow.document import Flow
from otn_studio.studio.canvas.geometry import Box, Point
from otn_studio.studio.canvas.layers import Links, Node, components, layered
from otn_studio.studio.canvas.shape import WIDTH

COLUMN = WIDTH + 96.0
ROW_GAP = 40.0
GRID = 4
_PASSING = 8.0
"""So much room a connection takes that passes between blocks."""


def arranged(
    flow: Flow, heights: Mapping[str, float], placed: Mapping[str, Box], missing: Iterable[str]
) -> dict[str, Point]:
    """A place for every one of ``missing``, below what is ``placed`` already; none overlap."""
    top = max((box.bottom + 2 * ROW_GAP for box in placed.values()), default=0.0)
    left = min((box.x for box in placed.values()), default=0.0)
    nodes = sorted(missing, key=lambda id: not isinstance(flow.blocks[id], Start))
    wanted = set(nodes)
    after = {id: [to for to in _following(flow, id) if to in wanted] for id in nodes}
    places: dict[str, Point] = {}
    for group in components(nodes, after):
        part = _group(group, after, heights)
        places |= {id: Point(left + x, top + y) for id, (x, y) in part.items()}
        top = max(places[id].y + heights[id] for id in group) + 2 * ROW_GAP
    return places


def _following(flow: Flow, id: str) -> Iterable[str]:
    """What a block leads to, in the order of its ways out, from top to bottom."""
    order = {port.id: number for number, port in enumerate(flow.blocks[id].ports())}
    ways = flow.connections.get(id, {})
    return dict.fromkeys(ways[p] for p in sorted(ways, key=lambda p: order.get(p, len(order))))


def _group(
    nodes: Sequence[str], after: Mapping[str, Sequence[str]], heights: Mapping[str, float]
) -> dict[str, Point]:
    """Blocks that hang together, from the left and the top on."""
    layers, follows, leads = layered(nodes, after)
    tops: dict[Node, float] = {}
    for order, beside in ((layers, leads), (layers[::-1], follows), (layers, leads)):
        for layer in order:
            _place(layer, beside, heights, tops)
    highest = min(tops[id] for id in nodes)
    return {
        id: Point(number * COLUMN, round((tops[id] - highest) / GRID) * float(GRID))
        for number, layer in enumerate(layers)
        for id in layer
        if isinstance(id, str)
    }


def _place(
    layer: Sequence[Node], beside: Links, heights: Mapping[str, float], tops: dict[Node, float]
) -> None:
    """Every node as near to level with its neighbours as the others in its layer allow."""
    offsets, below = [], 0.0
    for node in layer:
        offsets.append(below)
        below += (heights[node] if isinstance(node, str) else _PASSING) + ROW_GAP
    wishes = [
        _level(beside.get(node, ()), tops, tops.get(node, offset)) - offset
        for node, offset in zip(layer, offsets, strict=True)
    ]
    for node, offset, found in zip(layer, offsets, _rising(wishes), strict=True):
        tops[node] = found + offset


def _level(neighbours: Sequence[Node], tops: Mapping[Node, float], otherwise: float) -> float:
    if not neighbours:
        return otherwise
    return sum(tops[node] for node in neighbours) / len(neighbours)


def _rising(wishes: Iterable[float]) -> list[float]:
    """Numbers that never fall, as near to the wished ones as can be: those that would are averaged."""
    runs: list[tuple[float, int]] = []
    for wish in wishes:
        total, count = wish, 1
        while runs and runs[-1][0] / runs[-1][1] > total / count:
            before, number = runs.pop()
            total, count = total + before, count + number
        runs.append((total, count))
    return [total / count for total, count in runs for _ in range(count)]
