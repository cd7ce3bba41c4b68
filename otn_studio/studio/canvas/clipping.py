"""A part of a flow on the clipboard: a small flow in the format of the files, complete in itself."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from otn_studio.blocks.block import Block
from otn_studio.blocks.liquid import BrokenText, contact_fields, page_fields
from otn_studio.flow import reading, writing
from otn_studio.flow.changes import AddBlock, Change, Connect, SetField, SetTopic, Several
from otn_studio.flow.document import Flow, Frame, Position, new_id
from otn_studio.flow.looks import SetFrame
from otn_studio.studio.canvas.geometry import Box, Point, around
from otn_studio.studio.canvas.matching import renamed
from otn_studio.studio.canvas.plan import Plan
from otn_studio.studio.canvas.shape import WIDTH, Fonts

TALLEST = 2_000.0
"""No block is as high as that."""


def clipped(
    flow: Flow,
    blocks: Collection[str],
    places: Mapping[str, Point],
    frames: Collection[str] = (),
    *,
    leaves: bool = True,
) -> Flow:
    """These blocks with their connections among each other, and these frames. A part that ``leaves``
    the flow takes along the topics and fields that it uses.
    """
    taken = {id: flow.blocks[id] for id in flow.blocks if id in blocks}
    topics, fields = set(), set()
    for block in taken.values() if leaves else ():
        for kind, name in _used(block, flow.fields):
            (topics if kind == "topic" else fields).add(name)
    return Flow(
        id=flow.id,
        name=flow.name,
        channel=flow.channel,
        topics={id: topic for id, topic in flow.topics.items() if id in topics},
        fields={key: field for key, field in flow.fields.items() if key in fields},
        blocks=taken,
        connections={
            id: kept
            for id in taken
            if (kept := {p: to for p, to in flow.connections.get(id, {}).items() if to in taken})
        },
        layout={id: Position(*places[id]) for id in taken},
        language=flow.language,
        translations={
            language: {id: texts for id, texts in blocks.items() if id in taken}
            for language, blocks in flow.translations.items()
        },
        frames={id: flow.frames[id] for id in flow.frames if id in frames},
        collapsed=flow.collapsed & taken.keys(),
    )


def to_text(flow: Flow) -> str:
    return writing.to_text(flow)


def from_text(text: str) -> Flow:
    """Read what was copied.

    Raises:
        Unreadable: it is no part of a flow.
    """
    return reading.from_text(text)


def bounds_of(part: Flow, fonts: Fonts) -> Box | None:
    """The box that holds it. Only of blocks near its lower edge it matters how high they are."""
    low = max((at.y for at in part.layout.values()), default=0.0) - TALLEST
    places = {id: part.layout.get(id) for id in part.blocks}
    near = {id for id, at in places.items() if at is None or at.y >= low}
    plan = Plan(fonts)
    plan.show(_only(part, near), most=0)
    corners = [Box(at.x, at.y, WIDTH, 0) for at in places.values() if at is not None]
    lowest = plan.bounds()
    return around([*corners, lowest] if lowest else corners)


def _only(part: Flow, ids: Collection[str]) -> Flow:
    """Some of its blocks, with their connections among each other, and all frames."""
    connections = {
        id: {port: to for port, to in ports.items() if to in ids}
        for id, ports in part.connections.items()
        if id in ids
    }
    blocks = {id: block for id, block in part.blocks.items() if id in ids}
    return replace(part, blocks=blocks, connections=connections)


def pasting(flow: Flow, part: Flow, corner: Point) -> tuple[Change, frozenset[str], frozenset[str]]:
    """The change that adds a part to a flow, its top left corner there; and the ids of the new blocks
    and frames.

    Topics and fields that the flow has under the same name are those of the flow.
    """
    part = renamed(part, flow)
    ids = {id: _new_id(id) for id in part.blocks}
    framed = {_new_id(id): frame for id, frame in part.frames.items()}
    placed: list[Position | Frame] = [*part.layout.values(), *part.frames.values()]
    left = corner.x - min((place.x for place in placed), default=0.0)
    top = corner.y - min((place.y for place in placed), default=0.0)

    def place(id: str) -> Position | None:
        at = part.layout.get(id)
        return at and Position(at.x + left, at.y + top)

    changes: list[Change] = [
        *(SetTopic(id, topic) for id, topic in part.topics.items() if id not in flow.topics),
        *(SetField(key, field) for key, field in part.fields.items() if key not in flow.fields),
        *(
            AddBlock(ids[id], block, place(id), part.texts_of(id), id in part.collapsed)
            for id, block in part.blocks.items()
        ),
        *(Connect(ids[c.block], c.port, ids[c.to]) for c in part.all_connections()),
        *(
            SetFrame(id, replace(frame, x=frame.x + left, y=frame.y + top))
            for id, frame in framed.items()
        ),
    ]
    return Several(tuple(changes)), frozenset(ids.values()), frozenset(framed)


def _new_id(id: str) -> str:
    stem, _dash, tail = id.rpartition("-")
    return new_id(stem if stem and len(tail) == 6 else id)


def _used(block: Block, fields: Collection[str]) -> Iterator[tuple[str, str]]:
    """The topics and fields that a block refers to, and those of the ``fields`` that its texts fill in:
    only texts that name one are read for it.
    """
    for _path, option, value in block.filled_in():
        if not isinstance(value, str) or not value:
            continue
        if option.refers_to:
            yield option.refers_to, value
        elif "{" in value and any(key in value for key in fields):
            try:
                keys = contact_fields(value) | page_fields(value)
                yield from (("field", key) for key in keys)
            except BrokenText:
                continue
