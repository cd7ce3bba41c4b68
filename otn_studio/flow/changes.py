"""Changes to a flow as data, each with its inverse.

A change is made by `Change.apply`, which answers the changed flow and the change that takes it back.
Undo, autosave and comparing two flows all use these values. A change that would leave a flow that
can't be read again, such as a connection that hangs in the air, raises `Impossible`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from otn_studio.blocks.block import Block
from otn_studio.blocks.languages import Texts
from otn_studio.flow.change import (
    Change,
    Impossible,
    refuse_missing,
    refuse_unusable,
    with_entry,
    without,
)
from otn_studio.flow.document import CHANNELS, Field, Flow, Position, Topic
from otn_studio.flow.places import NUMBER_LIMIT
from otn_studio.flow.translating import forgotten


@dataclass(frozen=True)
class AddBlock(Change):
    """Adds a block, with its texts in those further languages that the flow speaks; ``collapsed``
    shows its title only.
    """

    id: str
    block: Block
    position: Position | None = None
    translations: Mapping[str, Texts] = field(default_factory=dict)
    collapsed: bool = False

    def apply(self, flow: Flow) -> tuple[Flow, Change]:
        refuse_unusable(self.id)
        _refuse_far_away(self.position)
        if self.id in flow.blocks:
            raise Impossible(f"There is a block “{self.id}” already.")
        layout = flow.layout if self.position is None else {**flow.layout, self.id: self.position}
        blocks = {**flow.blocks, self.id: self.block}
        translations = {
            language: with_entry(texts, self.id, self.translations.get(language))
            for language, texts in flow.translations.items()
        }
        collapsed = flow.collapsed | {self.id} if self.collapsed else flow.collapsed
        added = replace(flow, blocks=blocks, layout=layout, translations=translations)
        return replace(added, collapsed=collapsed), RemoveBlock(self.id)


@dataclass(frozen=True)
class RemoveBlock(Change):
    """Removes a block that has no connections; `removal` makes the change for one that has."""

    id: str

    def apply(self, flow: Flow) -> tuple[Flow, Change]:
        refuse_missing(flow, self.id)
        block = flow.blocks[self.id]
        leads_there = any(self.id in ports.values() for ports in flow.connections.values())
        if leads_there or flow.connections.get(self.id):
            raise Impossible(f"The block “{self.id}” is still connected.")
        place, texts = flow.layout.get(self.id), flow.texts_of(self.id)
        inverse = AddBlock(self.id, block, place, texts, self.id in flow.collapsed)
        removed = replace(
            flow,
            blocks=without(flow.blocks, self.id),
            layout=without(flow.layout, self.id),
            translations={
                language: without(blocks, self.id) for language, blocks in flow.translations.items()
            },
            collapsed=flow.collapsed - {self.id},
        )
        return removed, inverse


@dataclass(frozen=True)
class EditBlock(Change):
    """Replaces a block's content; `edit` makes the change where ways out go away with it."""

    id: str
    block: Block

    def apply(self, flow: Flow) -> tuple[Flow, Change]:
        refuse_missing(flow, self.id)
        before = flow.blocks[self.id]
        lost = flow.connections.get(self.id, {}).keys() - {port.id for port in self.block.ports()}
        if lost:
            raise Impossible(f"The way out “{min(lost)}” of “{self.id}” is still connected.")
        blocks = {**flow.blocks, self.id: self.block}
        return replace(flow, blocks=blocks), EditBlock(self.id, before)

    def replaces(self, before: Change) -> bool:
        return isinstance(before, EditBlock) and before.id == self.id


@dataclass(frozen=True)
class MoveBlocks(Change):
    """Puts blocks elsewhere. ``None`` takes a block's place away: it is laid out anew."""

    positions: Mapping[str, Position | None]

    def apply(self, flow: Flow) -> tuple[Flow, Change]:
        for id, position in self.positions.items():
            refuse_missing(flow, id)
            _refuse_far_away(position)
        before = {id: flow.layout.get(id) for id in self.positions}
        merged = {**flow.layout, **self.positions}
        layout = {id: position for id, position in merged.items() if position is not None}
        return replace(flow, layout=layout), MoveBlocks(before)


