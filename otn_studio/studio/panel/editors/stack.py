from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from otn_studio.blocks.block import Declared
from otn_studio.blocks.words import Words
from otn_studio.flow.document import new_id
from otn_studio.studio.panel import paths
from otn_studio.studio.panel.editors.cards import Cards
from otn_studio.studio.panel.editors.file_drops import FileDrops
from otn_studio.studio.panel.editors.stack_card import StackCard
from otn_studio.studio.panel.editors.type_menu import TypeMenu
from otn_studio.studio.panel.names import part_within
from otn_studio.studio.panel.place import Place
from otn_studio.studio.panel.target import Target
from otn_studio.studio.words import _

CARD = 1 / 3
"""What it takes to make a card, in rows of a form."""


class Stack(Cards[StackCard]):
    """Declared parts as cards, in their order; pressing one opens its own form."""

    def __init__(self, place: Place, kind: type[Declared]) -> None:
        super().__init__(place, spacing=8)
        self._kind = kind
        self._adder = QPushButton(_("+ Add {what}", what=part_within(kind)))
        self._adder.setProperty("look", "small")
        self._adder.setObjectName(f"{place.path} add")
        self._adder.clicked.connect(self._offer)
        self.body.addWidget(self._adder, 0, Qt.AlignmentFlag.AlignLeft)
        self._reordering.moved.connect(self._move)
        FileDrops(self, kind, self._reordering)
        self.setFocusProxy(self._adder)

    @property
    def cards(self) -> list[StackCard]:
        """The elements, from the top."""
        return self._cards

    def stops(self) -> Iterator[QWidget]:
        for card in self._cards:
            yield from card.stops()
        yield self._adder

    def targets(self) -> Iterator[Target]:
        return iter(self._cards)

    def made(self, index: int, part: Declared) -> StackCard:
        self.place.tools.turns.spend(CARD)
        card = StackCard(self.place.tools.theme, paths.joined(self.place.path, index), part)
        card.opened.connect(lambda: self.place.point(card.path))
        card.actions.moved.connect(lambda by: self._move(index, index + by, by))
        card.actions.removed.connect(lambda: self._remove(index))
        return card

    def _offer(self) -> None:
        tools = self.place.tools
        menu = TypeMenu(self._adder, self._kind.types, tools.theme, tools.document.flow.channel)
        menu.setObjectName(f"{self.place.path} menu")
        menu.chosen.connect(self._add)
        menu.open_below(self._adder)

    def _add(self, name: str) -> None:
        kind = self._kind.types[name]
        value = self.place.value()
        part = kind(id=new_id(name))
        self.send((*value, part), words=Words("Add {what}", what=Words(kind.kind.title)))
        path = paths.joined(self.place.path, len(value))
        first = next(iter(kind.options()), "")
        self.place.point(paths.joined(path, paths.written_name(kind, first)) if first else path)

    def _remove(self, index: int) -> None:
        value = self.place.value()
        words = Words("Remove {what}", what=Words(value[index].kind.title))
        self.send((*value[:index], *value[index + 1 :]), words=words)
        if self._value:
            self.card(min(index, len(self._value) - 1)).setFocus()
        else:
            self._adder.setFocus()

    def _move(self, index: int, to: int, by: int = 0) -> None:
        value = list(self.place.value())
        if index == to or not 0 <= to < len(value):
            return
        on_card = self.card(index).hasFocus()
        value.insert(to, value.pop(index))
        self.send(tuple(value), words=Words("Move {what}", what=Words(value[to].kind.title)))
        if by and not on_card:
            self.card(to).actions.focus_mover(by)
        else:
            self.card(to).setFocus()
