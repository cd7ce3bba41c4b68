from enum import Enum
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from otn_studio.blocks.finding import Finding
from otn_studio.studio.panel.editor import Editor
from otn_studio.studio.panel.names import value_name
from otn_studio.studio.panel.place import Place
from otn_studio.studio.widgets import controls
from otn_studio.studio.widgets.controls import CheckBox

COLUMNS = 2


class Several(Editor):
    """Any of a few values that the declaration names, kept in its order."""

    def __init__(self, place: Place, values: type[Enum]) -> None:
        super().__init__(place)
        self._boxes: dict[Enum, CheckBox] = {}
        grid = QGridLayout()
        grid.setSpacing(0)
        for index, value in enumerate(values):
            box = CheckBox(place.tools.theme, value_name(place.option, value))
            box.setObjectName(f"{place.path} {value.value}")
            box.clicked.connect(self._send)
            self.watch(box)
            grid.addWidget(box, index // COLUMNS, index % COLUMNS, Qt.AlignmentFlag.AlignLeft)
            self._boxes[value] = box
        self.body.addLayout(grid)
        self.setFocusProxy(next(iter(self._boxes.values())))

    def show_value(self, value: Any) -> None:
        for entry, box in self._boxes.items():
            box.setChecked(entry in value)

    def mark(self, findings: list[Finding]) -> None:
        for box in self._boxes.values():
            controls.set_look(box, "problem", bool(findings))

    def stops(self):
        yield from self._boxes.values()

    def _send(self) -> None:
        self.place.tools.document.end_merging()
        self.send(tuple(value for value, box in self._boxes.items() if box.isChecked()))
