"""The processes of an engine on servers: what each is there for, where, since when."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QGridLayout, QWidget

from otn_studio.studio.pages import figures
from otn_studio.studio.services.services import EngineProcess
from otn_studio.studio.theme.type import TEXT, font
from otn_studio.studio.widgets.elided import Elided
from otn_studio.studio.widgets.look import line, look, text
from otn_studio.studio.words import _


class EngineProcesses(QWidget):
    """A small table, made anew whenever something in it changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("engine_processes")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._shown: list[list[str]] = []

    def show_all(self, processes: Sequence[EngineProcess], now: datetime) -> None:
        rows = [
            [_role(one.role), one.host, figures.past(one.since, now), _seen(one, now)]
            for one in processes
        ]
        self.setVisible(bool(rows))
        if rows != self._shown:
            self._shown = rows
            self._lay_out([one.gone for one in processes])

    def _lay_out(self, gone: Sequence[bool]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            item.widget().deleteLater()
        self._grid.addWidget(line(), 0, 0, 1, 4)
        for column, words in enumerate((_("Process"), _("Computer"), _("Since"), _("Last seen"))):
            self._grid.addWidget(text(words, "quiet"), 1, column)
        for row, (values, is_gone) in enumerate(zip(self._shown, gone, strict=True), start=2):
            role, host, since, seen = values
            cells = (text(role), Elided(host, middle=True), text(since), text(seen))
            look(cells[-1], "wrong" if is_gone else "")
            for column, cell in enumerate(cells):
                cell.setFont(font(TEXT, tabular=True))
                self._grid.addWidget(cell, row, column)


def _role(role: str) -> str:
    names = {
        "webhook": _("Takes webhooks"),
        "worker": _("Reads what came"),
        "sender": _("Sends"),
        "all": _("Does everything"),
    }
    return names.get(role, role)


def _seen(process: EngineProcess, now: datetime) -> str:
    """A time only where it is long ago: one that counts up would be no news."""
    return figures.past(process.seen, now) if process.gone else _("now")
