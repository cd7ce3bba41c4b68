"""A live count of letters, “29 / 65”, beside the field that it belongs to."""

from PySide6.QtWidgets import QLabel

from otn_studio.studio.theme.type import LABEL, font
from otn_studio.studio.widgets.look import look
from otn_studio.studio.words import _
from otn_studio.studio.written import number


class Count(QLabel):
    """Quiet, until there are too many."""

    def __init__(self, name: str, limit: int) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFont(font(LABEL, tabular=True))
        self._limit = limit
        self.show_length(0)

    def show_length(self, length: int) -> None:
        look(self, "quiet" if length <= self._limit else "error")
        self.setText(_("{count} / {limit}", count=number(length), limit=number(self._limit)))
