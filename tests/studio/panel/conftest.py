"""A panel on a screen with everything around it real, but the Page's topics."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QWidget

from otn_studio.blocks.words import Problem
from otn_studio.flow.document import Flow
from otn_studio.policy.calendar import Frequency
from otn_studio.studio.document.checker import Checker
from otn_studio.studio.document.document import Document
from otn_studio.studio.document.other_flows import OtherFlows
from otn_studio.studio.document.selection import Selection
from otn_studio.studio.panel.panel import Panel
from otn_studio.studio.panel.shelf import Shelf
from otn_studio.studio.panel.targets import every
from otn_studio.studio.panel.view import View
from otn_studio.studio.secrets.store import SecretRow
from otn_studio.studio.services.services import TopicRow
from otn_studio.studio.theme.theme import Theme
from tests.studio.desk import FakePublishing
from tests.studio.secrets.keeping import FakeSecrets


class PageTopics:
    """Stands for the database of the Page."""

    def __init__(self) -> None:
        self.names = {"shoes": "Shoes", "boots-1": "Boots", "boots-2": "Boots, kids"}
        self.held = {"shoes": 1218, "boots-1": 12}
        self.often: dict[str, Frequency | None] = {}
        self.refuses = ""

    def all(self) -> list[TopicRow]:
        return [
            TopicRow(id, name, self.held.get(id, 0), 0, 0, None, (), frequency=self.often.get(id))
            for id, name in self.names.items()
        ]

    def add(
        self, id: str, name: str, frequency: Frequency | None = None, asks_again: bool = True
    ) -> None:
        if self.refuses:
            raise Problem(self.refuses)
        self.names[id] = name
        self.often[id] = frequency


class Stage:
    """A panel and a person in front of it."""

    def __init__(self, qtbot, theme: Theme, flow: Flow, *live: Flow) -> None:
        self.qtbot = qtbot
        self.publishing = FakePublishing()
        self.publishing.flows = list(live)
        self.page = PageTopics()
        self.document = Document(flow)
        self.selection = Selection()
        self.checker = Checker(self.document, OtherFlows(self.document, self.publishing))
        self.secrets = FakeSecrets(SecretRow("shop_key"))
        self.panel = Panel(
            self.document, self.selection, self.checker, theme, self.page, self.secrets
        )
        for part in (self.document, self.selection):
            part.setParent(self.panel)  # they end together, as in the window
        self.panel.resize(self.panel.width(), 700)
        qtbot.addWidget(self.panel)
        self.panel.show()
        self.panel.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is self.panel)

    @property
    def flow(self) -> Flow:
        return self.document.flow

    def block(self, id: str = "it"):
        return self.flow.blocks[id]

    def select(self, id: str = "it", field: str = "") -> None:
        self.selection.select([id], field)

    def find(self, name: str) -> QWidget:
        found = self._called(name)
        assert found, f"nothing is called {name!r}"
        return found[-1]

    def has(self, name: str) -> bool:
        return bool(self._called(name))

    def _called(self, name: str) -> list[QWidget]:
        """What was shown before may still wait for its end."""
        views = self.panel.findChildren(View)
        gone = [view for view in views if view is not self.panel.view]
        found = self.panel.findChildren(QWidget, name)
        return [one for one in found if not any(view.isAncestorOf(one) for view in gone)]

    def click(self, name: str) -> None:
        self.qtbot.mouseClick(self.find(name), Qt.MouseButton.LeftButton)

    def type(self, text: str) -> None:
        """Type into whatever has the focus. QTest has keys for plain letters only."""
        for letter in text:
            if letter.isascii():
                self.qtbot.keyClicks(self.focus, letter)
            else:
                press = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(self.focus, press)

    def press(self, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.focus, key, modifier)

    @property
    def focus(self) -> QWidget:
        focus = QApplication.focusWidget()
        assert focus is not None, "nothing has the focus"
        return focus

    def target(self, path: str):
        return next(one for one in every(self.panel.view.targets()) if one.path == path)

    def said_beside(self, path: str) -> list[str]:
        return self.target(path).problems

    def offers(self, path: str) -> list[str]:
        """What the open list below a field offers, as the eye reads a row."""
        shown = self.target(path).editor.offers
        return [f"{one.text} {one.note}".strip() for one in shown.entries if shown.isVisible()]

    def texts(self) -> list[str]:
        labels = (*self.panel.view.findChildren(QLabel), *self.panel.view.findChildren(QCheckBox))
        return [label.text() for label in labels]

    def wait(self, condition) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=3_000)

    def undo_says(self) -> str:
        return str(self.document.undo_words())


@pytest.fixture
def stage(qtbot, theme) -> Iterator:
    """Makes the stage for a flow; it ends when its work in the background has."""
    made: list[Stage] = []

    def make(flow: Flow, *live: Flow) -> Stage:
        made.append(Stage(qtbot, theme, flow, *live))
        shelf = made[-1].panel.findChild(Shelf)
        made[-1].wait(lambda: not shelf.is_asking)
        made[-1].wait(lambda: len(made[-1].checker.others.all()) == len(live))
        return made[-1]

    yield make
    for one in made:
        one.panel.close()
