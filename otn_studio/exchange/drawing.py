"""Drawing a flow block by block, where what a way out leads to may be drawn later."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import networkx as nx

from otn_studio.blocks.block import NEXT, Block
from otn_studio.blocks.field import Field
from otn_studio.flow.document import Flow, Position, Topic

ACROSS, DOWN = 320, 240
"""From one block to the next, and to the one below, in points."""
FLOW_ID_LIMIT = 60

Label = tuple[str, str]
"""What a place is called until it is drawn: its kind, and which one."""


@dataclass
class Drawing:
    """A flow while it is drawn. Blocks get ids that say what they are; the same every time."""

    id: str
    name: str
    language: str = ""
    blocks: dict[str, Block] = field(default_factory=dict)
    fields: dict[str, Field] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    translations: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    _ways: list[tuple[str, str, Label]] = field(default_factory=list)
    _places: dict[Label, str] = field(default_factory=dict)
    _same: dict[Label, Label] = field(default_factory=dict)
    _counted: Counter[str] = field(default_factory=Counter)

    def add(self, block: Block) -> str:
        """Put a block onto the canvas; answers its id."""
        name = block.kind.name.replace("_", "-")
        self._counted[name] += 1
        id = f"{name}-{self._counted[name]}"
        self.blocks[id] = block
        return id

    def change(self, id: str, block: Block) -> None:
        self.blocks[id] = block

    def lead(self, block: str, port: str, to: Label) -> None:
        """Let a way out lead to a place, drawn already or not."""
        self._ways.append((block, port, to))

    def place(self, label: Label, block: str) -> None:
        """Say which block a place is."""
        self._places[label] = block

    def alias(self, label: Label, other: Label) -> None:
        """Say that a place is where another one is."""
        self._same[label] = other

    def is_known(self, label: Label) -> bool:
        return label in self._places or label in self._same

    def translate(self, language: str, block: str, way: str, text: str) -> None:
        """Say a text of a block in a further language."""
        if text.strip():
            self.translations.setdefault(language, {}).setdefault(block, {})[way] = text

    def flow(self) -> Flow:
        """The flow as it is drawn now, its blocks in columns from left to right."""
        ways: dict[str, dict[str, str]] = {}
        for block, port, label in self._ways:
            if (to := self._block_at(label)) is not None:
                ways.setdefault(block, {})[port] = to
        flow = Flow(
            self.id,
            self.name,
            language=self.language,
            topics=self.topics,
            fields=self.fields,
            blocks=self.blocks,
            connections=ways,
            translations=self.translations,
        )
        return replace(flow, layout=in_columns(flow))

    def _block_at(self, label: Label) -> str | None:
        passed: set[Label] = set()
        while label in self._same and label not in passed:
            passed.add(label)
            label = self._same[label]
        return self._places.get(label)


class Chain:
    """Blocks one after the other, from a place on; several ways may lead to the next one."""

    def __init__(self, drawing: Drawing, label: Label) -> None:
        self.drawing, self._label = drawing, label
        self._open: list[tuple[str, str]] = []
        self._is_empty = True
        self.last = ""
        """The block at the end; empty where there is none yet."""

    def then(self, block: Block, port: str = NEXT.id) -> str:
        """Put a block at the end; the chain goes on by that way out of it."""
        id = self.drawing.add(block)
        self.go_to(("block", id))
        self.drawing.place(("block", id), id)
        self._open, self.last = [(id, port)], id
        return id

    def also(self, block: str, port: str) -> None:
        """Let a further way out lead to what comes next."""
        self._open.append((block, port))

    def only(self, block: str, port: str) -> None:
        """Let no other way out lead to what comes next."""
        self._open = [(block, port)]

    def stop(self) -> None:
        """Let nothing lead to what comes next."""
        self._open = []

    def go_to(self, label: Label) -> None:
        """Let all that is open lead to a place; the chain ends there."""
        if self._is_empty:
            self.drawing.alias(self._label, label)
        for block, port in self._open:
            self.drawing.lead(block, port, label)
        self._open, self._is_empty = [], False


def in_columns(flow: Flow) -> dict[str, Position]:
    """A place for each block: as many columns to the right as steps lead to it, never two in one."""
    graph = nx.DiGraph((way.block, way.to) for way in flow.all_connections())
    graph.add_nodes_from(flow.blocks)
    column: dict[str, int] = {}
    for first in flow.blocks:
        if first not in column and not (graph.in_degree(first) and column):
            _count_steps(graph, first, column)
    for first in flow.blocks:
        if first not in column:
            _count_steps(graph, first, column)
    rows: Counter[int] = Counter()
    places = {}
    for id in flow.blocks:
        places[id] = Position(column[id] * ACROSS, rows[column[id]] * DOWN)
        rows[column[id]] += 1
    return places


def _count_steps(graph: nx.DiGraph, first: str, column: dict[str, int]) -> None:
    for steps, layer in enumerate(nx.bfs_layers(graph, first)):
        for id in layer:
            column.setdefault(id, steps)


def readable_id(words: str, tail: str = "") -> str:
    """An id that a reader recognises, the same for the same words.

    >>> readable_id("JM - UR: Menu", "dcd0af26")
    'jm-ur-menu-dcd0af26'
    """
    letters = "".join(c if c.isascii() and c.isalnum() else "-" for c in words.lower())
    name = "-".join(filter(None, letters.split("-"))) or "x"
    tail = "".join(c for c in tail.lower() if c.isascii() and (c.isalnum() or c in "-_"))
    room = FLOW_ID_LIMIT - len(tail) - 1
    return f"{name[:room].rstrip('-')}-{tail}" if tail else name[:FLOW_ID_LIMIT]


def free(key: str, taken: Mapping[str, object] | set[str]) -> str:
    """The key, or the first with a number behind it that is not taken.

    >>> free("age", {"age", "age_2"})
    'age_3'
    """
    number, tried = 1, key
    while tried in taken:
        number += 1
        tried = f"{key[: FLOW_ID_LIMIT - 6]}_{number}"
    return tried
