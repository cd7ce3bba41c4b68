from typing import Any

from PySide6.QtCore import QTime
from PySide6.QtWidgets import QTimeEdit

from otn_studio.studio.panel.editor import Editor
from otn_studio.studio.panel.place import Place


class TimeLine(QTimeEdit):
    """A time of day, on a clock of 24 hours. The wheel only scrolls the form."""

    def __init__(self) -> None:
        super().__init__()
        self.setDisplayFormat("HH:mm")
        self.lineEdit().setTextMargins(8, 0, 8, 0)

    def wheelEvent(self, event) -> None:
        event.ignore()


class TimeEditor(Editor):
    """A time of day."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._line = TimeLine()
        self.use(self._line)
        self.body.addWidget(self._line)
        self.watch(self._line)
        self._line.userTimeChanged.connect(lambda at: self.send(at.toPython()))

    def show_value(self, value: Any) -> None:
        self._line.blockSignals(True)
        self._line.setTime(QTime(value.hour, value.minute))
        self._line.blockSignals(False)
