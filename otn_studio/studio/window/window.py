"""The window: menu at the left, one page in the middle, the bar above, the foot below."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from otn_studio.flow.document import Flow
from otn_studio.studio.document import samples
from otn_studio.studio.document.document import Document
from otn_studio.studio.document.files import Files
from otn_studio.studio.flows.beside_canvas import BesideCanvas
from otn_studio.studio.flows.builder import Builder
from otn_studio.studio.flows.exchanging import Exchanging
from otn_studio.studio.flows.open_flow import OpenFlow
from otn_studio.studio.flows.open_flows import OpenFlows
from otn_studio.studio.guide.bar import GuideBar
from otn_studio.studio.help.desk import HelpDesk
from otn_studio.studio.later import Later
from otn_studio.studio.pages.engine.badge import EngineDot
from otn_studio.studio.pages.engine.engine_watch import EngineWatch
from otn_studio.studio.pages.start.recent import RecentFlows
from otn_studio.studio.preferences.kept import Preferences
from otn_studio.studio.services.services import Services
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.updates.watch import UpdateWatch
from otn_studio.studio.window import actions
from otn_studio.studio.window.actions import Actions
from otn_studio.studio.window.foot import Foot
from otn_studio.studio.window.menu import Menu
from otn_studio.studio.window.pages_beside import PagesBeside
from otn_studio.studio.window.room import with_room
from otn_studio.studio.window.steps import Steps
from otn_studio.studio.window.tabs import FlowTabs
from otn_studio.studio.window.telling import Telling
from otn_studio.studio.window.topbar import TopBar

if TYPE_CHECKING:
    from otn_studio.studio.pages.start.page import StartPage

SEEN_SAMPLE = "seen_sample"
SIZE = QSize(1440, 900)


class Window(QMainWindow):
    """The studio. ``again``: it has closed, and is to open anew."""

    again = Signal()

    def __init__(self, services: Services, theme: Theme, settings: QSettings, folder: Path) -> None:
        super().__init__()
        self.setWindowTitle("OTN Studio")
        self.resize(SIZE.boundedTo(self.screen().availableSize()))
        self._services = services
        self._theme = theme
        self._settings = settings
        self._preferences = Preferences(settings)
        recent = RecentFlows(settings)
        files = Files(self, self._preferences)
        self._pages = QStackedWidget()
        self.flows = OpenFlows(
            *(files, services, theme, self._preferences, recent),
            *(folder / "recovery", self._pages),
        )
        self.help = HelpDesk(self, self.flows, theme)
        self.aside = BesideCanvas(self.flows, files, services.publishing, theme)
        self.exchange = Exchanging(self, self.flows, self._preferences, theme)
        self._actions = self._make_actions()
        self._bar = TopBar(self._actions, theme)
        self._tabs = FlowTabs(self.flows, theme)
        self.guide = GuideBar(theme)
        self.menu = Menu(theme, self._actions)
        self.menu.chosen.connect(self.go_to)
        self._start = Later(lambda: self._made_start(recent))
        self._watch = EngineWatch(services.engine, self)
        self.beside = PagesBeside(services, theme, self._watch, self._open_drawing, self)
        self._steps = Steps(self._actions, self.beside.contents)
        self._telling = Telling(self._actions, self._bar, self._watch, services.page_name)
        self._beside: dict[str, QWidget] = {
            **self.beside.by_name,
            **self.aside.pages,
            **self.exchange.pages,
        }
        self._foot = Foot(self._watch, theme)
        self.updates = UpdateWatch(services.updates, settings, self)
        self.updates.found.connect(self._foot.newer.show_release)
        self._lay_out()
        self._connect_pages()
        self.go_to("flows")

    @property
    def builder(self) -> Builder | None:
        """Of the flow that is open."""
        return self.flows.current and self.flows.current.builder

    def open_first(self, wanted: Sequence[Path] = ()) -> None:
        """What was open, what a crash left behind, and what is wanted; else, the very first time,
        the sample.
        """
        for path in self._preferences.to_reopen():
            self.flows.open_path(path)
        self.flows.open_leftovers()
        if (front := self._preferences.to_be_seen()) is not None:
            self.flows.open_path(front)
        for path in wanted:
            self.flows.open_path(path.resolve())
        if not self._settings.value(SEEN_SAMPLE, False, bool) and self.builder is None:
            self.flows.open_sample(samples.FIRST)
        self._settings.setValue(SEEN_SAMPLE, True)

    def open(self, document: Document) -> None:
        """Show a flow in the builder."""
        self.flows.open(document)

    def come(self, flows: Sequence[Path] = ()) -> None:
        """To the front, with these flows."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()
        for path in flows:
            self.flows.open_path(path.resolve())

    def go_to(self, page: str) -> None:
        """Show a page of the menu."""
        self._pages.setCurrentWidget(self._beside.get(page) or self.builder or self._start)
        self.menu.show_chosen(page)
        self.help.tell(page)
        self._tell()
        for flow in self.flows.all():
            is_seen = page == "flows" and flow is self.flows.current
            flow.builder.problems.foot.setVisible(is_seen)
        if self.builder is not None:
            self.builder.refresh()

    def say(self, sentence: str) -> None:
        """Something to know, in the foot, for a while."""
        self._foot.say(sentence)

    def closeEvent(self, event) -> None:
        """Nothing is asked: what is not saved is kept aside, and is there the next time."""
        self.flows.close_all()
        event.accept()

    def _make_actions(self) -> Actions:
        made = Actions(self, self._theme)
        for declaration, do in (
            (actions.NEW, self.flows.open_new),
            (actions.OPEN, self.flows.ask_and_open),
            (actions.SAVE, self.flows.save),
            (actions.SAVE_AS, lambda: self.flows.save(elsewhere=True)),
            (actions.IMPORT, self.exchange.ask_and_import),
            (actions.EXPORT, self.exchange.export),
            (actions.CLOSE, self.flows.close),
            (actions.NEXT_FLOW, lambda: self.flows.step(1)),
            (actions.PREVIOUS_FLOW, lambda: self.flows.step(-1)),
            (actions.VERSIONS, self.aside.show_versions),
            (actions.COMPARE, self.aside.ask_and_compare),
            (actions.HELP, self.help.open_here),
            (actions.KEYBOARD, self._show_keyboard),
            (actions.PREFERENCES, self._show_preferences),
            (actions.UNDO, lambda: self._steps.undo()),
            (actions.REDO, lambda: self._steps.redo()),
            (actions.LANGUAGES, self.flows.toggle_languages),
            (actions.SIMULATOR, self.flows.toggle_simulator),
            (actions.PRACTICE, self.flows.toggle_practice),
            (actions.PUBLISH, lambda: self.flows.publish(self)),
        ):
            made.add(declaration, do)
        for declaration in (actions.SIMULATOR, actions.PRACTICE):
            made[declaration].setCheckable(True)
        return made

    def _lay_out(self) -> None:
        whole = QWidget()
        self.setCentralWidget(with_room(whole))
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addWidget(self._tabs)
        layout.addWidget(self.aside.bar)
        layout.addWidget(self.guide)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        layout.addLayout(middle, 1)
        middle.addWidget(self.menu)
        middle.addWidget(self._pages, 1)
        for page in (self._start, *self._beside.values()):
            self._pages.addWidget(page)
        layout.addWidget(self._foot)

    def _connect_pages(self) -> None:
        self.beside.renamed.connect(self.flows.rename_topic)
        self.beside.undo_changed.connect(self._steps.tell)
        self.beside.drawn.connect(lambda flow: self.open(Document(flow)))
        self.beside.flow_wanted.connect(self.flows.open_new)
        self.beside.again.connect(self.begin_again)
        self._watch.changed.connect(self._tell)
        self._foot.ending.clicked.connect(lambda: self.go_to("engine"))
        self.menu.put_beside("engine", EngineDot(self._watch, self._theme))
        for beside in (self.aside, self.exchange):
            beside.wanted.connect(self.go_to)
            beside.said.connect(self.say)
        self.flows.shown.connect(self._show_flow)
        self.flows.changed.connect(self._tell)
        self.flows.leaving.connect(self._let_go)
        self.flows.said.connect(self.say)

    def _made_start(self, recent: RecentFlows) -> "StartPage":
        from otn_studio.studio.pages.start.page import StartPage

        page = StartPage(recent, self._theme)
        page.new_requested.connect(self.flows.open_new)
        page.open_requested.connect(self.flows.ask_and_open)
        page.import_requested.connect(self.exchange.ask_and_import)
        page.guide_requested.connect(self._guide)
        page.open_path.connect(self.flows.open_path)
        page.sample_requested.connect(self.flows.open_sample)
        return page

    def _guide(self) -> None:
        self.flows.open_new()
        self.guide.begin(self.flows.current)

    def _open_drawing(self) -> Flow | None:
        return self.flows.current and self.flows.current.document.flow

    def _show_flow(self) -> None:
        """Another flow is the current one, or none."""
        if self.builder is not None and self._pages.indexOf(self.builder) < 0:
            self._pages.addWidget(self.builder)
            self._foot.take(self.builder.problems.foot)
        self.go_to("flows")
        if self.builder is not None:
            self.builder.canvas.view.setFocus()

    def _let_go(self, flow: OpenFlow) -> None:
        self._pages.removeWidget(flow.builder)
        self._foot.give_back(flow.builder.problems.foot)

    def _show_keyboard(self) -> None:
        from otn_studio.studio.keyboard.overview import KeyboardOverview

        KeyboardOverview(self).open()

    def _show_preferences(self) -> None:
        from otn_studio.studio.preferences.dialog import PreferencesDialog

        dialog = PreferencesDialog(self._preferences, self._theme, self)
        dialog.again.connect(self.begin_again)
        dialog.open()

    def begin_again(self) -> None:
        """Close, and open anew with what is open."""
        current = self.flows.current
        self._preferences.reopen(self.flows.files(), current and current.document.path)
        self.close()
        self.again.emit()

    def _tell(self) -> None:
        """Bring everything up to date with the open flow."""
        current, is_page = self.flows.current, self._is_beside_flows()
        self._steps.show(current and current.document)
        self.aside.tell(is_canvas=not is_page)
        self.guide.tell(None if is_page else current)
        self._tabs.setHidden(is_page or len(self.flows.all()) < 2)
        self._telling.tell(current, is_page=is_page)

    def _is_beside_flows(self) -> bool:
        return self._pages.currentWidget() in self._beside.values()
