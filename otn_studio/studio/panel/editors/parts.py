from collections.abc import Callable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QVBoxLayout, QWidget

from otn_studio.blocks.block import Part
from otn_studio.blocks.finding import Finding
from otn_studio.blocks.words import Words
from otn_studio.flow.document import new_id
from otn_studio.studio.panel import paths
from otn_studio.studio.panel.editor import Editor
from otn_studio.studio.panel.editors.part_card import PartCard
from otn_studio.studio.panel.editors.reordering import Reordering
from otn_studio.studio.panel.names import for_menu, part_name, part_within
from otn_studio.studio.panel.place import Place
from otn_studio.studio.panel.target import Target
from otn_studio.studio.widgets.controls import discard, set_look
from otn_studio.studio.widgets.wrapping_row import WrappingRow
from otn_studio.studio.words import _

BUTTONS_AT_MOST = 2


class PartsEditor(Editor):
    """Several small parts, each with its own fields: buttons, answers, tests."""

    def __init__(self, place: Place, kinds: Sequence[type[Part]]) -> None:
        super().__init__(place)
        self._kinds = kinds
        self._cards: list[PartCard] = []
        self._shape: list[tuple[type[Part], str]] = []
        self._reordering = Reordering(self, place.tools.theme)
        self._reordering.moved.connect(lambda index, to: self._move(index, to - index))
        self._column = QVBoxLayout()
        self._column.setSpacing(12)
        self.body.addLayout(self._column)
        self._adders = self._made_adders()
        line = WrappingRow()
        for adder in self._adders:
            line.addWidget(adder)
        self.body.addLayout(line)
        self.setFocusProxy(self._adders[0])

    def _made_adders(self) -> list[QPushButton]:
        """A button for each kind; where there are many, one with a menu of them."""
        if len(self._kinds) > BUTTONS_AT_MOST:
            return [self._adder("add", _("+ Add"), self._offer)]
        return [
            self._adder(
                f"add {number}" if number else "add",
                _("+ Add {what}", what=part_within(kind)),
                lambda _checked=False, kind=kind: self._add(kind),
            )
            for number, kind in enumerate(self._kinds)
        ]

    def _adder(self, name: str, text: str, press: Callable[..., None]) -> QPushButton:
        adder = QPushButton(text)
        adder.setProperty("look", "small")
        adder.setObjectName(f"{self.place.path} {name}")
        adder.clicked.connect(press)
        return adder

    def show_value(self, value: Any) -> None:
        shape = [(type(part), getattr(part, "id", "")) for part in value]
        if shape != self._shape:
            self._shape = shape
            self._build(value)
        for card, part in zip(self._cards, value, strict=True):
            card.form.show_part(part)

    def focus_on(self, field: str) -> None:
        """Where nothing within is meant, the first part is."""
        first = self._cards[0].form if self._cards else self._adders[0]
        focus = QApplication.focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            first.setFocus()

    def mark(self, findings: list[Finding]) -> None:
        for adder in self._adders:
            set_look(adder, "problem", bool(findings))

    def stops(self) -> Iterator[QWidget]:
        for card in self._cards:
            yield from card.stops()
        yield from self._adders

    def targets(self) -> Iterator[Target]:
        for card in self._cards:
            yield from card.form.targets()

    def _build(self, value: Sequence[Part]) -> None:
        before = self._cards
        self._cards = [self._card(index, part) for index, part in enumerate(value)]
        for index, card in enumerate(self._cards):
            card.stand_at(index, len(value))
            self._column.addWidget(card)
            if self.isVisible():
                card.show()
        self._reordering.take(self._cards)
        for card in before:
            discard(card)

    def _card(self, index: int, part: Part) -> PartCard:
        path = paths.joined(self.place.path, index)
        name = part_name(type(part))
        card = PartCard(self.place.tools.theme, path, name, self.place.form_of(index, part))
        card.actions.moved.connect(lambda by: self._move(index, by))
        card.actions.removed.connect(lambda: self._remove(index))
        return card

    def _offer(self) -> None:
        (adder,) = self._adders
        menu = QMenu(adder)
        menu.setObjectName(f"{self.place.path} menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kind in self._kinds:
            action = menu.addAction(for_menu(part_name(kind)))
            action.triggered.connect(lambda _checked=False, kind=kind: self._add(kind))
        menu.popup(adder.mapToGlobal(QPoint(0, adder.height())))

    def _add(self, kind: type[Part]) -> None:
        what = part_within(kind)
        has_id = "id" in kind.model_fields
        part = kind(id=new_id(what)) if has_id else kind()
        self.send((*self.place.value(), part), words=Words("Add {what}", what=what))
        self._cards[-1].form.setFocus()

    def _remove(self, index: int) -> None:
        value = self.place.value()
        words = Words("Remove {what}", what=part_within(type(value[index])))
        self.send((*value[:index], *value[index + 1 :]), words=words)
        if self._cards:
            self._cards[min(index, len(self._cards) - 1)].form.setFocus()
        else:
            self._adders[0].setFocus()

    def _move(self, index: int, by: int) -> None:
        value = list(self.place.value())
        to = index + by
        if by and 0 <= to < len(value):
            value.insert(to, value.pop(index))
            words = Words("Move {what}", what=part_within(type(value[to])))
            self.send(tuple(value), words=words)
            self._cards[to].actions.focus_mover(by)
