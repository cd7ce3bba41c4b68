"""What can be saved of a damaged flow: every part that can be read by itself."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from otn_studio.blocks.words import Words
from otn_studio.flow.document import Flow, new_id
from otn_studio.flow.json_text import Unreadable, refuse_large
from otn_studio.flow.reading import from_data
from otn_studio.flow.torn_json import torn
from otn_studio.flow.upgrading import upgraded
from otn_studio.flow.writing import FORMAT, VERSION

Data = dict[str, Any]
_ALONE: Final = ("topics", "fields", "frames", "blocks")


@dataclass(frozen=True)
class Salvaged:
    """What is left, and what is not, in sentences; ``is_whole``: the file was read to its end."""

    flow: Flow
    lost: tuple[Words, ...]
    is_whole: bool


def salvaged(text: str, name: str) -> Salvaged:
    """What can be read of a file's text; ``name`` is for a flow that has lost its own.

    Raises:
        Unreadable: nothing of it is a flow, or it is one of a newer program.
    """
    refuse_large(len(text))
    data, is_whole = torn(text)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise Unreadable("The file is not a flow: its “format” is not “{format}”.", format=FORMAT)
    saving = _Saving(name, data.get("version", VERSION))
    try:
        saving.save(upgraded({"version": VERSION, **data}))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable("Nothing of the flow can be read.") from error
    torn_off = () if is_whole else (Words("What comes after that in the file is lost."),)
    return Salvaged(from_data(saving.kept), (*torn_off, *saving.sentences()), is_whole)


class _Saving:
    """A flow that grows by every part of another that can be read."""

    def __init__(self, name: str, version: Any) -> None:
        blank = {"id": new_id(name), "name": name, "channel": "messenger"}
        from_data({"format": FORMAT, "version": version, **blank})  # refuses what is newer
        self._heading: Data = {"format": FORMAT, "version": VERSION, **blank}
        self._parts: dict[str, Data] = {}
        self._lost: Counter[str] = Counter()

    @property
    def kept(self) -> Data:
        return {**self._heading, **self._parts}

    def save(self, data: Mapping[str, Any]) -> None:
        for key in ("id", "name", "channel", "language"):
            if key in data and _reads({**self._heading, key: data[key]}):
                self._heading[key] = data[key]
        for part in _ALONE:
            for id, entry in _entries(data.get(part)):
                self._try(part, {id: entry})
        self._save_around_blocks(data)

    def sentences(self) -> Iterator[Words]:
        for part, count in self._lost.items():
            yield Words(_LOST[part].text, plural=_LOST[part].plural, n=count)

    def _save_around_blocks(self, data: Mapping[str, Any]) -> None:
        for id, place in _entries(data.get("layout")):
            self._try("layout", {id: place}, id)
        for id, ports in _entries(data.get("connections")):
            for port, to in _entries(ports):
                self._try("connections", {id: {port: to}}, id, to)
        for language, blocks in _entries(data.get("translations")):
            for id, texts in _entries(blocks):
                self._try("translations", {language: {id: texts}}, id)
        collapsed = data.get("collapsed")
        for id in collapsed if isinstance(collapsed, list) else ():
            if isinstance(id, str) and id in self._parts.get("blocks", {}):
                self._parts.setdefault("collapsed", []).append(id)

    def _try(self, part: str, piece: Data, *beside: Any) -> None:
        """Keep a piece if it can be read with the blocks that it is of."""
        blocks = self._parts.get("blocks", {})
        near = {id: blocks[id] for id in beside if isinstance(id, str) and id in blocks}
        if not _reads({**self._heading, **({"blocks": near} if near else {}), part: piece}):
            self._lost[part] += 1
            return
        kept = self._parts.setdefault(part, {})
        for id, entry in piece.items():
            kept[id] = {**kept[id], **entry} if id in kept else entry


def _reads(data: Data) -> bool:
    try:
        from_data(data)
    except (Unreadable, RecursionError):
        return False
    return True


def _entries(part: Any) -> list[tuple[str, Any]]:
    return list(part.items()) if isinstance(part, dict) else []


_LOST: Final = {
    "topics": Words("{n} topic is lost.", plural="{n} topics are lost."),
    "fields": Words("{n} field is lost.", plural="{n} fields are lost."),
    "frames": Words("{n} frame is lost.", plural="{n} frames are lost."),
    "blocks": Words("{n} block is lost.", plural="{n} blocks are lost."),
    "layout": Words("{n} block has lost its place.", plural="{n} blocks have lost their place."),
    "connections": Words("{n} connection is lost.", plural="{n} connections are lost."),
    "translations": Words(
        "{n} block has lost a translation.", plural="{n} blocks have lost a translation."
    ),
}
