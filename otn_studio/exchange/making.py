"""Putting a flow together from parts of another program, which refer to each other by their names."""

import re
from collections import Counter
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any, Final

from otn_studio.blocks.block import Block
from otn_studio.blocks.elements.audio import Audio
from otn_studio.blocks.elements.file import File
from otn_studio.blocks.elements.media import Media
from otn_studio.blocks.elements.picture import Picture
from otn_studio.blocks.elements.video import Video
from otn_studio.blocks.field import Field, FieldType
from otn_studio.blocks.known import SYSTEM_FIELDS
from otn_studio.blocks.words import Words
from otn_studio.exchange.report import Report
from otn_studio.flow.document import Flow
from otn_studio.flow.json_text import Unreadable
from otn_studio.policy.media import Medium, fits

LONGEST: Final = 40
_MEDIA: Final = {Medium.PICTURE: Picture, Medium.VIDEO: Video, Medium.AUDIO: Audio}
Way = tuple[str, str]
"""A way out: the block's id and the port's."""


def stable_id(name: str, seed: str) -> str:
    """An id that a reader recognises, and the same whenever the same is imported.

    >>> stable_id("Blue sneakers", "x") == stable_id("Blue sneakers", "x")
    True
    """
    return f"{slug(name) or 'flow'}-{blake2b(seed.encode(), digest_size=3).hexdigest()}"


def slug(words: str, joint: str = "-") -> str:
    """The words as they may stand in an id.

    >>> slug("Send & wait: 1"), slug("Send & wait: 1", "_")
    ('send-wait-1', 'send_wait_1')
    """
    return re.sub(r"[^a-z0-9]+", joint, words.lower()).strip(joint)[:LONGEST].strip(joint)


def media(id: str, url: str) -> Media:
    """A picture, video, sound or file, by the end of its address."""
    path = url.partition("?")[0].partition("#")[0]
    kind = next((kind for medium, kind in _MEDIA.items() if fits(medium, path)), File)
    return kind(id=id, url=url)


def as_dict(value: Any, where: str) -> dict[str, Any]:
    """A value that has to be { … }; nothing counts as an empty one."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Unreadable("“{part}” is not written as {{ … }}.", part=where)
    return value


def as_list(value: Any, where: str) -> list[Any]:
    """A value that has to be [ … ]; nothing counts as an empty one."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise Unreadable("“{part}” is not written as [ … ].", part=where)
    return value


def as_text(value: Any) -> str:
    """What is a text, or can be written as one; anything else is empty."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, str | int | float) else ""


def report_missing(making: "Making", report: Report) -> None:
    """Say what something leads to that is not in the file."""
    for part in making.missing():
        why = Words(
            "Something leads to it, but it is not in the file: the conversation ends there."
        )
        report.lost(Words("connection"), part, "", why, making.id)


class Making:
    """A flow in the making. A *part* is something of the source, of which blocks are made."""

    def __init__(self, id: str, name: str) -> None:
        self.id = id
        self.name = name
        self._blocks: dict[str, Block] = {}
        self._counted: Counter[str] = Counter()
        self._fields: dict[str, Field] = {}
        self._entries: dict[str, str] = {}
        self._passed: dict[str, str] = {}
        self._links: list[tuple[Way, str]] = []
        self._connections: dict[str, dict[str, str]] = {}

    def add(self, block: Block, wish: str) -> str:
        """Take in a block; answers its id. Where it stands is for the canvas to find out."""
        stem = slug(wish) or block.kind.name.replace("_", "-")
        id = self._numbered(stem)
        while id in self._blocks:
            id = self._numbered(stem)
        self._blocks[id] = block
        return id

    def _numbered(self, stem: str) -> str:
        self._counted[stem] += 1
        number = self._counted[stem]
        return stem if number == 1 else f"{stem}-{number}"

    def block(self, id: str) -> Block:
        """One that is there already."""
        return self._blocks[id]

    def connect(self, way: Way, to: str) -> None:
        """From a way out to a block."""
        self._connections.setdefault(way[0], {})[way[1]] = to

    def enter(self, part: str, block: str) -> None:
        """Whatever leads to the part leads to this block."""
        self._entries.setdefault(part, block)

    def pass_on(self, part: str, to: str) -> None:
        """Nothing is made of the part: whatever leads to it leads to another one."""
        self._passed.setdefault(part, to)

    def lead(self, way: Way, part: str) -> None:
        """From a way out to a part, whatever becomes of that; an empty one is none."""
        if part:
            self._links.append((way, part))

    def field(self, wish: str, name: str, type: FieldType = FieldType.TEXT) -> str:
        """The key of a field of that name, which is there from now on."""
        key = slug(wish, "_") or "field"
        if key in SYSTEM_FIELDS or key[0].isdigit():
            key = f"its_{key}"
        if key not in self._fields:
            self._fields[key] = Field(name.strip()[:60] or key, type)
        return key

    @property
    def fields(self) -> Mapping[str, Field]:
        return self._fields

    def flow(self) -> Flow:
        """What it has become."""
        for way, part in self._links:
            if (to := self._entry(part)) is not None:
                self.connect(way, to)
        return Flow(
            id=self.id,
            name=self.name,
            fields=dict(self._fields),
            blocks=dict(self._blocks),
            connections=self._connections,
        )

    def missing(self) -> list[str]:
        """The parts that something leads to, and of which nothing is known."""
        known = self._entries.keys() | self._passed.keys()
        wanted = [*(part for _, part in self._links), *filter(None, self._passed.values())]
        return sorted({part for part in wanted if part not in known})

    def _entry(self, part: str) -> str | None:
        seen = set()
        while part not in self._entries and part in self._passed and part not in seen:
            seen.add(part)
            part = self._passed[part]
        return self._entries.get(part)
