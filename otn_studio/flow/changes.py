"""Changes to a flow as data, each with its inverse.

A change is made by `Change.apply`, which answers the changed flow and the change that takes it back.
Undo, autosave and comparing two flows all use these values. A change that would leave a flow that
can't be read again, such as a connection that hangs in the air, raises `Impossible`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import groupby
from typing import Self

from otn_studio.blocks.block import Block
from otn_studio.blocks.languages import Texts
from otn_studio.flow.change import (
    Change,
    Impossible,
    OneOfMany,
    refuse_missing,
    refuse_unusable,
    with_entry,
    without,
)
from otn_studio.flow.document import CHANNELS, Field, Flow, Position, Topic
from otn_studio.flow.places import NUMBER_LIMIT
from otn_studio.flow.translating import forgotten


@dataclass(frozen=True)
class AddBlock(OneOfMany):
    """Adds a block, with its texts in those further languages that the flow speaks; ``collapsed``
    shows its title only.
    """

    id: str
    block: Block
    position: Position | None = None
    translations: Mapping[str, Texts] = field(default_factory=dict)
    collapsed: bool = False

    @classmethod
    def apply_all(cls, flow: Flow, changes: Sequence[Self]) -> tuple[Flow, list[Change]]:
        blocks, layout, collapsed = dict(flow.blocks), dict(flow.layout), set(flow.collapsed)
        translations = {language: dict(texts) for language, texts in flow.translations.items()}
        for change in changes:
            id = change.id
            refuse_unusable(id)
            _refuse_far_away(change.position)
            if id in blocks:
                raise Impossible(f"There is a block “{id}” already.")
            blocks[id] = change.block
            if change.position is not None:
                layout[id] = change.position
            if change.collapsed:
                collapsed.add(id)
            for language in translations.keys() & change.translations.keys():
                translations[language][id] = change.translations[language]
        added = replace(flow, blocks=blocks, layout=layout, translations=translations)
        inverses: list[Change] = [RemoveBlock(change.id) for change in changes]
        return replace(added, collapsed=frozenset(collapsed)), inverses


@dataclass(frozen=True)
class RemoveBlock(OneOfMany):
    """Removes a block that has no connections; `removal` makes the change for one that has."""

    id: str

    @classmethod
    def apply_all(cls, flow: Flow, changes: Sequence[Self]) -> tuple[Flow, list[Change]]:
        ids = [change.id for change in changes]
        blocks, inverses = dict(flow.blocks), list[Change]()
        led_to = {to for ports in flow.connections.values() for to in ports.values()}
        for id in ids:
            refuse_missing(blocks, id)
            if id in led_to or flow.connections.get(id):
                raise Impossible(f"The block “{id}” is still connected.")
            place, texts = flow.layout.get(id), flow.texts_of(id)
            inverses.append(AddBlock(id, blocks.pop(id), place, texts, id in flow.collapsed))
        removed = replace(
            flow,
            blocks=blocks,
            layout=without(flow.layout, *ids),
            translations={
                language: without(texts, *ids) for language, texts in flow.translations.items()
            },
            collapsed=flow.collapsed.difference(ids),
        )
        return removed, inverses


@dataclass(frozen=True)
class EditBlock(Change):
    """Replaces a block's content; `edit` makes the change where ways out go away with it."""

    id: str
    block: Block

    def apply(self, flow: Flow) -> tuple[Flow, Change]:
        refuse_missing(flow.blocks, self.id)
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
            refuse_missing(flow.blocks, id)
            _refuse_far_away(position)
        before = {id: flow.layout.get(id) for id in self.positions}
        merged = {**flow.layout, **self.positions}
        layout = {id: position for id, position in merged.items() if position is not None}
        return replace(flow, layout=layout), MoveBlocks(before)


@dataclass(frozen=True)
class Connect(OneOfMany):
    """Lets a way out lead to a block. ``to=None`` leaves it open."""

    block: str
    port: str
    to: str | None

    @classmethod
    def apply_all(cls, flow: Flow, changes: Sequence[Self]) -> tuple[Flow, list[Change]]:
        connections, inverses = dict(flow.connections), list[Change]()
        ports_of = cache(lambda id: {port.id for port in flow.blocks[id].ports()})
        for change in changes:
            block, port, to = change.block, change.port, change.to
            refuse_missing(flow.blocks, block)
            if to is not None:
                refuse_missing(flow.blocks, to)
                if port not in ports_of(block):
                    raise Impossible(f"The block “{block}” has no way out “{port}”.")
            before = connections.get(block, {})
            inverses.append(Connect(block, port, before.get(port)))
            if ports := with_entry(before, port, to):
                connections[block] = ports
            else:
                connections.pop(block, None)
        return replace(flow, connections=connections), inverses


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
        for kind, row in groupby(self.changes, type):
            flow, made = kind.apply_all(flow, list(row))
            inverses += made
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
