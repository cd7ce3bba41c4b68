"""What becomes of a project of another program, item by item."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from otn_studio.blocks.words import Words
from otn_studio.flow.document import Flow, Topic


class Fate(StrEnum):
    """What becomes of an item."""

    CREATED = "created"
    """It is made here, and does the same."""
    MATCHED = "matched"
    """It is here already, and is used."""
    CHANGED = "changed"
    """It is made here, but not quite the same."""
    LOST = "lost"
    """There is nothing like it here."""


FATE_WORDS: Final[Mapping[Fate, Words]] = {
    Fate.CREATED: Words("Created"),
    Fate.MATCHED: Words("Matched"),
    Fate.CHANGED: Words("Changed"),
    Fate.LOST: Words("Lost"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One part of the source.

    ``kind`` says what it is in the source's own terms, ``name`` what it is called or says there,
    and ``where`` is the way to it from the outside in: ``/flows/0/nodes/3/actions/1``. An item
    covers all that is below it, as far as no other item does. ``why`` is a full sentence; what is
    changed or lost always has one. ``flow`` is the id of the flow that it goes into; empty: none.
    """

    fate: Fate
    kind: Words
    name: str
    where: str
    why: Words | None = None
    flow: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What another program's project becomes: flows with their fields and topics, sequences too.

    ``topics`` are all of theirs, by id; ``unchanged`` the ids of flows that are here already as they
    come.
    """

    flows: tuple[Flow, ...]
    items: tuple[Item, ...]
    unchanged: frozenset[str] = frozenset()

    @property
    def new(self) -> tuple[Flow, ...]:
        """The flows that are not here as they come."""
        return tuple(flow for flow in self.flows if flow.id not in self.unchanged)

    @property
    def topics(self) -> dict[str, Topic]:
        return {id: topic for flow in self.flows for id, topic in flow.topics.items()}


@dataclass(frozen=True, slots=True)
class Exported:
    """The file for another program, and what becomes of the flows there."""

    content: bytes
    items: tuple[Item, ...]


class Report:
    """Gathers the items while a file is read.

    >>> report = Report()
    >>> report.lost(Words("Label"), "Vip", "/labels/0", Words("There are no labels here."))
    >>> [str(item.why) for item in report]
    ['There are no labels here.']
    """

    def __init__(self) -> None:
        self._items: list[Item] = []

    def created(self, kind: Words, name: str, where: str, flow: str = "") -> None:
        self._items.append(Item(Fate.CREATED, kind, name, where, flow=flow))

    def matched(self, kind: Words, name: str, where: str, flow: str = "") -> None:
        self._items.append(Item(Fate.MATCHED, kind, name, where, flow=flow))

    def changed(self, kind: Words, name: str, where: str, why: Words, flow: str = "") -> None:
        self._items.append(Item(Fate.CHANGED, kind, name, where, why, flow))

    def made(
        self, kind: Words, name: str, where: str, notes: Iterable[Words], flow: str = ""
    ) -> None:
        """It is there, as it was, or changed by what the notes say."""
        why = joined(notes)
        fate = Fate.CREATED if why is None else Fate.CHANGED
        self._items.append(Item(fate, kind, name, where, why, flow))

    def lost(self, kind: Words, name: str, where: str, why: Words, flow: str = "") -> None:
        self._items.append(Item(Fate.LOST, kind, name, where, why, flow))

    def __iter__(self) -> Iterator[Item]:
        return iter(self._items)


def joined(sentences: Iterable[Words]) -> Words | None:
    """Several sentences as one, each once; none of none."""
    first, *others = list(dict.fromkeys(sentences)) or [None]
    for other in others:
        first = Words("{first} {then}", first=first, then=other)
    return first


def counted(items: Iterable[Item]) -> dict[Fate, int]:
    """How many items have each fate."""
    found = Counter(item.fate for item in items)
    return {fate: found[fate] for fate in Fate}
