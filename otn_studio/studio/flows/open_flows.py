"""The flows that are open side by side: one of them is shown, the others wait in their tabs."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from otn_studio.blocks.words import Words
from otn_studio.exchange.formats import is_foreign
from otn_studio.flow.changes import SetTopic
from otn_studio.studio.document import files, recovery
from otn_studio.studio.document.document import Document
from otn_studio.studio.document.files import Files
from otn_studio.studio.flows.open_flow import OpenFlow
from otn_studio.studio.pages.start.recent import RecentFlows
from otn_studio.studio.preferences.kept import Preferences
from otn_studio.studio.services.services import Services
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _


class OpenFlows(QObject):
    """``shown``: another one is to be seen, or none. ``changed``: which there are, or how one stands.

    ``leaving``: this one is about to be closed. ``said``: one sentence for the person. ``foreign``:
    this file is another program's.
    """

    shown = Signal()
    changed = Signal()
    leaving = Signal(OpenFlow)
    said = Signal(str)
    foreign = Signal(Path)

    def __init__(
        self,
        files: Files,
        services: Services,
        theme: Theme,
        preferences: Preferences,
        recent: RecentFlows,
        recovery_folder: Path,
        home: QWidget,
    ) -> None:
        """``home`` is where their builders are to be seen."""
        super().__init__()
        self._files = files
        self._services = services
        self._theme = theme
        self._preferences = preferences
        self._recent = recent
        self._recovery_folder = recovery_folder
        self._home = home
        self._flows: list[OpenFlow] = []
        self.current: OpenFlow | None = None

    def all(self) -> tuple[OpenFlow, ...]:
        """In the order of their tabs."""
        return tuple(self._flows)

    def open(self, document: Document) -> None:
        """Show a flow, beside those that are open; a new one without a block gives way to it."""
        before = self.current
        opened = OpenFlow(
            document,
            self._services,
            self._theme,
            self._preferences,
            self._recovery_folder,
            self._home,
        )
        opened.publisher.changed.connect(self.changed)
        opened.publisher.said.connect(self.said)
        opened.elsewhere.changed.connect(self.changed)
        opened.elsewhere.taken_in.connect(lambda: self._say_taken_in(document))
        opened.builder.beside_changed.connect(self.changed)
        opened.builder.said.connect(self.said)
        document.state_changed.connect(self.changed)
        self._flows.append(opened)
        if document.path is not None:
            self._recent.add(document.path, document.flow.name)
        if before is not None and before.is_untouched:
            self._drop(before)
        self.show(opened)

    def open_new(self) -> None:
        self.open(files.new_flow())

    def open_sample(self, name: str) -> None:
        self.open(files.sample(name))

    def ask_and_open(self) -> None:
        if (path := self._files.ask_and_open()) is not None:
            self.open_path(path)

    def open_path(self, path: Path) -> None:
        """Show the flow of a file: the one that is open, or read it."""
        there = next((f for f in self._flows if f.is_of(path)), None)
        if there is not None:
            self.show(there)
        elif is_foreign(path):
            self.foreign.emit(path)
        elif (document := self._files.read(path)) is not None:
            self.open(document)

    def open_leftovers(self) -> None:
        """What a crash, or the end of the program, left without a file."""
        left = recovery.leftovers(self._recovery_folder)
        for flow, path in left:
            self.open(Document.recovered(flow, path))
        if left:
            self.said.emit(
                _("“{flow}” is back as you left it. It is not saved yet.", flow=left[-1][0].name)
            )

    def show(self, flow: OpenFlow) -> None:
        self.current = flow
        self.shown.emit()
        self.changed.emit()

    def step(self, by: int) -> None:
        """To the next tab, or the one before; round at the ends."""
        if self.current is not None:
            place = self._flows.index(self.current) + by
            self.show(self._flows[place % len(self._flows)])

    def move(self, start: int, end: int) -> None:
        """A tab has been moved to another place."""
        self._flows.insert(end, self._flows.pop(start))

    def save(self, *, elsewhere: bool = False) -> None:
        assert self.current is not None
        document = self.current.document
        if not elsewhere and self.current.elsewhere.is_overtaken:
            self.changed.emit()
        elif self._files.save(document, elsewhere=elsewhere):
            assert document.path is not None
            self._recent.add(document.path, document.flow.name)

    def publish(self, window: QWidget) -> None:
        """What has to be asked first is asked over the window."""
        if self.current is not None:
            self.current.publisher.publish(window)

    def toggle_practice(self) -> None:
        if self.current is not None:
            builder = self.current.builder
            builder.show_practice(not builder.shows_practice)

    def toggle_simulator(self) -> None:
        if self.current is not None:
            builder = self.current.builder
            builder.show_simulator(not builder.shows_simulator)

    def toggle_languages(self) -> None:
        if self.current is not None:
            builder = self.current.builder
            builder.show_languages(not builder.shows_languages)

    def close(self, flow: OpenFlow | None = None) -> None:
        """Close one, the current one by default, once what is not saved is settled."""
        flow = flow or self.current
        if flow is None or not self._files.may_leave(flow.document):
            return
        flow.recovery.forget()
        place = self._flows.index(flow)
        self._drop(flow)
        if flow is self.current:
            near = self._flows[min(place, len(self._flows) - 1) :]
            self.current = near[0] if near else None
            self.shown.emit()
        self.changed.emit()

    def close_all(self) -> None:
        """The program ends: what is not saved is kept aside."""
        for flow in self.all():
            flow.recovery.keep_now()
            self._drop(flow)
        self.current = None

    def rename_topic(self, id: str, name: str) -> None:
        """A topic is called otherwise now, in every flow that has it."""
        for document in (flow.document for flow in self._flows):
            if (topic := document.flow.topics.get(id)) is not None:
                document.do(SetTopic(id, replace(topic, name=name)), Words("Rename topic"))

    def files(self) -> list[Path]:
        """Those of the open flows that have one and are saved in it."""
        documents = (flow.document for flow in self._flows)
        return [d.path for d in documents if d.path is not None and d.is_saved]

    def _say_taken_in(self, document: Document) -> None:
        name = document.flow.name
        self.said.emit(_("“{flow}” has what was changed in its file elsewhere.", flow=name))

    def _drop(self, flow: OpenFlow) -> None:
        self._flows.remove(flow)
        self.leaving.emit(flow)
        flow.close()
