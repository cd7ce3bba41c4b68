from collections.abc import Iterator, Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

from otn_studio.blocks.block import Part
from otn_studio.studio.panel import paths
from otn_studio.studio.panel.card import Actions
from otn_studio.studio.panel.editor import Editor
from otn_studio.studio.panel.editors.reordering import Reordering
from otn_studio.studio.panel.place import Place
from otn_studio.studio.widgets.controls import discard


class PartOnCard(Protocol):
    """A card for one of several parts."""

    actions: Actions
    dragged: SignalInstance

    def show_part(self, part: Part) -> None: ...

    def stand_at(self, index: int, count: int) -> None: ...

    def reach(self, field: str) -> None: ...

    def stops(self) -> Iterator[QWidget]: ...


C = TypeVar("C", bound=PartOnCard)


class Cards(Editor, Generic[C]):
    """Several parts as cards below each other. A card stays as long as a part of its type stands at
    its place; those for which there is no time now come in the next turns.
    """

    def __init__(self, place: Place, spacing: int) -> None:
        super().__init__(place)
        self._cards: list[C] = []
        self._value: Sequence[Part] = ()
        self._column = QVBoxLayout()
        self._column.setSpacing(spacing)
        self.body.addLayout(self._column)
        self._reordering = Reordering(self, place.tools.theme)

    def made(self, index: int, part: Part) -> C:
        """The card of a part."""
        raise NotImplementedError

    def show_value(self, value: Any) -> None:
        before, self._value = self._value, value
        kept = _alike(before[: len(self._cards)], value)
        gone, self._cards = self._cards[kept:], self._cards[:kept]
        for index, card in enumerate(self._cards):
            if len(before) != len(value):
                card.stand_at(index, len(value))
            card.show_part(value[index])
        if gone or len(value) > kept:
            self._go_on()
        for card in gone:
            discard(card)
        if gone:
            self._reordering.take(self._cards)

    def reach(self, field: str) -> None:
        step, _dot, _rest = field.removeprefix(f"{self.place.path}.").partition(".")
        if (
            paths.is_within(field, self.place.path)
            and step.isdigit()
            and int(step) < len(self._value)
        ):
            self.card(int(step)).reach(field)

    def card(self, index: int) -> C:
        """The one of that number, whether there was time for it or not."""
        while len(self._cards) <= index:
            self._make_next()
        self._reordering.take(self._cards)
        return self._cards[index]

    def _go_on(self) -> None:
        """As many as there is time for; they are laid out once, not with each that is shown."""
        turns = self.place.tools.turns
        self.body.setEnabled(False)
        while len(self._cards) < len(self._value) and turns.has_time:
            self._make_next()
        self.body.setEnabled(True)
        self._reordering.take(self._cards)
        if len(self._cards) < len(self._value):
            turns.put_off(self._go_on)

    def _make_next(self) -> None:
        index, count = len(self._cards), len(self._value)
        card = self.made(index, self._value[index])
        self._cards.append(card)
        card.stand_at(index, count)
        self._column.addWidget(card)
        card.show_part(self._value[index])
        if self.isVisible():
            card.show()


def _alike(before: Sequence[Part], now: Sequence[Part]) -> int:
    """How many of the first parts have the types that those before had."""
    kept = 0
    for old, new in zip(before, now, strict=False):
        if type(old) is not type(new):
            break
        kept += 1
    return kept
