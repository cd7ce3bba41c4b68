"""The whole window with hands: what a person does with mouse and keyboard, and what they see."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from otn_studio.policy.profiles import CLASSIC
from otn_studio.studio.canvas.canvas import Canvas
from otn_studio.studio.canvas.geometry import Point
from otn_studio.studio.document.document import Document
from otn_studio.studio.services.services import Published, Services, VersionRow
from otn_studio.studio.window.window import Window
from tests.studio.connecting.fakes import FakePages
from tests.studio.pages.broadcasts.broadcasting import FakeBroadcasts
from tests.studio.pages.contacts.people import FakeContacts
from tests.studio.pages.engine.access import FakeApiKeys
from tests.studio.pages.engine.mailing import FakeMail
from tests.studio.pages.engine.serving import FakeService, FakeUpdates
from tests.studio.pages.engine.valuing import FakePageValues
from tests.studio.pages.fakes import NOW, FakeEngine, FakeTopics
from tests.studio.pages.insights.insights_fake import FakeInsights
from tests.studio.pages.sequences.sequencing import FakeSequences
from tests.studio.practice.fakes import FakePractice
from tests.studio.secrets.keeping import FakeSecrets


class FakePublishing:
    """Takes every flow."""

    def __init__(self) -> None:
        self.published: list[Flow] = []
        self.flows: list[Flow] = []
        self.rules = CLASSIC
        self.rows: list[VersionRow] = []

    def publish(self, flow: Flow, folder: Path | None = None, by: str = "") -> Published:
        self.published.append(flow)
        number = len(self.published)
        self.rows.insert(0, VersionRow(number, "", NOW + timedelta(hours=number), by, True))
        self.go_back(flow.id, number)
        return Published(number, ())

    def versions(self, flow_id: str) -> list[VersionRow]:
        return list(self.rows)

    def version(self, flow_id: str, number: int) -> Flow:
        return self.published[number - 1]

    def entitle(self, flow_id: str, number: int, title: str) -> None:
        self.rows = [
            replace(row, title=title) if row.number == number else row for row in self.rows
        ]

    def go_back(self, flow_id: str, number: int) -> None:
        self.rows = [replace(row, live=row.number == number) for row in self.rows]

    def live(self) -> Project:
        return Project.of(*self.flows, rules=self.rules)

    def live_version(self, flow_id: str) -> int | None:
        return next((row.number for row in self.rows if row.live), None)


class Desk:
    """One window over services in memory."""

    def __init__(self, qtbot, theme, folder: Path) -> None:
        self.bot = qtbot
        self.topics = FakeTopics()
        self.publishing = FakePublishing()
        self.engine = FakeEngine()
        self.contacts = FakeContacts()
        self.insights = FakeInsights()
        known = self.topics, self.publishing, self.engine, FakePractice(), "Kicks & Co"
        self.service, self.updates = FakeService(), FakeUpdates()
        self.pages = FakePages()
        services = Services(
            *known,
            self.contacts,
            FakeBroadcasts(),
            FakeApiKeys(),
            FakeSequences(),
            FakePageValues(),
            FakeSecrets(),
            FakeMail(),
            self.insights,
            service=self.service,
            updates=self.updates,
            pages=self.pages,
        )
        settings = QSettings(str(folder / "studio.ini"), QSettings.Format.IniFormat)
        self.window = Window(services, theme, settings, folder)
        qtbot.addWidget(self.window)
        self.window.resize(1440, 900)
        self.window.show()
        qtbot.waitExposed(self.window)

    @property
    def canvas(self) -> Canvas:
        assert self.window.builder is not None
        return self.window.builder.canvas

    @property
    def document(self) -> Document:
        assert self.window.builder is not None
        return self.window.builder.document

    @property
    def flow(self) -> Flow:
        return self.document.flow

    def find(self, name: str) -> QWidget:
        """A visible widget by its name."""
        found = [w for w in self.window.findChildren(QWidget, name) if w.isVisible()]
        assert found, f"there is no {name!r} to be seen"
        return found[-1]

    def press(self, name: str) -> None:
        self.bot.mouseClick(self.find(name), Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def type(self, name: str, text: str) -> None:
        self.bot.keyClicks(self.find(name), text)
        QApplication.processEvents()

    def key(
        self, key: Qt.Key, keys=Qt.KeyboardModifier.NoModifier, on: str = "canvas_view"
    ) -> None:
        self.bot.keyClick(self.find(on), key, keys)
        QApplication.processEvents()

    def choose(self, group: str, words: str) -> None:
        """From the palette: press a group, then an entry of its list."""
        self.press(f"palette_{group}")
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(a for a in menu.actions() if a.text() == words)
        self.bot.mouseClick(
            menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center()
        )
        QApplication.processEvents()

    def add(self, words: str) -> str:
        """By keyboard alone: /, some letters, Enter. Answers the new block's id."""
        before = set(self.flow.blocks)
        self.key(Qt.Key.Key_Slash)
        self.type("quick_add_search", words)
        self.key(Qt.Key.Key_Return, on="quick_add_search")
        (made,) = set(self.flow.blocks) - before
        return made

    def drag(self, start: Point, end: Point) -> None:
        """Drag from a place of the canvas to another."""
        view, button = self.canvas.view.viewport(), Qt.MouseButton.LeftButton
        a, b = self.pixel(start), self.pixel(end)
        self.bot.mousePress(view, button, pos=a)
        for step in (0.3, 0.7, 1.0):
            self.bot.mouseMove(view, a + (b - a) * step)
            QApplication.processEvents()
        self.bot.mouseRelease(view, button, pos=b)
        QApplication.processEvents()

    def pixel(self, place: Point) -> QPoint:
        return self.canvas.view.to_window(place).toPoint()

    def way(self, block: str, port: str) -> Point:
        return self.canvas.plan.way_out((block, port))

    def middle(self, block: str) -> Point:
        return self.canvas.plan.boxes[block].corner.plus(120, 19)

    def click(self, place: Point, keys=Qt.KeyboardModifier.NoModifier) -> None:
        view = self.canvas.view.viewport()
        self.bot.mouseClick(view, Qt.MouseButton.LeftButton, keys, pos=self.pixel(place))
        QApplication.processEvents()
