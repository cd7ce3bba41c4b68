from typing import Any

from PySide6.QtWidgets import QLineEdit

from otn_studio.studio.panel.editor import Editor
from otn_studio.studio.panel.place import Place


class ShortText(Editor):
    """A text of one line, in which braces mean nothing."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._line = QLineEdit()
        self.use(self._line)
        self.body.addWidget(self._line)
        self.watch(self._line)
        self._line.textEdited.connect(self.send)

    def show_value(self, value: Any) -> None:
        if value != self._line.text():
            cursor = self._line.cursorPosition()
            self._line.setText(value)
            self._line.setCursorPosition(min(cursor, len(value)))

    def hint(self, text: str) -> bool:
        self._line.setPlaceholderText(text)
        self._line.setToolTip(text)
        return True
