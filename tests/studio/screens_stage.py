"""The window over services in memory, and hands for it."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QSettings, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from otn_studio.blocks.words import Words
from otn_studio.flow.changes import AddBlock, SetTopic, Several
from otn_studio.flow.document import Position, Topic
from otn_studio.policy.calendar import Frequency
from otn_studio.studio.flows.builder import Builder
from otn_studio.studio.services.services import Services
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.window.window import Window
from tests.studio.connecting.fakes import FakePages
from tests.studio.desk import FakePublishing
from tests.studio.pages.broadcasts.broadcasting import BROADCASTS, FakeBroadcasts
from tests.studio.pages.contacts.people import PEOPLE, FakeContacts
from tests.studio.pages.engine.access import FakeApiKeys
from tests.studio.pages.engine.mailing import FakeMail
from tests.studio.pages.engine.serving import FakeService, FakeUpdates
from tests.studio.pages.engine.valuing import FakePageValues
from tests.studio.pages.fakes import NOW, FakeEngine, FakeTopics, row
from tests.studio.pages.insights.insights_fake import FakeInsights
from tests.studio.pages.sequences.sequencing import SEQUENCES, FakeSequences
from tests.studio.practice.fakes import FakePractice
from tests.studio.secrets.keeping import SECRETS, FakeSecrets

SECONDS_AT_MOST = 10
LONG = "A topic whose name is as long as a topic's name may be, that is"


class Stage:
    """The window over services in memory."""

    _shoot: Callable[[str], None]

    def __init__(self, theme: Theme, folder: Path) -> None:
        self._theme = theme
        weekly = {"frequency": Frequency.WEEKLY, "asked_next": NOW.replace(month=12)}
        self.topics = FakeTopics(
            row("Blue sneakers", 218, 1204, 110, ("Back in stock", "Welcome", "Summer")),
            row("Blue sneakers, kids", 12, 86, 222, ("Back in stock",)),
            row("Concert tickets", 1930, 0, 9, ("Events",), ending=41),
            row("Weekly deals", 1218, 0, 20, ("Welcome",), 37, stopped=31, asked=37, **weekly),
            row(LONG, 3, 0, 300),
        )
        self.chat = FakePractice()
        self.engine = FakeEngine()
        self.secrets = FakeSecrets(*SECRETS)
        self.folder = folder
        self.settings = QSettings(str(folder / "studio.ini"), QSettings.Format.IniFormat)
        page = "Kicks & Co"
        self.contacts = FakeContacts(*PEOPLE)
        self.insights = FakeInsights()
        self.publishing = FakePublishing()
        known = self.topics, self.publishing, self.engine, self.chat, page
        self.service, self.updates = FakeService(), FakeUpdates()
        self.pages = FakePages()
        services = Services(
            *known,
            self.contacts,
            FakeBroadcasts(*BROADCASTS),
            FakeApiKeys(),
            FakeSequences(*SEQUENCES),
            FakePageValues(),
            self.secrets,
            FakeMail(),
            self.insights,
            service=self.service,
            updates=self.updates,
            pages=self.pages,
        )
        self.window = Window(services, theme, self.settings, folder)

    @property
    def _builder(self) -> Builder:
        assert self.window.builder is not None
        return self.window.builder

    def _add_blocks(self, *blocks, topic: str = "Weekly deals") -> None:
        made = [
            AddBlock(f"made-{number}", block, Position(280 * number, 900))
            for number, block in enumerate(blocks)
        ]
        known = SetTopic("deals", Topic(topic, Frequency.WEEKLY))
        self._builder.document.do(Several((known, *made)), Words("Add them"))

    def _come_back_to(self, page: str) -> None:
        """Leave a page and come back, so that it shows what is new."""
        for other in ("engine", "flows", page):
            self.window.go_to(other)

    def _open_menu(self, menu: QMenu, place: QPoint, screen: str) -> None:
        menu.popup(place)
        self._shoot(screen)
        menu.close()

    def _find(self, kind: type[QWidget], name: str):
        """What is seen, or soon will be: some of it is asked for in the background."""
        until = time.monotonic() + SECONDS_AT_MOST
        while not (found := [w for w in self.window.findChildren(kind, name) if w.isVisible()]):
            assert time.monotonic() < until, f"there is no {name!r} to be seen"
            QApplication.processEvents()
            time.sleep(0.01)
        return found[-1]

    def _press(self, name: str) -> None:
        self._find(QWidget, name).click()

    def _act(self, name: str) -> None:
        self.window.findChild(QAction, f"action_{name}").trigger()

    def _shoot_question(self, screen: str) -> None:
        """One that is asked next, and holds everything up until it is closed."""

        def shoot() -> None:
            self._shoot(screen)
            self._close_dialog()

        QTimer.singleShot(300, shoot)

    def _close_dialog(self) -> None:
        next(d for d in self.window.findChildren(QDialog) if d.isVisible()).close()
        QApplication.processEvents()
