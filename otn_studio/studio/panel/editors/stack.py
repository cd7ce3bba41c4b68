from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from otn_studio.blocks.block import Declared
from otn_studio.blocks.words import Words
from otn_studio.flow.document import new_id
from otn_studio.studio.panel import paths
from otn_studio.studio.panel.editor import Editor
from otn_studio.studio.panel.editors.file_drops import FileDrops
from otn_studio.studio.panel.editors.reordering import Reordering
from otn_studio.studio.panel.editors.stack_card import StackCard
from otn_studio.studio.panel.editors.type_menu import TypeMenu
from otn_studio.studio.panel.names import part_within
from otn_studio.studio.panel.place import Place
from otn_studio.studio.panel.target import Target
from otn_studio.studio.widgets.controls import discard
from otn_studio.studio.words import _


class Stack(Editor):
    """Declared parts as cards, in their order; pressing one opens its own form."""

    def __init__(self, place: Place, kind: type[Declared]) -> None:
        super().__init__(place)
        self._kind = kind
        self._cards: list[StackCard] = []
        self._shape: list[tuple[type[Declared], str]] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        self.body.addLayout(self._column)
        self._adder = QPushButton(_("+ Add {what}", what=part_within(kind)))
        self._adder.setProperty("look", "small")
        self._adder.setObjectName(f"{place.path} add")
        self._adder.clicked.connect(self._offer)
        self.body.addWidget(self._adder, 0, Qt.AlignmentFlag.AlignLeft)
        self._reordering = Reordering(self, place.tools.theme)
        self._reordering.moved.connect(self._move)
        FileDrops(self, kind, self._reordering)
        self.setFocusProxy(self._adder)

    def show_value(self, value: Any) -> None:
        shape = [(type(part), part.id) for part in value]
        if shape != self._shape:
            self._shape = shape
            self._build(value)
        for card, part in zip(self._cards, value, strict=True):
            card.show_part(part)

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

    def _build(self, value: Sequence[Declared]) -> None:
        before = self._cards
        self._cards = [self._card(index, part) for index, part in enumerate(value)]
        for index, card in enumerate(self._cards):
            card.actions.stand_at(index, len(value))
            self._column.addWidget(card)
            if self.isVisible():
                card.show()
        self._reordering.take(self._cards)
        for card in before:
            discard(card)

    def _card(self, index: int, part: Declared) -> StackCard:
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
        menu.popup(self._adder.mapToGlobal(QPoint(0, self._adder.height())))

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
        if self._cards:
            self._cards[min(index, len(self._cards) - 1)].setFocus()
        else:
            self._adder.setFocus()

    def _move(self, index: int, to: int, by: int = 0) -> None:
        value = list(self.place.value())
        if index == to or not 0 <= to < len(value):
            return
        on_card = self._cards[index].hasFocus()
        value.insert(to, value.pop(index))
        self.send(tuple(value), words=Words("Move {what}", what=Words(value[to].kind.title)))
        if by and not on_card:
            self._cards[to].actions.focus_mover(by)
        else:
            self._cards[to].setFocus()
