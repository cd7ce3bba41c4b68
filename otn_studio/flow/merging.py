"""Bringing together what was drawn of one flow in two places, block by block.

Both began with the same drawing. What only one of them changed is taken from there. Where both changed
the same and not alike, one of the two counts, and it is said where. What one of them changed and the
other took away stays: nothing that was drawn is lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from otn_studio.flow.document import Flow

Key = tuple[str, ...]
"""A part of a flow: what it is of, and its ids."""

_MISSING: Final = object()
_WHOLE: Final = ("name", "channel", "language")
_NAMED: Final = ("topics", "fields", "blocks", "layout", "frames")
_LOOKS: Final = ("layout", "frames", "collapsed")
"""Where they stand is no reason to ask anybody."""


@dataclass(frozen=True)
class Merged:
    """The flow of both. ``disputed``: the blocks that both changed, and not alike; ``beside``: whether
    they did so with anything else.
    """

    flow: Flow
    disputed: frozenset[str] = frozenset()
    beside: bool = False


def merged(base: Flow, ours: Flow, theirs: Flow, *, follow_theirs: bool = False) -> Merged:
    """What both drew since ``base``; where they disagree, ours counts, or theirs."""
    first, second = (theirs, ours) if follow_theirs else (ours, theirs)
    was, one, other = _parts(base), _parts(first), _parts(second)
    kept: dict[Key, Any] = {}
    disputed: set[Key] = set()
    for key in one | other:
        values = tuple(of.get(key, _MISSING) for of in (was, one, other))
        found = _agreed(*values)
        if found is None:
            disputed |= {key} if key[0] not in _LOOKS else set()
            found = values[2] if values[1] is _MISSING else values[1]
        if found is not _MISSING:
            kept[key] = found
    blocks = frozenset(key[1] for key in disputed if key[0] in ("blocks", "connections", "texts"))
    beside = any(key[0] in (*_WHOLE, "topics", "fields") for key in disputed)
    return Merged(_flow(ours, kept), blocks, beside)


def _agreed(was: Any, one: Any, other: Any) -> Any | None:
    """What holds for both; ``None`` where both changed it, and not alike."""
    if one == other or other == was:
        return one
    return other if one == was else None


def _parts(flow: Flow) -> dict[Key, Any]:
    """A flow taken to pieces that come and go by themselves."""
    parts: dict[Key, Any] = {(name,): getattr(flow, name) for name in _WHOLE}
    for name in _NAMED:
        parts |= {(name, id): entry for id, entry in getattr(flow, name).items()}
    parts |= {("connections", c.block, c.port): c.to for c in flow.all_connections()}
    parts |= {("collapsed", id): True for id in flow.collapsed}
    for language, blocks in flow.translations.items():
        parts["languages", language] = True
        parts |= {("texts", id, language): texts for id, texts in blocks.items()}
    return parts


def _flow(like: Flow, parts: Mapping[Key, Any]) -> Flow:
    """A flow put together; connections, places and texts of blocks that are gone are left out."""
    whole = {name: parts[(name,)] for name in _WHOLE}
    named: dict[str, dict[str, Any]] = {
        name: {key[1]: entry for key, entry in parts.items() if key[0] == name} for name in _NAMED
    }
    blocks = named["blocks"]
    named["layout"] = {id: place for id, place in named["layout"].items() if id in blocks}
    translations: dict[str, dict[str, Any]] = {key[1]: {} for key in parts if key[0] == "languages"}
    connections: dict[str, dict[str, str]] = {}
    ways_out = {(id, port.id) for id, block in blocks.items() for port in block.ports()}
    for key, value in parts.items():
        if key[0] == "texts" and key[1] in blocks and key[2] in translations:
            translations[key[2]][key[1]] = value
        if key[0] == "connections" and key[1:] in ways_out and value in blocks:
            connections.setdefault(key[1], {})[key[2]] = value
    collapsed = frozenset(key[1] for key in parts if key[0] == "collapsed") & blocks.keys()
    return replace(
        like,
        **whole,
        **named,
        connections=connections,
        translations=translations,
        collapsed=frozenset(collapsed),
    )
