"""Shows a finding's story: the way on the canvas, the beats on the phone, until it is left."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from otn_studio.blocks.finding import Finding
from otn_studio.blocks.story import Story
from otn_studio.flow.project import Project
from otn_studio.studio.background import Background
from otn_studio.studio.canvas.canvas import Canvas
from otn_studio.studio.document.checker import Checker
from otn_studio.studio.document.document import Document
from otn_studio.studio.document.selection import Selection
from otn_studio.studio.later import Later
from otn_studio.studio.panel.fields import fields_of
from otn_studio.studio.story.person import of_whom

if TYPE_CHECKING:
    from otn_studio.studio.story.telling import Told
    from otn_studio.studio.story.view import StoryView


class Theatre(QObject):
    """``opened`` and ``closed``: the story is to be seen now, and no longer.

    It is closed by Esc, and by everything that the person does with the flow meanwhile.
    """

    opened = Signal()
    closed = Signal()

    def __init__(
        self,
        stage: QWidget,
        document: Document,
        selection: Selection,
        checker: Checker,
        canvas: Canvas,
        view: "Later[StoryView]",
    ) -> None:
        super().__init__(stage)
        self._document, self._selection, self._checker = document, selection, checker
        self._canvas, self._view = canvas, view
        self._background = Background(self)
        self._is_open = False
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), stage)
        self._escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._escape.setEnabled(False)
        self._escape.activated.connect(self.close)
        selection.story_wanted.connect(self._prepare)
        selection.changed.connect(self.close)
        document.changed.connect(self.close)

    def close(self) -> None:
        """Back to how it was."""
        if self._is_open:
            self._is_open = False
            self._escape.setEnabled(False)
            self._canvas.scene.put_out()
            self.closed.emit()

    def _prepare(self, finding: Finding) -> None:
        """Play it elsewhere, then show it; one that can't be played any more only leads there."""
        project = self._checker.others.project()
        self._background.run(
            lambda: _told(project, finding.story),
            lambda told: self._open(finding, told),
            lambda error: self._selection.show(finding.block, finding.field),
        )

    def _open(self, finding: Finding, told: "Told") -> None:
        if not told.beats or finding not in self._checker.findings:
            return
        self._selection.show(finding.block)
        self._is_open = True
        self._escape.setEnabled(True)
        person = of_whom(finding.story.person, fields_of(self._document.flow))
        self._view.made.begin(finding, told, person)
        self.opened.emit()
        self.light()

    def light(self) -> None:
        """The whole way, and the block that the beat is about."""
        id, beat = self._document.flow.id, self._view.made.beat
        ways = {(block, port) for flow, block, port in self._view.made.told.ways if flow == id}
        at = beat.block if beat.flow == id else ""
        self._canvas.light(ways, at, "danger" if beat.refusal else "accent")


def _told(project: Project, story: Story) -> "Told":
    from otn_studio.studio.story.telling import tell  # with the interpreter, which plays it

    return tell(project, story)