@dataclass(frozen=True)
class Connect(Change):
    """Lets a way out lead to a block. ``to=None`` leaves it open."""

    block: str
    port: str
    to: str | None

    def apply(self, flow: Flow) -> tuple[Flow, Change]:
        refuse_missing(flow, self.block)
        if self.to is not None:
            refuse_missing(flow, self.to)
            if flow.port(self.block, self.port) is None:
                raise Impossible(f"The block “{self.block}” has no way out “{self.port}”.")
        before = flow.leads_to(self.block, self.port)
        ports = with_entry(flow.connections.get(self.block, {}), self.port, self.to)
        connections = with_entry(flow.connections, self.block, ports or None)
        return replace(flow, connections=connections), Connect(self.block, self.port, before)


@dataclass(frozen=True)
class SetTopic(Change):
    """Adds a topic, or renames it; ``topic=None`` takes it out of the flow."""

    id: str
    topic: Topic | None

    def apply(self, flow: Flow) -> tuple[Flow, Change]:
        refuse_unusable(self.id)
        inverse = SetTopic(self.id, flow.topics.get(self.id))
        return replace(flow, topics=with_entry(flow.topics, self.id, self.topic)), inverse


@dataclass(frozen=True)
class SetField(Change):
    """Adds a field, or renames it; ``field=None`` takes it out of the flow."""

    key: str
    field: Field | None

    def apply(self, flow: Flow) -> tuple[Flow, Change]:
        refuse_unusable(self.key)
        inverse = SetField(self.key, flow.fields.get(self.key))
        return replace(flow, fields=with_entry(flow.fields, self.key, self.field)), inverse


@dataclass(frozen=True)
class Rename(Change):
    """Gives the flow another name."""

    name: str

    def apply(self, flow: Flow) -> tuple[Flow, Change]:
        return replace(flow, name=self.name), Rename(flow.name)

    def replaces(self, before: Change) -> bool:
        return isinstance(before, Rename)


@dataclass(frozen=True)
class SwitchChannel(Change):
    """Makes the flow one for another channel."""

    channel: str

    def apply(self, flow: Flow) -> tuple[Flow, Change]:
        if self.channel not in CHANNELS:
            raise Impossible(f"“{self.channel}” is not a channel.")
        return replace(flow, channel=self.channel), SwitchChannel(flow.channel)


@dataclass(frozen=True)
class Several(Change):
    """Changes made together, in their order: all of them, or none."""

    changes: tuple[Change, ...] = field(default_factory=tuple)

    def apply(self, flow: Flow) -> tuple[Flow, Change]:
        inverses: list[Change] = []
        for change in self.changes:
            flow, inverse = change.apply(flow)
            inverses.append(inverse)
        return flow, Several(tuple(reversed(inverses)))


def both(first: Change, then: Change) -> Several:
    """One after the other, as one change: as flat as each, and without what is replaced at once."""
    flat: list[Change] = []
    for change in (*_flat(first), *_flat(then)):
        if flat and change.replaces(flat[-1]):
            flat.pop()
        flat.append(change)
    return Several(tuple(flat))


def _flat(change: Change) -> tuple[Change, ...]:
    return change.changes if isinstance(change, Several) else (change,)


def removal(flow: Flow, *ids: str) -> Several:
    """Removes blocks and every connection from or to them."""
    gone = set(ids)
    cut = [
        Connect(block, port, None)
        for block, ports in flow.connections.items()
        for port, to in ports.items()
        if block in gone or to in gone
    ]
    return Several((*cut, *(RemoveBlock(id) for id in ids)))


def edit(flow: Flow, id: str, block: Block) -> Several:
    """Replaces a block's content; the connections of ways out that go away with it, and the
    translations of texts that do, go too.
    """
    kept = {port.id for port in block.ports()}
    cut = [Connect(id, port, None) for port in flow.connections.get(id, {}) if port not in kept]
    return Several((*cut, *forgotten(flow, id, block), EditBlock(id, block)))


def _refuse_far_away(position: Position | None) -> None:
    if position and not all(abs(number) <= NUMBER_LIMIT for number in (position.x, position.y)):
        raise Impossible("The place is too far away.")
