"""Who talks: one of the made-up people, or a real person of the Page as they are known now."""

from collections.abc import Callable
from datetime import datetime
from itertools import islice

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from otn_studio.flow.audience import Audience
from otn_studio.studio.background import Background
from otn_studio.studio.document import Document
from otn_studio.studio.panel.controls import CalmCombo, IconButton
from otn_studio.studio.panel.names import for_menu
from otn_studio.studio.people import Contacts, PersonRow
from otn_studio.studio.simulator.personas import Persona, made_up, real
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _, shown

REAL_AT_MOST = 20


class Who(QWidget):
    """``chosen``: somebody else talks now, or the same person anew. ``failed`` says why nobody came."""

    chosen = Signal(object)
    failed = Signal(Exception)

    def __init__(
        self, document: Document, contacts: Contacts, theme: Theme, now: Callable[[], datetime]
    ) -> None:
        super().__init__()
        self._document, self._contacts, self._now = document, contacts, now
        self._background = Background(self)
        self._people: list[Persona] = []
        self._list = CalmCombo(theme)
        self._list.setObjectName("simulator.who")
        self._list.setAccessibleName(_("Who talks"))
        self._list.activated.connect(self._choose)
        self._real = IconButton(theme, "users", _("A real person of the Page"))
        self._real.setObjectName("simulator.real")
        self._real.clicked.connect(self._look_for_people)
        self._anew = QPushButton(_("Start over"))
        self._anew.setObjectName("simulator.start_over")
        self._anew.setProperty("look", "small")
        self._anew.clicked.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._list, 1)
        row.addWidget(self._real)
        row.addWidget(self._anew)
        document.changed.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        """The people as they are by now; whoever talks is still there."""
        before = self._list.currentIndex()
        self._people = [*made_up(self._document.flow), *(p for p in self._people if p.is_real)]
        self._list.clear()
        for person in self._people:
            self._list.addItem(shown(person.label))
        self._list.setCurrentIndex(max(0, min(before, len(self._people) - 1)))

    def _choose(self) -> None:
        self.chosen.emit(self._people[self._list.currentIndex()])

    def _look_for_people(self) -> None:
        self._background.run(self._latest, self._offer, self.failed.emit)

    def _latest(self) -> list[PersonRow]:
        ids = next(iter(self._contacts.ids(Audience())), ())
        wanted = list(islice(ids, REAL_AT_MOST))
        rows = self._contacts.rows(wanted)
        return [rows[id] for id in wanted if id in rows]

    def _offer(self, rows: list[PersonRow]) -> None:
        menu = QMenu(self)
        menu.setObjectName("simulator.people")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for row in rows:
            entry = menu.addAction(for_menu(row.name or _("No name")))
            entry.triggered.connect(lambda _checked=False, id=row.id: self._fetch(id))
        if not rows:
            menu.addAction(_("Nobody has written to the Page yet")).setEnabled(False)
        menu.popup(self._real.mapToGlobal(QPoint(0, self._real.height())))

    def _fetch(self, id: int) -> None:
        self._background.run(lambda: self._contacts.person(id), self._welcome, self.failed.emit)

    def _welcome(self, person) -> None:
        if person is not None:
            self._people.append(real(person, self._now()))
            self._fill()
            self._list.setCurrentIndex(len(self._people) - 1)
            self._choose()
