"""Blocks on the clipboard, as JSON: a part of a flow, complete in itself."""

import json
from collections.abc import Collection, Iterator

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from otn_studio.blocks.block import Block, Part
from otn_studio.flow import reading, writing
from otn_studio.flow.changes import AddBlock, Change, Connect, SetField, SetTopic, Several
from otn_studio.flow.document import Flow, Position, new_id
from otn_studio.flow.reading import Unreadable
from otn_studio.studio.canvas.layout import places

FORMAT = "application/json"


def part_of(flow: Flow, blocks: Collection[str]) -> Flow:
    """These blocks, their connections among each other, and the topics and fields they name."""
    kept = {id: block for id, block in flow.blocks.items() if id in blocks}
    named = set(_references(kept.values()))
    text = json.dumps({id: block.written() for id, block in kept.items()})
    return Flow(
        flow.id,
        flow.name,
        flow.channel,
        topics={id: topic for id, topic in flow.topics.items() if id in named},
        fields={key: entry for key, entry in flow.fields.items() if key in named or key in text},
        blocks=kept,
        connections={
            id: {port: to for port, to in flow.connections.get(id, {}).items() if to in kept}
            for id in kept
        },
        layout={id: place for id, place in places(flow).items() if id in kept},
    )


def copy(flow: Flow, blocks: Collection[str]) -> None:
    text = writing.to_text(part_of(flow, blocks))
    data = QMimeData()
    data.setText(text)
    data.setData(FORMAT, text.encode())
    QGuiApplication.clipboard().setMimeData(data)


def pasted() -> Flow | None:
    """What lies on the clipboard, if it is a part of a flow."""
    try:
        return reading.from_text(QGuiApplication.clipboard().text())
    except Unreadable:
        return None


def insertion(flow: Flow, part: Flow, at: Position) -> tuple[list[str], Change]:
    """Puts a part into a flow, its top left corner at a place; with the new blocks' ids."""
    ids = {id: new_id(id.rpartition("-")[0] or id) for id in part.blocks}
    left = min((place.x for place in part.layout.values()), default=0)
    top = min((place.y for place in part.layout.values()), default=0)
    changes: list[Change] = [
        *(SetTopic(id, t) for id, t in part.topics.items() if id not in flow.topics),
        *(SetField(key, f) for key, f in part.fields.items() if key not in flow.fields),
    ]
    for id, block in part.blocks.items():
        place = part.layout.get(id, Position(left, top))
        there = Position(at.x + place.x - left, at.y + place.y - top)
        changes.append(AddBlock(ids[id], block, there))
    changes += [Connect(ids[c.block], c.port, ids[c.to]) for c in part.all_connections()]
    return list(ids.values()), Several(tuple(changes))


def _references(blocks: Collection[Block]) -> Iterator[str]:
    for block in blocks:
        parts: Iterator[tuple[str, Part]] = block.parts()
        for _path, part in parts:
            for name, option in part.options().items():
                if option.refers_to:
                    yield getattr(part, name)
