from typing import Any

from otn_studio.studio.panel.editor import Editor
from otn_studio.studio.panel.names import catalogued
from otn_studio.studio.panel.place import Place
from otn_studio.studio.widgets.controls import CheckBox


class Check(Editor):
    """Yes or no."""

    shows_label = False

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._box = CheckBox(place.tools.theme, catalogued(place.option.label))
        self.use(self._box)
        self.body.addWidget(self._box)
        self.watch(self._box)
        self._box.clicked.connect(lambda checked: self.send(checked))

    def show_value(self, value: Any) -> None:
        self._box.setChecked(value)
