"""The small window in which one of the Page's people is looked for by name."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from otn_studio.flow.audience import Audience
from otn_studio.studio.background import Background
from otn_studio.studio.problem_words import sentence
from otn_studio.studio.services.people import Contacts, Person, PersonRow
from otn_studio.studio.widgets.dialog import SmallDialog
from otn_studio.studio.widgets.look import look, text
from otn_studio.studio.words import _

MOST: Final = 20
ROW: Final = 28
ROWS: Final = 7
_ID: Final = Qt.ItemDataRole.UserRole


class FindPerson(SmallDialog):
    """The newest people first, and those who are found as one types. ``chosen``: one of them."""

    chosen = Signal(object)

    def __init__(
        self, contacts: Contacts, parent: QWidget, title: str = "", verb: str = ""
    ) -> None:
        title = title or _("Whose values shall the phone show?")
        super().__init__(parent, "find_person_window", title)
        self._contacts = contacts
        self._background = Background(self)
        self._asked: str | None = None
        self._line = QLineEdit()
        self._line.setObjectName("find_person")
        self._line.setAccessibleName(_("Search by name"))
        self._line.setPlaceholderText(_("Search by name"))
        self._line.textChanged.connect(self._look)
        self._list = QListWidget()
        self._list.setObjectName("found_people")
        self._list.setFixedHeight(ROWS * ROW)
        look(self._list, "rows")
        self._list.itemActivated.connect(self._choose)
        self._list.itemSelectionChanged.connect(self._can_choose)
        about = _("What is known of them is only read, and goes nowhere.")
        self.column.addWidget(text(about, "quiet", wraps=True))
        self.column.addSpacing(8)
        self.column.addWidget(self._line)
        self.column.addSpacing(4)
        self.column.addWidget(self._list)
        self.add_problem("find_person_problem")
        self.add_button("cancel_find_person", _("Cancel")).clicked.connect(self.reject)
        self._show = self.add_button("show_person", verb or _("Show"), "primary", default=True)
        self._show.clicked.connect(lambda: self._choose(self._list.currentItem()))
        self._can_choose()
        self._look()

    def _look(self) -> None:
        """What is typed while a search is under way is looked for after it."""
        words = self._line.text().strip()
        if self._background.is_busy or words == self._asked:
            return
        self._asked = words
        self._background.run(lambda: _found(self._contacts, words), self._list_people, self._failed)

    def _list_people(self, people: Sequence[PersonRow]) -> None:
        self._list.clear()
        for person in people:
            item = QListWidgetItem(person.name or _("No name"), self._list)
            item.setData(_ID, person.id)
            item.setToolTip(", ".join(person.tags))
        self._list.setCurrentRow(0)
        self._can_choose()
        self.complain("")
        if not people:
            self.complain(_("Nobody is called that.") if self._asked else _("There is nobody yet."))
        self._look()

    def _can_choose(self) -> None:
        self._show.setEnabled(self._list.currentItem() is not None)

    def _choose(self, item: QListWidgetItem) -> None:
        id = item.data(_ID)
        self._background.run(lambda: self._contacts.person(id), self._take, self._failed)

    def _take(self, person: Person | None) -> None:
        if person is None:
            self.complain(_("The person is not there any more."))
            return
        self.chosen.emit(person)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.complain(sentence(error))


def _found(contacts: Contacts, words: str) -> list[PersonRow]:
    ids = list(next(iter(contacts.ids(Audience(words=words))), ()))[:MOST]
    rows = contacts.rows(ids)
    return [rows[id] for id in ids if id in rows]
