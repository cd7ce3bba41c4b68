"""A part of a flow on the clipboard: a small flow in the format of the files, complete in itself."""

from collections.abc import Collection, Iterator, Mapping

from otn_studio.blocks.block import Block
from otn_studio.blocks.liquid import BrokenText, contact_fields, page_fields
from otn_studio.flow import reading, writing
from otn_studio.flow.changes import AddBlock, Change, Connect, SetField, SetTopic, Several
from otn_studio.flow.document import Flow, Position, new_id
from otn_studio.studio.canvas.geometry import Point


def clipped(flow: Flow, blocks: Collection[str], places: Mapping[str, Point]) -> Flow:
    """These blocks with their connections among each other, and the topics and fields they use."""
    taken = {id: flow.blocks[id] for id in flow.blocks if id in blocks}
    topics, fields = set(), set()
    for block in taken.values():
        for kind, name in _used(block):
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
    )


def to_text(flow: Flow) -> str:
    return writing.to_text(flow)


def from_text(text: str) -> Flow:
    """Read what was copied.

    Raises:
        Unreadable: it is no part of a flow.
    """
    return reading.from_text(text)


def pasting(flow: Flow, part: Flow, corner: Point) -> tuple[Change, frozenset[str]]:
    """The change that adds a part to a flow, its top left corner there; and the new blocks' ids."""
    ids = {id: _new_id(id) for id in part.blocks}
    left = min((place.x for place in part.layout.values()), default=0.0)
    top = min((place.y for place in part.layout.values()), default=0.0)

    def place(id: str) -> Position | None:
        at = part.layout.get(id)
        return at and Position(at.x - left + corner.x, at.y - top + corner.y)

    changes: list[Change] = [
        *(SetTopic(id, topic) for id, topic in part.topics.items() if id not in flow.topics),
        *(SetField(key, field) for key, field in part.fields.items() if key not in flow.fields),
        *(
            AddBlock(ids[id], block, place(id), part.texts_of(id))
            for id, block in part.blocks.items()
        ),
        *(Connect(ids[c.block], c.port, ids[c.to]) for c in part.all_connections()),
    ]
    return Several(tuple(changes)), frozenset(ids.values())


def _new_id(id: str) -> str:
    stem, _dash, tail = id.rpartition("-")
    return new_id(stem if stem and len(tail) == 6 else id)


def _used(block: Block) -> Iterator[tuple[str, str]]:
    """The topics and fields that a block refers to, and the fields that its texts fill in."""
    for _path, option, value in block.filled_in():
        if not isinstance(value, str) or not value:
            continue
        if option.refers_to:
            yield option.refers_to, value
        elif "{" in value:
            try:
                keys = contact_fields(value) | page_fields(value)
                yield from (("field", key) for key in keys)
            except BrokenText:
                continue
