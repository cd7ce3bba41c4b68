"""A flow as values. Nothing here changes in place: see `changes` for how one becomes the next."""

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from otn_studio.blocks.block import Block, Port
from otn_studio.blocks.field import Field
from otn_studio.blocks.languages import Texts, in_words
from otn_studio.blocks.lookup import Lookup
from otn_studio.policy.calendar import Frequency

CHANNELS: Final = ("messenger", "instagram")
FRAME_COLORS: Final = ("grey", "teal", "blue", "amber", "green", "red")
ID_PATTERN: Final = r"^[a-z0-9_-]{1,60}$"


@dataclass(frozen=True, slots=True)
class Topic:
    """What people can ask to be told about. It is its id; the name may change at any time.

    Without a ``frequency`` a yes is good for one message. ``asks_again``: before a lasting yes ends,
    Messenger asks the person whether it should go on.
    """

    name: str
    frequency: Frequency | None = None
    asks_again: bool = True


@dataclass(frozen=True, slots=True)
class Position:
    """Where a block's top left corner stands on the canvas, in its points at 100 %."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the canvas, with a title and a note below it. The blocks on it belong together.

    It has no meaning for the conversation; ``color`` is one of `FRAME_COLORS`.
    """

    title: str
    x: float
    y: float
    width: float
    height: float
    color: str = "grey"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Connection:
    """From a way out of one block to another block."""

    block: str
    port: str
    to: str


@dataclass(frozen=True)
class Flow:
    """One conversation as drawn. All maps go from an id; treat them as constants.

    ``connections`` maps a block's id to its connected ports and where they lead: one way out leads
    to one block. ``layout``, ``frames`` and ``collapsed``, the blocks that show their titles only,
    are apart from all that has a meaning.

    ``language`` is the flow's own, empty where nobody has said it. ``translations`` are its texts in
    further languages, by language, block and the way to each within its block.
    """

    id: str
    name: str
    channel: str = "messenger"
    language: str = ""
    topics: Mapping[str, Topic] = field(default_factory=dict)
    fields: Mapping[str, Field] = field(default_factory=dict)
    blocks: Mapping[str, Block] = field(default_factory=dict)
    connections: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    layout: Mapping[str, Position] = field(default_factory=dict)
    translations: Mapping[str, Mapping[str, Texts]] = field(default_factory=dict)
    frames: Mapping[str, Frame] = field(default_factory=dict)
    collapsed: frozenset[str] = frozenset()

    def all_connections(self) -> Iterator[Connection]:
        for block, ports in self.connections.items():
            for port, to in ports.items():
                yield Connection(block, port, to)

    def leads_to(self, block: str, port: str) -> str | None:
        """The block to which a way out leads; none where it is open."""
        return self.connections.get(block, {}).get(port)

    def port(self, block: str, port: str) -> Port | None:
        return next((p for p in self.blocks[block].ports() if p.id == port), None)

    def block_in(self, id: str, language: str) -> Block:
        """A block in one of the further languages; what is missing there is in the flow's own."""
        texts = self.translations.get(language, {}).get(id)
        return in_words(self.blocks[id], texts) if texts else self.blocks[id]

    def in_language(self, language: str) -> "Flow":
        """The same flow, saying what it says in one of its further languages."""
        blocks = {id: self.block_in(id, language) for id in self.blocks}
        return replace(self, blocks=blocks, language=language)

    def texts_of(self, id: str) -> dict[str, Texts]:
        """The texts of a block in those further languages that have any."""
        return {
            language: blocks[id] for language, blocks in self.translations.items() if id in blocks
        }

    def lookup(self) -> Lookup:
        return Lookup(
            self.channel,
            {id: topic.name for id, topic in self.topics.items()},
            self.fields,
            frozenset(id for id, topic in self.topics.items() if topic.frequency),
        )


def new_id(words: str) -> str:
    """A new id that a reader of the file can recognise, and that no other place will make.

    >>> new_id("Blue sneakers").rpartition("-")[0]
    'blue-sneakers'
    """
    readable = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:40] or "x"
    return f"{readable}-{secrets.token_hex(3)}"
