"""Telling in words what is different between two drawings of a flow."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from otn_studio.blocks.words import Words
from otn_studio.flow.difference import Difference, difference, rewritten
from otn_studio.flow.document import Connection, Flow
from otn_studio.studio.compare.marked_scene import DIFFERENT, GONE, NEW, Sign
from otn_studio.studio.panel.fields import label
from otn_studio.studio.panel.names import catalogued
from otn_studio.studio.theme import sides
from otn_studio.studio.words import _, shown

SHOWN = 60


class Told(NamedTuple):
    """One line; ``block`` is where it can be seen, empty where it is no block."""

    sign: Sign
    title: str
    about: str = ""
    block: str = ""


def told(before: Flow, after: Flow) -> list[Told]:
    """What is new, what is gone and what is different, one line for each."""
    found = difference(before, after)
    return [
        *(Told(NEW, shown(label(after, after.blocks[id])), _("new"), id) for id in found.added),
        *(
            Told(GONE, shown(label(before, before.blocks[id])), _("removed"), id)
            for id in found.removed
        ),
        *(
            Told(
                DIFFERENT, shown(label(after, after.blocks[id])), _rewritten(before, after, id), id
            )
            for id in found.changed
        ),
        *_links(before, after, found),
        *(Told(DIFFERENT, shown(words)) for words in found.beside),
    ]


def moved(found: Difference) -> str:
    """What stands elsewhere goes without a line of its own."""
    count = len(found.moved)
    words = Words("{n} block only moved.", plural="{n} blocks only moved.", n=count)
    return shown(words) if count else ""


def _rewritten(before: Flow, after: Flow, id: str) -> str:
    lines = [
        _line(catalogued(entry.option.label), entry.before, entry.after)
        for entry in rewritten(before.blocks[id], after.blocks[id])
    ]
    return "\n".join(lines) or _("changed")


def _line(name: str, before: Any, after: Any) -> str:
    if not isinstance(before, str) or not isinstance(after, str):
        return name
    if not before:
        return _("{field}: “{new}”", field=name, new=_short(after))
    return _("{field}: “{new}”, was “{old}”", field=name, new=_short(after), old=_short(before))


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def _links(before: Flow, after: Flow, found: Difference) -> Iterator[Told]:
    """Connections between blocks that were there before and still are; the others go without saying."""
    for link in found.connected:
        if link.block in before.blocks:
            yield Told(NEW, _way(after, link), _("connected"), link.block)
    for link in found.cut:
        if link.block in after.blocks and link.to in after.blocks:
            yield Told(GONE, _way(before, link), _("no longer connected"), link.block)


def _way(flow: Flow, link: Connection) -> str:
    start, end = (shown(label(flow, flow.blocks[id])) for id in (link.block, link.to))
    return f"{start} {'←' if sides.are_swapped() else '→'} {end}"
