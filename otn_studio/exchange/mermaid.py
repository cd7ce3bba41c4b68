"""A flow as a Mermaid flowchart, which wikis and code hosts draw."""

from collections.abc import Callable
from typing import Final

from otn_studio.blocks.block import NEXT, Group
from otn_studio.blocks.words import Words
from otn_studio.exchange.naming import block_name, group_of, way_name
from otn_studio.flow.document import Flow

_PLAIN: Final = frozenset(" ,!?'")
_LONGEST: Final = 200
_COLORS: Final = {
    Group.START: "#0F766E",
    Group.MESSAGE: "#1D4ED8",
    Group.PERMISSION: "#7C3AED",
    Group.LOGIC: "#B45309",
    Group.ACTION: "#475569",
}


def mermaid(flow: Flow, shown: Callable[[Words], str] = str) -> str:
    """Every block with its name, every connection with that of its way out; ``shown`` translates.

    >>> print(mermaid(Flow("shop", "Shop: a --- b")).splitlines()[1])
    title: "Shop: a --- b"
    """
    names = {id: f"b{number}" for number, id in enumerate(sorted(flow.blocks))}
    lines = ["---", f"title: {_title(flow.name)}", "---", "flowchart LR"]
    for id, name in names.items():
        group = group_of(flow.blocks[id])
        opens, closes = ("([", "])") if group is Group.START else ("[", "]")
        label = _escaped(block_name(flow.blocks[id], shown))
        lines.append(f'    {name}{opens}"{label}"{closes}:::{group.value}')
    for link in sorted(flow.all_connections(), key=lambda link: (link.block, link.port)):
        label = "" if link.port == NEXT.id else _escaped(way_name(flow, link, shown))
        way = f'-->|"{label}"|' if label else "-->"
        lines.append(f"    {names[link.block]} {way} {names[link.to]}")
    for group, color in _COLORS.items():
        lines.append(f"    classDef {group.value} fill:#FFFFFF,stroke:{color},color:#1B1F27")
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    """A text that means nothing but itself, whatever Mermaid has a sign for."""
    words = " ".join(text.split())
    short = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
    return "".join(
        letter if letter.isalnum() or letter in _PLAIN or letter > "\x7f" else f"#{ord(letter)};"
        for letter in short
        if letter.isprintable()
    )


def _title(text: str) -> str:
    """A line of YAML."""
    words = "".join(letter for letter in " ".join(text.split()) if letter.isprintable())
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
