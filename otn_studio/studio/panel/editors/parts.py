from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from otn_studio.blocks.block import Part
from otn_studio.blocks.finding import Finding
from otn_studio.blocks.words import Words
from otn_studio.flow.document import new_id
from otn_studio.studio.panel import paths
from otn_studio.studio.panel.editors.cards import Cards
from otn_studio.studio.panel.editors.part_card import PartCard
from otn_studio.studio.panel.names import for_menu, part_name, part_within
from otn_studio.studio.panel.place import Place
from otn_studio.studio.panel.target import Target
from otn_studio.studio.widgets.controls import set_look
from otn_studio.studio.widgets.menu import Menu
from otn_studio.studio.widgets.wrapping_row import WrappingRow
from otn_studio.studio.words import _

BUTTONS_AT_MOST = 2


class PartsEditor(Cards[PartCard]):
    """Several small parts, each with its own fields: buttons, answers, tests."""

    def __init__(self, place: Place, kinds: Sequence[type[Part]]) -> None:
        super().__init__(place, spacing=12)
        self._kinds = kinds
        self._reordering.moved.connect(lambda index, to: self._move(index, to - index))
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

    def focus_on(self, field: str) -> None:
        """Where nothing within is meant, the first part is."""
        first = self.card(0).form if self._value else self._adders[0]
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

    def made(self, index: int, part: Part) -> PartCard:
        path = paths.joined(self.place.path, index)
        name = part_name(type(part))
        card = PartCard(self.place.tools.theme, path, name, self.place.form_of(index, part))
        card.actions.moved.connect(lambda by: self._move(index, by))
        card.actions.removed.connect(lambda: self._remove(index))
        return card

    def _offer(self) -> None:
        (adder,) = self._adders
        menu = Menu(adder)
        menu.setObjectName(f"{self.place.path} menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kind in self._kinds:
            action = menu.addAction(for_menu(part_name(kind)))
            action.triggered.connect(lambda _checked=False, kind=kind: self._add(kind))
        menu.open_below(adder)

    def _add(self, kind: type[Part]) -> None:
        what = part_within(kind)
        has_id = "id" in kind.model_fields
        part = kind(id=new_id(what)) if has_id else kind()
        self.send((*self.place.value(), part), words=Words("Add {what}", what=what))
        self.card(len(self._value) - 1).form.setFocus()

    def _remove(self, index: int) -> None:
        value = self.place.value()
        words = Words("Remove {what}", what=part_within(type(value[index])))
        self.send((*value[:index], *value[index + 1 :]), words=words)
        if self._value:
            self.card(min(index, len(self._value) - 1)).form.setFocus()
        else:
            self._adders[0].setFocus()

    def _move(self, index: int, by: int) -> None:
        value = list(self.place.value())
        to = index + by
        if by and 0 <= to < len(value):
            value.insert(to, value.pop(index))
            words = Words("Move {what}", what=part_within(type(value[to])))
            self.send(tuple(value), words=words)
            self.card(to).actions.focus_mover(by)
