"""A place for blocks that have none: in columns, by how far they are from a start."""

from collections import defaultdict
from collections.abc import Mapping

from otn_studio.flow.document import Flow, Position

COLUMN = 320.0
ROW = 220.0


def places(flow: Flow) -> Mapping[str, Position]:
    """Every block's place: its own where it has one."""
    homeless = [id for id in flow.blocks if id not in flow.layout]
    if not homeless:
        return flow.layout
    depth = _depths(flow)
    below = max((place.y for place in flow.layout.values()), default=-ROW) + ROW
    filled: dict[int, int] = defaultdict(int)
    made = dict(flow.layout)
    for id in sorted(homeless, key=lambda id: (depth[id], id)):
        column = depth[id]
        made[id] = Position(column * COLUMN, below + filled[column] * ROW)
        filled[column] += 1
    return made


def _depths(flow: Flow) -> dict[str, int]:
    reached = {connection.to for connection in flow.all_connections()}
    wave = [id for id in flow.blocks if id not in reached] or list(flow.blocks)[:1]
    depths: dict[str, int] = {}
    column = 0
    while wave:
        depths |= dict.fromkeys(wave, column)
        ahead = (to for id in wave for to in flow.connections.get(id, {}).values())
        wave = sorted({to for to in ahead if to not in depths})
        column += 1
    return {id: depths.get(id, 0) for id in flow.blocks}
