"""What comes again is here already."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from otn_studio.blocks.words import Words
from otn_studio.exchange.report import Fate, Imported, Item, joined
from otn_studio.flow.document import Flow

REPLACES: Final = Words("It takes the place of the one that is here.")
_WHOLE: Final = ("flow", "bot")


def matched(imported: Imported, here: Mapping[str, Flow]) -> Imported:
    """The same, with flows that are here as they come: those stay, laid out as somebody did it."""
    known = frozenset(flow.id for flow in imported.flows if flow.id in here)
    same = frozenset(
        flow.id for flow in imported.flows if flow.id in known and _same(flow, here[flow.id])
    )
    flows = tuple(here[flow.id] if flow.id in same else flow for flow in imported.flows)
    items = tuple(_judged(item, known - same, same) for item in imported.items)
    return Imported(flows, items, same)


def _same(one: Flow, other: Flow) -> bool:
    return _plain(one) == _plain(other)


def _plain(flow: Flow) -> Flow:
    """The flow without all that has no meaning."""
    return replace(flow, layout={}, frames={}, collapsed=frozenset())


def _judged(item: Item, replaced: frozenset[str], same: frozenset[str]) -> Item:
    if item.flow in same and item.fate is Fate.CREATED:
        return replace(item, fate=Fate.MATCHED)
    if item.flow in replaced and item.kind.text.casefold() in _WHOLE:
        why = REPLACES if item.why is None else joined((item.why, REPLACES))
        return replace(item, fate=Fate.CHANGED, why=why)
    return item
