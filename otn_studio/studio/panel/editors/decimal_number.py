from typing import Any

from PySide6.QtWidgets import QLineEdit

from otn_studio.studio.panel.editor import Editor
from otn_studio.studio.panel.place import Place
from otn_studio.studio.words import _


class DecimalNumber(Editor):
    """A number with a fraction, with a point or a comma. Its bounds are the declaration's."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._line = QLineEdit()
        self.use(self._line)
        self.body.addWidget(self._line)
        self.watch(self._line)
        self._line.textEdited.connect(self._send)

    def show_value(self, value: Any) -> None:
        if _number(self._line.text()) != value:
            self._line.setText(f"{value:g}")

    def _send(self, text: str) -> None:
        number = _number(text)
        self.remarked.emit("" if number is not None else _("Write a number, such as 2.5."))
        if number is not None:
            self.send(number)


def _number(text: str) -> float | None:
    """The number that is written; none where it is none yet.

    >>> _number("2,5"), _number("2."), _number("nan"), _number("")
    (2.5, 2.0, None, None)
    """
    try:
        number = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None
