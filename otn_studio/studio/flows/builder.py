"""The flow builder: canvas in the middle, panel and phone at the right, problems below."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from otn_studio.blocks.finding import Finding
from otn_studio.blocks.story import Story
from otn_studio.studio.canvas.canvas import Canvas
from otn_studio.studio.document.checker import Checker
from otn_studio.studio.document.document import Document
from otn_studio.studio.document.other_flows import OtherFlows
from otn_studio.studio.document.selection import Selection
from otn_studio.studio.flows.figures_on_canvas import FiguresOnCanvas
from otn_studio.studio.later import Later
from otn_studio.studio.panel.panel import Panel
from otn_studio.studio.phone.preview import Preview
from otn_studio.studio.problems.problems import Problems
from otn_studio.studio.services.services import Services
from otn_studio.studio.story.theatre import Theatre
from otn_studio.studio.theme import sides
from otn_studio.studio.theme.theme import Theme

if TYPE_CHECKING:
    from otn_studio.studio.languages.view import LanguagesView
    from otn_studio.studio.practice.chat import PracticeChat
    from otn_studio.studio.simulator.view import SimulatorView
    from otn_studio.studio.story.view import StoryView

SIDE_WIDTH, SIMULATOR_WIDTH = 344, 620
MIDDLE_AT_LEAST = 320
PANEL_SHARE, PHONE_SHARE = 6, 5
PANEL, PRACTICE, STORY, SIMULATOR = range(4)


class Builder(QWidget):
    """One open flow. ``beside_changed``: something else stands beside the canvas now. ``said``: one
    sentence for the person.

    It is built where it is to be seen, from the outside in: Qt works out the style of whatever comes to
    another place once more, with all that is in it.
    """

    beside_changed = Signal()
    said = Signal(str)

    def __init__(
        self,
        document: Document,
        services: Services,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services, self._theme = services, theme
        self.document = document
        document.setParent(self)
        self.selection = Selection()
        self.selection.setParent(self)
        self.checker = Checker(document, OtherFlows(document, services.publishing))
        document.changed.connect(self._let_go_of_what_is_gone)
        self._lay_out()
        self.canvas = Canvas(document, self.selection, self.checker, theme)
        self._middle.addWidget(self.canvas)
        self.figures = FiguresOnCanvas(self, document, self.canvas, services.insights)
        self.panel = Panel(
            document, self.selection, self.checker, theme, services.topics, services.secrets
        )
        self.preview = Preview(
            document, self.selection, theme, services.page_name, services.contacts
        )
        self._chat = Later(self._made_chat)
        self._story = Later(self._made_story)
        self._simulator = Later(self._made_simulator)
        self._languages = Later(self._made_languages)
        self._middle.addWidget(self._languages)
        self._put_beside(self._chat, self._story, self._simulator)
        self.selection.shown.connect(lambda _block: self.show_languages(False))
        self.selection.translation_wanted.connect(self._show_translation)
        self.problems = Problems(document, self.selection, self.checker, theme, self.canvas.placed)
        self.layout().addWidget(self.problems)
        self.canvas.edit_requested.connect(lambda block: self.panel.setFocus())
        self.panel.duplicate_requested.connect(self.canvas.editing.duplicate)
        self.panel.delete_requested.connect(self.canvas.editing.delete)
        self.panel.frame_written.connect(self._write_on_frame)
        self.panel.frames_colored.connect(self.canvas.framing.color)
        self.theatre = Theatre(
            self, document, self.selection, self.checker, self.canvas, self._story
        )
        self.theatre.opened.connect(self._show_story)
        self.theatre.closed.connect(self._leave_story)

    @property
    def simulator(self) -> "SimulatorView":
        return self._simulator.made

    @property
    def chat(self) -> "PracticeChat":
        return self._chat.made

    @property
    def story(self) -> "StoryView":
        return self._story.made

    def show_practice(self, wanted: bool) -> None:
        """The practice chat instead of panel and preview, or back."""
        self.theatre.close()
        self._show_beside(PRACTICE if wanted else PANEL)
        (self.chat if wanted else self.canvas.view).setFocus()

    def show_simulator(self, wanted: bool) -> None:
        """The simulator instead of panel and preview, or back."""
        self.theatre.close()
        self._show_beside(SIMULATOR if wanted else PANEL)
        (self._simulator if wanted else self.canvas.view).setFocus()

    def _try(self, story: Story) -> None:
        self.show_simulator(True)
        self.simulator.retell(story)

    def show_languages(self, wanted: bool) -> None:
        """The table to translate in instead of the canvas, or back."""
        self._middle.setCurrentWidget(self._languages if wanted else self.canvas)
        if not wanted:
            self.canvas.view.setFocus()

    def _show_translation(self, finding: Finding) -> None:
        self.show_languages(True)
        self._languages.made.go_to(finding)

    @property
    def shows_languages(self) -> bool:
        return self._middle.currentWidget() is self._languages

    def refresh(self) -> None:
        """What is beside the flow, its Page's topics and other flows, may have changed elsewhere."""
        self.panel.refresh_topics()
        self.checker.others.refresh()
        self.figures.refresh()

    @property
    def shows_practice(self) -> bool:
        return self._side.currentIndex() == PRACTICE

    @property
    def shows_simulator(self) -> bool:
        return self._side.currentIndex() == SIMULATOR

    def _show_beside(self, number: int) -> None:
        self._side.setFixedWidth(SIMULATOR_WIDTH if number == SIMULATOR else SIDE_WIDTH)
        self._side.setCurrentIndex(number)
        self.beside_changed.emit()

    def _show_story(self) -> None:
        self._show_beside(STORY)
        self.story.setFocus()

    def _leave_story(self) -> None:
        self._show_beside(PANEL)
        self.canvas.view.setFocus()

    def _write_on_frame(self, id: str, text: str) -> None:
        self.canvas.framing.write(id, text, merge=f"words of {id}")

    def _made_chat(self) -> "PracticeChat":
        from otn_studio.studio.practice.chat import PracticeChat

        return PracticeChat(self._services.practice, self._theme, self._services.page_name)

    def _made_story(self) -> "StoryView":
        from otn_studio.studio.story.view import StoryView

        story = StoryView(self._theme, self._services.page_name)
        story.left.connect(self.theatre.close)
        story.moved.connect(self.theatre.light)
        story.tried.connect(self._try)
        return story

    def _made_simulator(self) -> "SimulatorView":
        from otn_studio.studio.simulator.view import SimulatorView

        simulator = SimulatorView(
            self.document,
            self.selection,
            self.checker.others,
            self.canvas,
            self._services,
            self._theme,
        )
        simulator.left.connect(lambda: self.show_simulator(False))
        simulator.said.connect(self.said)
        return simulator

    def _made_languages(self) -> "LanguagesView":
        from otn_studio.studio.languages.view import LanguagesView

        languages = LanguagesView(self.document, self.selection, self._theme)
        languages.left.connect(lambda: self.show_languages(False))
        languages.language_changed.connect(self.preview.show_language)
        return languages

    def _put_beside(self, chat: Later, story: Later, simulator: Later) -> None:
        splitter = QSplitter(Qt.Orientation.Vertical)
        self._side.addWidget(splitter)
        for later in (chat, story, simulator):
            self._side.addWidget(_parted(later))
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        splitter.addWidget(self.panel)
        splitter.addWidget(phone := _framed(self.preview))
        self.preview.wanted.connect(phone.setVisible)
        splitter.setStretchFactor(0, PANEL_SHARE)
        splitter.setStretchFactor(1, PHONE_SHARE)
        splitter.setSizes([100 * PANEL_SHARE, 100 * PHONE_SHARE])

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        upper = QHBoxLayout()
        upper.setSpacing(0)
        layout.addLayout(upper, 1)
        self._middle = QStackedWidget()
        self._middle.setMinimumWidth(MIDDLE_AT_LEAST)
        upper.addWidget(self._middle, 1)
        self._side = _Side()
        self._side.setFixedWidth(SIDE_WIDTH)
        upper.addWidget(self._side)

    def _let_go_of_what_is_gone(self) -> None:
        flow = self.document.flow
        self.selection.keep_only(flow.blocks, flow.frames)


class _Side(QStackedWidget):
    """Takes the height that is left: a phone would like more, at the cost of the problems below."""

    def hasHeightForWidth(self) -> bool:
        return False


def _framed(inside: QWidget) -> QFrame:
    frame = QFrame()
    QVBoxLayout(frame).addWidget(inside)
    return _parted(frame)


def _parted(frame: QFrame) -> QFrame:
    """With the hairline that parts it from the canvas."""
    frame.setProperty("look", "panel")
    frame.layout().setContentsMargins(sides.margins(1, 0, 0, 0))
    return frame
