"""What a person does with topics."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QMenu, QPushButton, QWidget

from otn_studio.studio.pages.topics.page import TopicsPage
from otn_studio.studio.pages.topics.topic_model import Column
from tests.studio.pages.fakes import NOW, FakeTopics

LEFT = Qt.MouseButton.LeftButton


class Desk:
    """The page with what a person can do on it."""

    def __init__(self, qtbot, theme, *rows) -> None:
        self.qtbot = qtbot
        self.topics = FakeTopics(*rows)
        self.page = TopicsPage(self.topics, theme, lambda: NOW)
        self.renamed: list[tuple[str, str]] = []
        self.page.renamed.connect(lambda id, name: self.renamed.append((id, name)))
        qtbot.addWidget(self.page)
        self.page.resize(1_000, 600)
        self.page.show()
        self.table = self.page.findChild(QWidget, "topics")
        qtbot.waitUntil(lambda: self.names() == self.topics.names() and self.is_answered())

    def is_answered(self) -> bool:
        return bool(self.names()) or self.find(QWidget, "no_topics").isVisible()

    def find(self, kind, name):
        return self.page.findChild(kind, name)

    def names(self) -> list[str]:
        return [self.cell(place, Column.NAME) for place in range(self.table.model().rowCount())]

    def cell(self, place: int, column: Column) -> str:
        return self.index(place, column).data()

    def index(self, place: int, column: Column):
        return self.table.model().index(place, column)

    def point(self, name: str, column: Column) -> QPoint:
        return self.table.visualRect(self.index(self.names().index(name), column)).center()

    def press_cell(self, name: str, column: Column) -> None:
        self.qtbot.mouseClick(self.table.viewport(), LEFT, pos=self.point(name, column))

    def press(self, name: str) -> None:
        self.qtbot.mouseClick(self.find(QPushButton, name), LEFT)

    def type(self, kind, name: str, words: str) -> QWidget:
        field = self.find(kind, name)
        self.qtbot.keyClicks(field, words)
        return field

    def says(self, name: str) -> str:
        labels = self.page.findChildren(QLabel, name)
        return next((label.text() for label in labels if label.isVisible()), "")

    def wait_for(self, *names: str) -> None:
        self.qtbot.waitUntil(lambda: self.names() == list(names))

    def selected(self) -> str | None:
        current = self.table.currentIndex()
        return self.cell(current.row(), Column.NAME) if current.isValid() else None

    def editor(self) -> QLineEdit | None:
        editors = self.page.findChildren(QLineEdit, "topic_name")
        return next((editor for editor in editors if editor.isVisible()), None)

    def menu(self, name: str, *, by_keyboard: bool = False) -> list[str]:
        """Open the menu of a row."""
        reason = (
            QContextMenuEvent.Reason.Keyboard if by_keyboard else QContextMenuEvent.Reason.Mouse
        )
        place = self.point(name, Column.USED)
        viewport = self.table.viewport()
        event = QContextMenuEvent(reason, place, viewport.mapToGlobal(place))
        QApplication.sendEvent(viewport, event)
        return [action.text().partition("\t")[0] for action in self._menu().actions()]

    def choose(self, words: str) -> None:
        menu = self._menu()
        action = next(a for a in menu.actions() if a.text().startswith(words))
        self.qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())

    def _menu(self) -> QMenu:
        return self.page.findChildren(QMenu, "row_menu")[-1]

    def window(self, name: str) -> QDialog | None:
        return self.find(QDialog, name)
