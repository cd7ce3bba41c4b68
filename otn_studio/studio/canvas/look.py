"""What a block shows, as plain values made from its declaration; painting knows nothing else of it."""

import re
from collections.abc import Set
from dataclasses import dataclass

from otn_studio.blocks.block import Block, Declared, Group, Part, Port, Role
from otn_studio.blocks.lookup import Lookup
from otn_studio.studio.words import _, shown

LINES_AT_MOST = 4
PORTS_AT_MOST = 20
_OUTPUT = re.compile(r"\{\{\s*contact\.(\w+)[^}]*\}\}")


@dataclass(frozen=True)
class Text:
    """Something in the person's own words."""

    text: str


@dataclass(frozen=True)
class Card:
    """A request for permission: its words and its topic."""

    title: str
    topic: str


@dataclass(frozen=True)
class Way:
    """A way out, by its port."""

    port: str
    label: str
    role: Role


@dataclass(frozen=True)
class Look:
    """All of a block that can be seen, from top to bottom."""

    title: str
    icon: str
    group: Group
    rows: tuple[Text | Card, ...]
    ways: tuple[Way, ...]
    has_way_in: bool


def look_of(block: Block, connected: Set[str], lookup: Lookup) -> Look:
    """What the block shows; ways out for trouble only where they are connected."""
    asks = next((p for p in _within(block) if p.kind.group is Group.PERMISSION), None)
    declared = asks or block
    ports = [p for p in block.ports() if p.role is not Role.RESCUE or p.id in connected]
    return Look(
        title=block.title or _(block.kind.title),
        icon=declared.kind.icon,
        group=declared.kind.group,
        rows=tuple(_rows(block, lookup)),
        ways=tuple(_way(port) for port in ports[:PORTS_AT_MOST]),
        has_way_in=block.kind.group is not Group.START,
    )


def readable(text: str) -> str:
    """A text with its fields as people call them.

    >>> readable("Size {{ contact.size | truncate: 10 }} is back")
    'Size ‹size› is back'
    """
    return _OUTPUT.sub(lambda found: f"‹{found[1].replace('_', ' ')}›", text)


def _rows(block: Block, lookup: Lookup) -> list[Text | Card]:
    within = _within(block)
    if within:
        return [_row(element, lookup) for element in within]
    said = shown(block.summary())
    return [] if said == (block.title or _(block.kind.title)) else [Text(readable(said))]


def _row(element: Declared, lookup: Lookup) -> Text | Card:
    if element.kind.group is Group.PERMISSION:
        topic = lookup.topics.get(getattr(element, "topic", ""), "")
        return Card(readable(getattr(element, "title", "")) or _("No message yet"), topic)
    words = next((v for _path, option, v in element.filled_in() if option.required and v), "")
    return Text(readable(words) if isinstance(words, str) and words else _(element.kind.title))


def _within(block: Block) -> list[Declared]:
    parts: list[Part] = [part for path, part in block.parts() if path]
    return [part for part in parts if isinstance(part, Declared)]


def _way(port: Port) -> Way:
    return Way(port.id, shown(port.words) or "…", port.role)
