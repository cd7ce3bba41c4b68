from enum import Enum
from typing import Any, get_args

from otn_studio.studio.panel.editor import Editor
from otn_studio.studio.panel.names import value_name
from otn_studio.studio.panel.place import Place
from otn_studio.studio.widgets.controls import CalmCombo


class Choice(Editor):
    """One of a few values that the declaration names."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._values = _values(place.info.annotation)
        self._combo = CalmCombo(place.tools.theme)
        self._combo.addItems([value_name(place.option, value) for value in self._values])
        self.use(self._combo)
        self.body.addWidget(self._combo)
        self.watch(self._combo)
        self._combo.activated.connect(lambda index: self.send(self._values[index]))

    def show_value(self, value: Any) -> None:
        self._combo.setCurrentIndex(self._values.index(value))


def _values(annotation: Any) -> list[Any]:
    is_enum = isinstance(annotation, type) and issubclass(annotation, Enum)
    return list(annotation) if is_enum else list(get_args(annotation))
