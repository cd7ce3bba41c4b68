from typing import Any

from otn_studio.studio.panel.editor import Editor
from otn_studio.studio.panel.place import Place
from otn_studio.studio.widgets.controls import NumberLine

MOST = 999_999


class Number(Editor):
    """A whole number, within the bounds of the declaration."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._line = NumberLine(
            _bound(place, "ge", "gt", 1, 0), _bound(place, "le", "lt", -1, MOST)
        )
        self.use(self._line)
        self.body.addWidget(self._line)
        self.watch(self._line)
        self._line.changed.connect(self.send)

    def show_value(self, value: Any) -> None:
        self._line.show_number(value)


def _bound(place: Place, within: str, beyond: str, step: int, otherwise: int) -> int:
    for note in place.info.metadata:
        if hasattr(note, within):
            return getattr(note, within)
        if hasattr(note, beyond):
            return getattr(note, beyond) + step
    return otherwise
