"""Who talks: one of the made-up people, or a real person of the Page as they are known now."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from otn_studio.studio.document.document import Document
from otn_studio.studio.phone.find_person import FindPerson
from otn_studio.studio.services.people import Contacts, Person
from otn_studio.studio.simulator.personas import Persona, made_up, real
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.controls import CalmCombo, IconButton
from otn_studio.studio.words import _, shown


class Who(QWidget):
    """``chosen``: somebody else talks now, or the same person anew."""

    chosen = Signal(object)

    def __init__(
        self, document: Document, contacts: Contacts, theme: Theme, now: Callable[[], datetime]
    ) -> None:
        super().__init__()
        self._document, self._contacts, self._now = document, contacts, now
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
        self._list.setCurrentIndex(0)

    def show_other(self, who: str) -> None:
        """Somebody talks who is none of these."""
        self._list.setPlaceholderText(who)
        self._list.setCurrentIndex(-1)

    def _fill(self) -> None:
        """The people as they are by now; whoever talks is still there."""
        before = self._list.currentIndex()
        self._people = [*made_up(self._document.flow), *(p for p in self._people if p.is_real)]
        self._list.clear()
        for person in self._people:
            self._list.addItem(shown(person.label))
        self._list.setCurrentIndex(min(before, len(self._people) - 1))

    def _choose(self) -> None:
        self._list.setCurrentIndex(max(self._list.currentIndex(), 0))
        self.chosen.emit(self._people[self._list.currentIndex()])

    def _look_for_people(self) -> None:
        window = FindPerson(self._contacts, self, _("Who talks?"), _("Talk as them"))
        window.chosen.connect(self._welcome)
        window.open()

    def _welcome(self, person: Person) -> None:
        self._people.append(real(person, self._now()))
        self._fill()
        self._list.setCurrentIndex(len(self._people) - 1)
        self._choose()
