"""The shapes of a flow's blocks, kept up to date; what was measured once is not measured again."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from otn_studio.blocks.block import Block
from otn_studio.flow.document import Flow
from otn_studio.studio.canvas.beside import Beside, names_of, ports_of
from otn_studio.studio.canvas.content import Content, Names, content_of, folded_of
from otn_studio.studio.canvas.face import Face
from otn_studio.studio.canvas.shape import Fonts, Shape, shape_of


class _Worn(NamedTuple):
    """What a shape depends on, as long as everything is called the same."""

    block: Block
    ports: Collection[str]
    is_collapsed: bool


class Measures:
    """``shapes`` has those of the flow that was shown last, by id."""

    def __init__(self, fonts: Fonts) -> None:
        self.shapes: dict[str, Shape] = {}
        self._fonts = fonts
        self._beside = Beside({}, {})
        self._names = Names({}, {})
        self._known = _KnownShapes()

    def show(self, before: Flow, flow: Flow, beside: Beside) -> set[str]:
        """Measure anew the blocks that look different, or new ones; answers which those are."""
        was_beside, self._beside = self._beside, beside
        old_names, self._names = self._names, names_of(flow, beside.flows)
        renamed = old_names != self._names
        self._learn(before, was_beside, flow, renamed)
        reshaped = set()
        is_same_else = not renamed and was_beside is beside and _wears_the_same(before, flow)
        for id, block in flow.blocks.items():
            if is_same_else and before.blocks.get(id) is block:
                continue
            old, old_ports = before.blocks.get(id), ports_of(before, was_beside, id)
            ports = ports_of(flow, beside, id)
            folded = (id in before.collapsed) != (id in flow.collapsed)
            if old is block and old_ports == ports and not folded and not renamed:
                continue
            if shape := self._known.of(_Worn(block, ports, id in flow.collapsed)):
                self.shapes[id] = shape
                reshaped.add(id)
                continue
            content = _content(flow, id, ports, self._names)
            if old is None or folded or _content(before, id, old_ports, old_names) != content:
                self.shapes[id] = shape_of(content, self._fonts)
                reshaped.add(id)
        return reshaped

    def face(self, flow: Flow, id: str) -> Face:
        """A block as it is painted."""
        content = _content(flow, id, ports_of(flow, self._beside, id), self._names)
        return Face(content, self.shapes[id], self._fonts)

    def measured(self, block: Block) -> Shape:
        """A block's shape before it is part of the flow."""
        return shape_of(content_of(block, {}, self._names), self._fonts)

    def _learn(self, before: Flow, beside: Beside, flow: Flow, renamed: bool) -> None:
        """Keep what may be wanted again: undo brings back what is gone, and copies are alike."""
        gone = before.blocks.keys() - flow.blocks.keys()
        folded = (before.collapsed ^ flow.collapsed) & before.blocks.keys()
        new = {id(block) for name, block in flow.blocks.items() if name not in before.blocks}
        copied = {name for name, block in before.blocks.items() if new and id(block) in new}
        if renamed or gone:
            self._known.forget()
        if not renamed:
            self._known.learn(self._worn(before, beside, gone | copied | folded))
        for name in gone:
            del self.shapes[name]

    def _worn(
        self, flow: Flow, beside: Beside, ids: Iterable[str]
    ) -> Iterator[tuple[_Worn, Shape]]:
        for id in ids:
            ports = ports_of(flow, beside, id)
            yield _Worn(flow.blocks[id], ports, id in flow.collapsed), self.shapes[id]


class _KnownShapes:
    """By the very block: to compare blocks that are alike would take as long as to measure them."""

    def __init__(self) -> None:
        self._shapes: dict[tuple[int, frozenset[str], bool], tuple[Block, Shape]] = {}

    def learn(self, shapes: Iterable[tuple[_Worn, Shape]]) -> None:
        for worn, shape in shapes:
            self._shapes[_key(worn)] = worn.block, shape

    def forget(self) -> None:
        self._shapes.clear()

    def of(self, worn: _Worn) -> Shape | None:
        if not self._shapes:
            return None
        _block, shape = self._shapes.get(_key(worn), (None, None))
        return shape


def _wears_the_same(before: Flow, flow: Flow) -> bool:
    return before.connections is flow.connections and before.collapsed is flow.collapsed


def _key(worn: _Worn) -> tuple[int, frozenset[str], bool]:
    return id(worn.block), frozenset(worn.ports), worn.is_collapsed


def _content(flow: Flow, id: str, ports: Mapping[str, str], names: Names) -> Content:
    """What is shown of a block."""
    block = flow.blocks[id]
    return folded_of(block, names) if id in flow.collapsed else content_of(block, ports, names)
