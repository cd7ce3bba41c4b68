from typing import Any

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit

from otn_studio.studio.panel.editor import Editor
from otn_studio.studio.panel.place import Place
from otn_studio.studio.written import pattern


class DayLine(QDateEdit):
    """A date, typed or chosen from a calendar. The wheel only scrolls the form."""

    def __init__(self) -> None:
        super().__init__()
        self.setCalendarPopup(True)
        self.setDisplayFormat(pattern("d MMM yyyy"))

    def wheelEvent(self, event) -> None:
        event.ignore()


class Day(Editor):
    """A date."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._line = DayLine()
        self.use(self._line)
        self.body.addWidget(self._line)
        self.watch(self._line)
        self._line.userDateChanged.connect(lambda day: self.send(day.toPython()))

    def show_value(self, value: Any) -> None:
        self._line.blockSignals(True)
        self._line.setDate(QDate(value.year, value.month, value.day))
        self._line.blockSignals(False)
