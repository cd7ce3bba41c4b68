"""The simulator beside the canvas: the conversation, and the tests that came of conversations."""

from functools import cached_property

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from otn_studio.blocks.story import Story
from otn_studio.checks.conversations.playing import Result
from otn_studio.checks.conversations.script import Bot, Conversation, Deed, Facts
from otn_studio.studio.canvas.canvas import Canvas
from otn_studio.studio.document.document import Document
from otn_studio.studio.document.other_flows import OtherFlows
from otn_studio.studio.document.selection import Selection
from otn_studio.studio.services.services import Services
from otn_studio.studio.simulator.conversation import ConversationView
from otn_studio.studio.simulator.keeping import KeepWindow
from otn_studio.studio.simulator.model import Simulation
from otn_studio.studio.simulator.run import SAVE_FIRST, TestRun
from otn_studio.studio.simulator.tests import TestsView
from otn_studio.studio.theme import sides
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.controls import IconButton
from otn_studio.studio.widgets.segments import Segments
from otn_studio.studio.words import _, shown

TALK, TESTS = range(2)


class SimulatorView(QWidget):
    """``left``: the person has tried enough. ``said``: something to know, in one sentence.

    While it is seen, the canvas lights up where the conversation is, or what the tests pass.
    """

    left = Signal()
    said = Signal(str)

    def __init__(
        self,
        document: Document,
        selection: Selection,
        others: OtherFlows,
        canvas: Canvas,
        services: Services,
        theme: Theme,
    ) -> None:
        super().__init__()
        self._document, self._canvas, self._theme = document, canvas, theme
        self.simulation = Simulation(document, others, services.page_values)
        self.run = TestRun(document, others)
        self._talk = lambda: ConversationView(self.simulation, document, selection, services, theme)
        self._segments = Segments("simulator", (_("Conversation"), _("Tests")))
        self._segments.chosen.connect(self._choose)
        self._stack = QStackedWidget()
        self._lay_out()
        self.simulation.changed.connect(self._light)
        document.changed.connect(self._follow)
        self.run.changed.connect(self._light)

    @cached_property
    def talk(self) -> ConversationView:
        """The conversation, made when it is first seen."""
        made = self._talk()
        made.keep_wanted.connect(self._keep)
        self._stack.insertWidget(TALK, made)
        self.setFocusProxy(made)
        return made

    @cached_property
    def tests(self) -> TestsView:
        """The tests, likewise."""
        made = TestsView(self._document, self.run, self._theme)
        made.light_wanted.connect(lambda _wanted: self._light())
        made.play_wanted.connect(self._play)
        self._stack.addWidget(made)
        return made

    def showEvent(self, event) -> None:
        super().showEvent(event)
        self._choose(self._segments.number)
        self.simulation.refresh()
        self._light()

    def hideEvent(self, event) -> None:
        super().hideEvent(event)
        self._canvas.scene.put_out()
        self._canvas.scene.show_stops(())

    def retell(self, story: Story) -> None:
        """Go through the story of a finding, and on from wherever one likes."""
        self._choose(TALK)
        self.talk.who.show_other(_("The person of the story"))
        self.simulation.retell(story)

    def show_tests(self) -> None:
        """Those that have run, the first that failed among them."""
        self._choose(TESTS)
        self.tests.choose_failed()

    def _lay_out(self) -> None:
        leave = IconButton(self._theme, "x", _("Leave the simulator"))
        leave.setObjectName("simulator.leave")
        leave.clicked.connect(self.left)
        head = QHBoxLayout()
        head.addWidget(self._segments)
        head.addStretch(1)
        head.addWidget(leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(sides.margins(16, 12, 16, 16))
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._stack, 1)

    def _choose(self, number: int) -> None:
        self._segments.choose(number)
        self._stack.setCurrentWidget((self.talk, self.tests)[number])
        self._light()

    def _follow(self) -> None:
        """What is drawn meanwhile holds at once; nothing that is gone stays lit."""
        if self.isVisible():
            self._light()
            self.simulation.refresh()

    def _light(self) -> None:
        if not self.isVisible():
            return
        id = self._document.flow.id
        self._canvas.scene.show_stops([at for flow, at in self.simulation.stops if flow == id])
        if self._segments.number == TESTS:
            if not self.run.is_running:
                self._light_passed()
        else:
            self._light_beat()

    def _light_beat(self) -> None:
        """The way so far, and the block where the conversation is."""
        id, beats = self._document.flow.id, self.simulation.shown
        visits = [b.visit for b in beats if b.visit is not None and b.visit.flow == id]
        if not visits:
            self._canvas.scene.put_out()
            return
        there = {visit.block for visit in visits}
        ways = {
            (visit.block, visit.left_by)
            for visit in visits
            if self._document.flow.leads_to(visit.block, visit.left_by) in there
        }
        last = beats[-1].visit
        refused = last is not None and last.refusal is not None
        self._canvas.light(ways, visits[-1].block, "danger" if refused else "accent")

    def _light_passed(self) -> None:
        passed = self.run.passed.of(self._document.flow)
        if not self.tests.shows_on_canvas or not passed.blocks:
            self._canvas.scene.put_out()
            return
        blocks = [id for _flow, id in passed.blocks]
        self._canvas.light([way[1:] for way in passed.ways], "", "accent", blocks)

    def _play(self, result: Result) -> None:
        """Go through a test in the conversation, up to where it failed."""
        conversation = result.conversation
        last = result.failure.line if result.failure else None
        self._choose(TALK)
        self.talk.who.show_other(_("The person of the test"))
        self.simulation.begin_with(conversation.given, _deeds(conversation, last))

    def _keep(self) -> None:
        if self._document.path is None:
            self.said.emit(shown(SAVE_FIRST))
        elif self.simulation.play is not None:
            real = self.simulation.persona.is_real
            window = KeepWindow(self, self._document.path, self.simulation.play, is_real=real)
            window.kept.connect(self._kept)
            window.open()

    def _kept(self, name: str) -> None:
        self.said.emit(_("“{name}” is a test now.", name=name))
        self.run.start()


def _deeds(conversation: Conversation, last: int | None) -> list[Deed]:
    """What happens in it, up to a line."""
    return [
        step
        for step in conversation.steps
        if not isinstance(step, Bot | Facts) and (last is None or step.line <= last)
    ]
