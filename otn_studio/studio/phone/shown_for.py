"""For whom the phone shows a message: a made-up person or a real one, and what is known of them."""

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from otn_studio.flow.document import Flow
from otn_studio.studio.languages.chooser import LanguageChooser
from otn_studio.studio.phone.people import PEOPLE, MadeUp, Real
from otn_studio.studio.services.people import Contacts, Person
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.controls import CalmCombo, IconButton
from otn_studio.studio.words import _


class ShownFor(QWidget):
    """A chooser, below that of the language, and a line for each field that the message mentions.

    What is typed there is for the eye only, also where the person is a real one.
    """

    changed = Signal()

    def __init__(self, theme: Theme, contacts: Contacts, languages: LanguageChooser) -> None:
        super().__init__()
        self._contacts, self._languages = contacts, languages
        self._everybody: list[MadeUp | Real] = list(PEOPLE)
        self._typed: dict[str, str] = {}
        self._lines: dict[str, QLineEdit] = {}
        self._labels: dict[QWidget, QLabel] = {}
        self._people = CalmCombo(theme)
        self._people.setObjectName("preview.person")
        self._people.setAccessibleName(_("Shown for"))
        self._people.addItems([person.label for person in self._everybody])
        self._people.currentIndexChanged.connect(self._choose)
        self._find = IconButton(theme, "search", _("Show it for somebody of your Page"))
        self._find.setObjectName("preview.find_person")
        self._find.clicked.connect(self._look_for_one)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._add(_("Language"), languages)
        self._add(_("Shown for"), self._people)
        self._grid.addWidget(self._find, self._grid.rowCount() - 1, 2)

    @property
    def person(self) -> MadeUp | Real:
        return self._everybody[self._people.currentIndex()]

    def fields(self, flow: Flow) -> dict[str, str]:
        """All that the flow would know of this person."""
        known = self.person.fields(flow) | self._typed
        return {key: value for key, value in known.items() if value}

    def show_languages(self, there_are_some: bool) -> None:
        for widget in (self._labels[self._languages], self._languages):
            widget.setVisible(there_are_some)

    def offer(self, flow: Flow, mentioned: Iterable[str]) -> None:
        """Have a line for each of these fields of the flow, and no other."""
        wanted = [key for key in flow.fields if key in set(mentioned)]
        if list(self._lines) != wanted:
            self._rebuild(flow, wanted)
        known = self.fields(flow)
        for key, line in self._lines.items():
            if line.text() != known.get(key, "") and not line.hasFocus():
                line.setText(known.get(key, ""))

    def _rebuild(self, flow: Flow, keys: list[str]) -> None:
        for line in self._lines.values():
            for widget in (self._labels.pop(line), line):
                widget.hide()
                widget.deleteLater()
        self._lines = {key: self._line(key, flow.fields[key].name) for key in keys}

    def _line(self, key: str, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setObjectName(f"preview.value.{key}")
        line.setAccessibleName(name)
        line.setPlaceholderText(_("not known"))
        line.textEdited.connect(lambda text: self._type(key, text))
        self._add(name, line)
        return line

    def _add(self, name: str, control: QWidget) -> None:
        row = self._grid.rowCount()
        self._labels[control] = label = _label(name, control)
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(control, row, 1, 1, 1 if control is self._people else 2)

    def _type(self, key: str, text: str) -> None:
        self._typed[key] = text
        self.changed.emit()

    def _choose(self) -> None:
        self._typed.clear()
        self.changed.emit()

    def _look_for_one(self) -> None:
        from otn_studio.studio.phone.find_person import FindPerson

        window = FindPerson(self._contacts, self.window())
        window.chosen.connect(self._take)
        window.open()

    def _take(self, person: Person) -> None:
        """One real person at a time stands in the list."""
        place, real = len(PEOPLE), Real(person)
        self._everybody[place:] = [real]
        with QSignalBlocker(self._people):
            self._people.removeItem(place)
            self._people.addItem(real.label)
            self._people.setCurrentIndex(place)
        self._choose()


def _label(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text)
    label.setProperty("look", "quiet")
    label.setBuddy(buddy)
    label.setMaximumWidth(120)
    label.setToolTip(text)
    return label
