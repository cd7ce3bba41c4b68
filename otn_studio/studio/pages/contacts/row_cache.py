"""The people whose rows were looked at lately, asked for in the background as they come into view."""

from collections import OrderedDict, deque
from collections.abc import Iterable, Mapping

from PySide6.QtCore import QObject, Signal

from otn_studio.studio.background import Background
from otn_studio.studio.services.people import Contacts, PersonRow

KEPT = 2_000
WAITING = 4
"""So many screenfuls are waited for: those that were scrolled past meanwhile are let go."""


class RowCache(QObject):
    """``came``: some rows are known now, or anew."""

    came = Signal()

    def __init__(self, contacts: Contacts, parent: QObject) -> None:
        super().__init__(parent)
        self._contacts = contacts
        self._background = Background(self)
        self._rows: OrderedDict[int, PersonRow | None] = OrderedDict()
        self._wanted: deque[tuple[int, ...]] = deque(maxlen=WAITING)
        self._asked: tuple[int, ...] = ()

    def knows(self, id: int) -> bool:
        return id in self._rows

    def row(self, id: int) -> PersonRow | None:
        """None: not known yet, or not there any more."""
        return self._rows.get(id)

    def want(self, ids: Iterable[int]) -> None:
        """Ask for these, and before those that were asked for earlier."""
        wanted = tuple(ids)
        if wanted and wanted != self._asked and wanted not in self._wanted:
            self._wanted.append(wanted)
            self._next()

    def _next(self) -> None:
        if self._asked or not self._wanted:
            return
        self._asked = asked = self._wanted.pop()
        self._background.run(
            lambda: self._contacts.rows(asked), self._heard, lambda error: self._heard({})
        )

    def _heard(self, rows: Mapping[int, PersonRow]) -> None:
        for id in self._asked:
            self._rows[id] = rows.get(id)
            self._rows.move_to_end(id)
        self._asked = ()
        while len(self._rows) > KEPT:
            self._rows.popitem(last=False)
        self.came.emit()
        self._next()
