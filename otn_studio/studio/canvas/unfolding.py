"""A large flow comes in parts: first what the first look falls on, the others while it is used."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from otn_studio.blocks.block import Group
from otn_studio.flow.document import Flow, Position
from otn_studio.studio.canvas.geometry import Box, Point
from otn_studio.studio.canvas.shape import WIDTH

LOOKS_RIGHT, LOOKS_DOWN = 1 / 3, 60
"""How far from where the flow begins the first look has its middle: across in widths of the window."""
PART = 150
"""So many blocks are measured in one go; then the window's user has a turn."""
_TALLEST = 1_000
"""Blocks that begin so far above what is seen may still reach into it."""
_REACH = 260
"""Connections go so far beyond what they join."""


def first_part(flow: Flow, room: Point, readable: float) -> Flow | None:
    """What can be seen of a flow where it begins, on a screen with that room, and all that leads past.

    None where parts are no use: they are few, or not all laid out, or a ``readable`` zoom shows all.
    """
    if len(flow.blocks) < 2 * PART or not flow.blocks.keys() <= flow.layout.keys():
        return None
    if not _is_beyond(flow, room, readable):
        return None
    seen = _first_look(flow, room)
    ids = {id for id in flow.blocks if _meets(seen, flow.layout[id], flow.layout[id])}
    for ends in _leading_past(flow, seen):
        ids.update(ends)
    return _only(flow, ids) if len(ids) < len(flow.blocks) - PART else None


def more_of(part: Flow, flow: Flow) -> Flow:
    """The next part of a flow; at last all of it."""
    coming = [id for id in flow.blocks if id not in part.blocks]
    if len(coming) <= PART:
        return flow
    return _only(flow, part.blocks.keys() | set(coming[:PART]))


def begins_at(flow: Flow) -> str:
    """The topmost start, else the topmost block."""
    layout = flow.layout

    def order(id: str) -> tuple[bool, float, float]:
        return flow.blocks[id].kind.group is not Group.START, layout[id].y, layout[id].x

    return min(flow.blocks, key=order)


def _leading_past(flow: Flow, seen: Box) -> Iterator[tuple[str, str]]:
    """The ends of what may run through there, and jumps, which say where they lead."""
    layout, blocks = flow.layout, flow.blocks
    for id, ports in flow.connections.items():
        here, jumps = layout[id], blocks[id].kind.jumps
        for to in ports.values():
            if jumps or _meets(seen, here, layout[to]):
                yield id, to


def _only(flow: Flow, ids: Collection[str]) -> Flow:
    """Its connections stay, since blocks wear them, wherever they lead."""
    return replace(flow, blocks={id: block for id, block in flow.blocks.items() if id in ids})


def _is_beyond(flow: Flow, room: Point, readable: float) -> bool:
    places = flow.layout.values()
    xs, ys = [place.x for place in places], [place.y for place in places]
    return (max(xs) - min(xs)) * readable > room.x or (max(ys) - min(ys)) * readable > room.y


def _first_look(flow: Flow, room: Point) -> Box:
    """Where a block has its corner that can be seen then."""
    first = flow.layout[begins_at(flow)]
    left = first.x + room.x * (LOOKS_RIGHT - 1 / 2) - WIDTH
    top = first.y + LOOKS_DOWN - room.y / 2 - _TALLEST
    return Box(left, top, room.x + WIDTH, room.y + _TALLEST)


def _meets(seen: Box, a: Position, b: Position) -> bool:
    """Whether blocks there, or what joins them, may be in a box."""
    left, right = (a.x, b.x) if a.x < b.x else (b.x, a.x)
    if left - _REACH > seen.x + seen.width or right + _REACH < seen.x:
        return False
    top, bottom = (a.y, b.y) if a.y < b.y else (b.y, a.y)
    return top <= seen.y + seen.height and seen.y <= bottom
