"""The window: menu at the left, one page in the middle, the bar above, the foot below."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from otn_studio.blocks.words import Words
from otn_studio.flow.changes import SetTopic
from otn_studio.flow.document import Flow
from otn_studio.studio import actions, files, recovery
from otn_studio.studio.actions import Actions
from otn_studio.studio.builder import Builder
from otn_studio.studio.document import Document
from otn_studio.studio.foot import Foot
from otn_studio.studio.menu import Menu
from otn_studio.studio.open_flow import OpenFlow
from otn_studio.studio.pages.api_keys import ApiKeysCard
from otn_studio.studio.pages.badge import EngineDot
from otn_studio.studio.pages.broadcasts.page import BroadcastsPage
from otn_studio.studio.pages.contacts.page import ContactsPage
from otn_studio.studio.pages.engine import EnginePage
from otn_studio.studio.pages.page_values import PageValuesCard
from otn_studio.studio.pages.recent import RecentFlows
from otn_studio.studio.pages.start import StartPage
from otn_studio.studio.pages.topics import TopicsPage
from otn_studio.studio.secrets.card import SecretsCard
from otn_studio.studio.services import Services
from otn_studio.studio.steps import Steps
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.topbar import TopBar
from otn_studio.studio.words import _

SEEN_SAMPLE = "seen_sample"


class Window(QMainWindow):
    """The studio."""

    def __init__(self, services: Services, theme: Theme, settings: QSettings, folder: Path) -> None:
        super().__init__()
        self.setWindowTitle("OTN Studio")
        self.resize(1440, 900)
        self._services = services
        self._theme = theme
        self._settings = settings
        self._recovery_folder = folder / "recovery"
        self._recent = RecentFlows(settings)
        self._open: OpenFlow | None = None
        self._actions = self._make_actions()
        self._bar = TopBar(self._actions, theme)
        self.menu = Menu(theme)
        self.menu.chosen.connect(self.go_to)
        self._pages = QStackedWidget()
        self._start = StartPage(self._recent, theme)
        self._topics = TopicsPage(services.topics, theme)
        self._topics.put_beside(_("Values of the Page"), PageValuesCard(services.page_values))
        self._steps = Steps(self._actions, self._topics)
        self._engine = EnginePage(services.engine, theme, services.page_name)
        self._engine.put_below(ApiKeysCard(services.api_keys))
        self._engine.put_below(SecretsCard(services.secrets, self._open_drawing))
        self._broadcasts = BroadcastsPage(services.broadcasts, services.sequences, theme)
        self._beside: dict[str, QWidget] = {
            "contents": self._topics,
            "contacts": ContactsPage(services.contacts, theme),
            "broadcasts": self._broadcasts,
            "engine": self._engine,
        }
        self._foot = Foot(self._engine.watch, theme)
        self._lay_out()
        self._connect_pages()
        self.go_to("flows")

    @property
    def builder(self) -> Builder | None:
        """Of the flow that is open."""
        return self._open and self._open.builder

    def open_first(self) -> None:
        """What a crash left behind; else, the very first time, the sample; else the start page."""
        left = recovery.leftovers(self._recovery_folder)
        if left:
            flow, path = left[-1]
            self.open(Document.recovered(flow, path))
            self.say(_("“{flow}” is back as you left it. It is not saved yet.", flow=flow.name))
        elif not self._settings.value(SEEN_SAMPLE, False, bool):
            self.open(files.sample())
        self._settings.setValue(SEEN_SAMPLE, True)

    def open(self, document: Document) -> None:
        """Show a flow in the builder, instead of the one that was there."""
        self._close_open()
        self._open = OpenFlow(document, self._services, self._theme, self._recovery_folder)
        builder, publisher = self._open.builder, self._open.publisher
        publisher.changed.connect(self._tell)
        publisher.said.connect(self.say)
        document.state_changed.connect(self._tell)
        self._pages.addWidget(builder)
        self._foot.take(builder.problems.foot)
        if document.path is not None:
            self._recent.add(document.path, document.flow.name)
        self.go_to("flows")
        builder.canvas.view.setFocus()

    def go_to(self, page: str) -> None:
        """Show a page of the menu."""
        self._pages.setCurrentWidget(self._beside.get(page) or self.builder or self._start)
        self.menu.show_chosen(page)
        self._tell()
        if self.builder is not None:
            self.builder.problems.foot.setVisible(page == "flows")
            self.builder.refresh()

    def say(self, sentence: str) -> None:
        """Something to know, in the foot, for a while."""
        self._foot.say(sentence)

    def closeEvent(self, event) -> None:
        """Nothing is asked: what is not saved is kept aside, and is there the next time."""
        if self._open is not None:
            self._open.recovery.keep_now()
        self._close_open()
        event.accept()

    def _make_actions(self) -> Actions:
        made = Actions(self, self._theme)
        for declaration, do in (
            (actions.NEW, self._new),
            (actions.OPEN, self._ask_and_open),
            (actions.SAVE, self._save),
            (actions.SAVE_AS, lambda: self._save(elsewhere=True)),
            (actions.EXPORT, lambda: files.export(self, self._document())),
            (actions.CLOSE, self._close_flow),
            (actions.UNDO, lambda: self._steps.undo()),
            (actions.REDO, lambda: self._steps.redo()),
            (actions.LANGUAGES, self._toggle_languages),
            (actions.PRACTICE, self._toggle_practice),
            (actions.PUBLISH, self._publish),
        ):
            made.add(declaration, do)
        made[actions.PRACTICE].setCheckable(True)
        return made

    def _lay_out(self) -> None:
        for page in (self._start, *self._beside.values()):
            self._pages.addWidget(page)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.menu)
        middle.addWidget(self._pages, 1)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addLayout(middle, 1)
        layout.addWidget(self._foot)
        self.setCentralWidget(whole)

    def _connect_pages(self) -> None:
        self._start.new_requested.connect(self._new)
        self._start.open_requested.connect(self._ask_and_open)
        self._start.open_path.connect(self._open_path)
        self._start.sample_requested.connect(lambda name: self.open(files.sample(name)))
        self._topics.renamed.connect(self._rename_topic)
        self._broadcasts.drawn.connect(self._open_drawn)
        self._engine.watch.changed.connect(self._tell)
        self.menu.put_beside("engine", EngineDot(self._engine.watch, self._theme))

    def _open_drawing(self) -> Flow | None:
        return self._open and self._open.document.flow

    def _document(self) -> Document:
        assert self._open is not None
        return self._open.document

    def _new(self) -> None:
        if self._may_leave():
            self.open(files.new_flow())

    def _open_drawn(self, flow: Flow) -> None:
        if self._may_leave():
            self.open(Document(flow))

    def _ask_and_open(self) -> None:
        if self._may_leave() and (path := files.ask_and_open(self)) is not None:
            self._open_path(path)

    def _open_path(self, path: Path) -> None:
        if (document := files.read(self, path)) is not None:
            self.open(document)

    def _save(self, *, elsewhere: bool = False) -> None:
        document = self._document()
        if files.save(self, document, elsewhere=elsewhere):
            assert document.path is not None
            self._recent.add(document.path, document.flow.name)

    def _close_flow(self) -> None:
        if self._may_leave():
            self._close_open()
            self.go_to("flows")

    def _may_leave(self) -> bool:
        if self._open is None or not files.may_leave(self, self._open.document):
            return self._open is None
        self._open.recovery.forget()
        return True

    def _close_open(self) -> None:
        if self._open is not None:
            self._pages.removeWidget(self._open.builder)
            self._foot.give_back(self._open.builder.problems.foot)
            self._open.close()
            self._open = None

    def _toggle_practice(self) -> None:
        if self.builder is not None:
            self.builder.show_practice(not self.builder.shows_practice)
            self._tell()

    def _toggle_languages(self) -> None:
        if self.builder is not None:
            self.builder.show_languages(not self.builder.shows_languages)

    def _publish(self) -> None:
        if self._open is not None:
            self._open.publisher.publish(self)

    def _rename_topic(self, id: str, name: str) -> None:
        topic = self.builder and self._document().flow.topics.get(id)
        if topic is not None:
            self._document().do(SetTopic(id, replace(topic, name=name)), Words("Rename topic"))

    def _tell(self) -> None:
        """Bring the bar and the actions up to date with the open flow."""
        of_flow = (
            actions.SAVE,
            actions.SAVE_AS,
            actions.EXPORT,
            actions.CLOSE,
            actions.LANGUAGES,
            actions.PRACTICE,
            actions.PUBLISH,
        )
        for declaration in of_flow:
            self._actions[declaration].setEnabled(self.builder is not None)
        self._steps.show(self.builder and self._document())
        if self._is_beside_flows():
            self._tell_page()
            return
        if self._open is None:
            self._bar.show_flow(None)
            return
        busy = self._open.publisher.is_busy
        self._actions[actions.PUBLISH].setEnabled(not busy)
        self._actions[actions.PUBLISH].setText(_("Publishing…") if busy else _("Publish"))
        self._actions[actions.PRACTICE].setChecked(self._open.builder.shows_practice)
        self._bar.show_flow(self._document().flow.name, self._open.state)

    def _is_beside_flows(self) -> bool:
        return self._pages.currentWidget() in self._beside.values()

    def _tell_page(self) -> None:
        for declaration in (actions.LANGUAGES, actions.PRACTICE, actions.PUBLISH):
            self._actions[declaration].setEnabled(False)
        watch = self._engine.watch
        connected = _("Practice") if watch.state.practice else _("Page connected")
        self._bar.show_page(self._services.page_name, connected if watch.is_known else "")
