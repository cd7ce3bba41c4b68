from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from otn_studio.blocks.duration import UNITS, Duration
from otn_studio.studio.panel.editor import Editor
from otn_studio.studio.panel.place import Place
from otn_studio.studio.widgets import controls
from otn_studio.studio.widgets.controls import CalmCombo, NumberLine
from otn_studio.studio.words import _

MOST = 999_999


class DurationEditor(Editor):
    """An amount and a unit, kept as they are chosen: 24 hours do not become a day."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._amount = NumberLine(0, MOST)
        self._unit = CalmCombo(place.tools.theme)
        for unit in UNITS:
            self._unit.addItem("", unit)
        self.use(self._amount)
        self._unit.setObjectName(f"{place.path} unit")
        self._unit.setAccessibleName(_("Unit"))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._amount, 1)
        line.addWidget(self._unit, 1)
        self.body.addLayout(line)
        for input in (self._amount, self._unit):
            self.watch(input)
        self._amount.changed.connect(self._send)
        self._unit.activated.connect(self._send)

    def show_value(self, value: Any) -> None:
        self._amount.show_number(value.amount)
        for index, (unit, names) in enumerate(_units(value.amount).items()):
            self._unit.setItemText(index, names)
            if unit == value.unit:
                self._unit.setCurrentIndex(index)

    def mark(self, findings) -> None:
        for input in (self._amount, self._unit):
            controls.set_look(input, "problem", bool(findings))

    def stops(self):
        yield from (self._amount, self._unit)

    def _send(self) -> None:
        if self._amount.hasAcceptableInput():
            self.send(Duration(int(self._amount.text()), self._unit.currentData()))


def _units(amount: int) -> dict[str, str]:
    """The units' names as they follow an amount."""
    one = amount == 1
    return {
        "minute": _("minute") if one else _("minutes"),
        "hour": _("hour") if one else _("hours"),
        "day": _("day") if one else _("days"),
        "week": _("week") if one else _("weeks"),
    }
