"""What a person does with contacts."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu, QWidget

from otn_studio.studio.pages.contacts.page import ContactsPage
from otn_studio.studio.pages.contacts.people_model import Column
from tests.studio.pages.contacts.people import FakeContacts
from tests.studio.pages.fakes import NOW

LEFT = Qt.MouseButton.LeftButton
NAMES = ["Ann Müller", "Bob Lee", "No name, 7000000000000003", "Dana Núñez", "Eve"]


class Desk:
    """The page with what a person can do on it."""

    def __init__(self, qtbot, theme, *people) -> None:
        self.qtbot = qtbot
        self.contacts = FakeContacts(*people)
        self.page = ContactsPage(self.contacts, theme, lambda: NOW)
        qtbot.addWidget(self.page)
        self.page.resize(1_200, 700)
        self.page.show()
        self.table = self.page.findChild(QWidget, "people")
        qtbot.waitUntil(lambda: self.says("people_count") == self._people(len(people)))

    def _people(self, count: int) -> str:
        return f"{count:,} {'person' if count == 1 else 'people'}"

    def find(self, name: str, kind=QWidget):
        found = [widget for widget in self.page.findChildren(kind, name) if widget.isVisible()]
        assert found, f"there is no {name!r} to be seen"
        return found[-1]

    def is_seen(self, name: str) -> bool:
        return any(widget.isVisible() for widget in self.page.findChildren(QWidget, name))

    def press(self, name: str) -> None:
        self.qtbot.mouseClick(self.find(name), LEFT)

    def type(self, name: str, words: str) -> None:
        self.qtbot.keyClicks(self.find(name), words)

    def says(self, name: str) -> str:
        labels = self.page.findChildren(QLabel, name)
        return next((label.text() for label in labels if label.isVisible()), "")

    def all_said(self) -> list[str]:
        return [label.text() for label in self.page.findChildren(QLabel) if label.isVisible()]

    def names(self) -> list[str]:
        model = self.table.model()
        return [model.index(row, Column.NAME).data() for row in range(model.rowCount())]

    def wait_for(self, *names: str) -> None:
        self.qtbot.waitUntil(lambda: self.names() == list(names))

    def open(self, name: str, part: int = 0) -> None:
        """Press on somebody's row; 1 are the details."""
        self.qtbot.waitUntil(lambda: name in self.names())
        index = self.table.model().index(self.names().index(name), Column.ANSWERED)
        self.qtbot.mouseClick(
            self.table.viewport(), LEFT, pos=self.table.visualRect(index).center()
        )
        self.qtbot.waitUntil(lambda: self.says("person_name") == name)
        self.press(f"person_part_{part}")

    def choose(self, menu_name: str, *path: str) -> None:
        """From a menu, by the words of its entries."""
        top = menu = self.find(menu_name, QMenu)
        for words in path[:-1]:
            menu = next(a for a in menu.actions() if a.text() == words).menu()
        next(a for a in menu.actions() if a.text() == path[-1]).trigger()
        top.close()

    def filter(self, *path: str) -> None:
        self.qtbot.waitUntil(lambda: bool(self.page._filters.known.fields))
        self.press("add_filter")
        self.choose("filter_menu", *path)


def details(it, id: int = 5):
    return it.contacts.people[id]
