"""The side panel: a form for what is selected, and what is wrong with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from otn_studio.flow.document import Flow
from otn_studio.studio.document.checker import Checker
from otn_studio.studio.document.document import Document
from otn_studio.studio.document.selection import Selection
from otn_studio.studio.panel.emoji.insert import RecentEmoji
from otn_studio.studio.panel.flow_view import FlowView
from otn_studio.studio.panel.paths import at, opened
from otn_studio.studio.panel.place import Tools
from otn_studio.studio.panel.shelf import Shelf
from otn_studio.studio.panel.turns import Turns
from otn_studio.studio.panel.view import View
from otn_studio.studio.secrets.known import KnownSecrets
from otn_studio.studio.secrets.store import Secrets
from otn_studio.studio.services.services import Topics
from otn_studio.studio.theme import sides
from otn_studio.studio.theme.theme import Theme

WIDTH = 344


class Panel(QFrame):
    """Shows one view, wholly decided by the selection: which blocks, and which field in a block.

    A view is built anew when something else is to be shown; every other change is shown in place.
    """

    duplicate_requested = Signal()
    delete_requested = Signal()
    frame_written = Signal(str, str)
    frames_colored = Signal(str)

    def __init__(
        self,
        document: Document,
        selection: Selection,
        checker: Checker,
        theme: Theme,
        topics: Topics,
        secrets: Secrets,
    ) -> None:
        super().__init__()
        self._document, self._selection, self._checker = document, selection, checker
        self._shelf = Shelf(document, topics, self)
        known = checker.others, KnownSecrets(secrets, self), RecentEmoji(document)
        self._turns = Turns(self)
        self._tools = Tools(document, selection, theme, self._shelf, *known, self._turns)
        self._shown: tuple[object, ...] = ()
        self._flow: Flow | None = None
        self._view: View | None = None
        self.setObjectName("panel")
        self.setProperty("look", "panel")
        self.setFixedWidth(WIDTH)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(sides.margins(1, 0, 0, 0))
        document.changed.connect(self._show)
        selection.changed.connect(self._follow)
        checker.changed.connect(self._show_findings)
        self._turns.rested.connect(self._follow_parts)
        self._show()

    @property
    def view(self) -> View | None:
        """What is shown now."""
        return self._view

    def refresh_topics(self) -> None:
        """Ask the Page for its topics again; they may have been changed elsewhere."""
        self._shelf.refresh()

    def focusInEvent(self, event) -> None:
        """Whoever goes to the panel wants to write."""
        self._view.take_focus(self._selection.field)

    def keyPressEvent(self, event) -> None:
        only = self._selection.only
        if event.key() == Qt.Key.Key_Escape and only and getattr(self._view, "opened", ""):
            self._selection.select([only])
        else:
            super().keyPressEvent(event)

    def _follow(self) -> None:
        """Something else is selected, perhaps only another field."""
        self._show()
        if self._selection.field and self._selection.only:
            self._view.take_focus(self._selection.field)

    def _show(self) -> None:
        wanted, before, self._flow = self._wanted(), self._flow, self._document.flow
        if wanted == self._shown and before is self._flow:
            return
        focus = self._focus_within()
        name = focus.objectName() if focus is not None else ""
        self._turns.begin()
        if wanted != self._shown:
            self._replace(wanted, focus)
        else:
            self._view.refresh()
            if focus is not QApplication.focusWidget():
                self._give_back_focus(name)
        self._follow_parts()

    def _focus_within(self) -> QWidget | None:
        focus = QApplication.focusWidget()
        return focus if focus is not None and self.isAncestorOf(focus) else None

    def _wanted(self) -> tuple[object, ...]:
        """What is to be shown; equal as long as the same view can show it."""
        flow = self._document.flow
        ids = [id for id in self._selection.blocks if id in flow.blocks]
        frames = sorted(self._selection.frames & flow.frames.keys())
        if not ids:
            return ("frames", *frames) if frames else ("flow",)
        if len(ids) > 1:
            return ("several", len(ids))
        block = flow.blocks[ids[0]]
        path = opened(block, self._selection.field)
        part = at(block, path)
        return ("block", ids[0], path, type(part), getattr(part, "id", ""))

    def _replace(self, wanted: tuple[object, ...], focus: QWidget | None) -> None:
        before, was = self._view, self._shown
        self._shown = wanted
        self._turns.forget()
        if focus is not None:
            focus.clearFocus()
        self._view = self._made(wanted)
        self._column.addWidget(self._view)
        self._view.show()
        if before is not None:
            self._take_off(before)
        if focus is not None:
            left = getattr(before, "opened", "") if was[:2] == wanted[:2] else ""
            self._view.take_focus(self._selection.field or left)

    def _made(self, wanted: tuple[object, ...]) -> View:
        match wanted:
            case ("block", id, path, *_):
                from otn_studio.studio.panel.block_view import BlockView

                return BlockView(self._tools, id, self._document.flow.blocks[id], path, self)
            case ("several", count):
                from otn_studio.studio.panel.several_view import SeveralView

                view = SeveralView(self._tools.theme, count, self)
                view.duplicate_requested.connect(self.duplicate_requested)
                view.delete_requested.connect(self.delete_requested)
                return view
            case ("frames", *ids):
                from otn_studio.studio.panel.frame_view import FrameView

                view = FrameView(self._tools, ids, self)
                view.written.connect(self.frame_written)
                view.colored.connect(self.frames_colored)
                view.delete_requested.connect(self.delete_requested)
                return view
        return FlowView(self._tools, self)

    def _take_off(self, view: View) -> None:
        """For good. It stays within the panel until it ends: to take a whole form out of a window takes
        as long as to build it.
        """
        view.hide()
        self._column.removeWidget(view)
        view.deleteLater()

    def _follow_parts(self) -> None:
        """What the view has is there now, or all that there was time for."""
        self._view.order_tab_stops()
        self._show_findings()

    def _show_findings(self) -> None:
        self._view.show_findings(self._checker.findings)

    def _give_back_focus(self, name: str) -> None:
        """Its input was built anew, with the structure around it."""
        self._view.reach(name.partition(" ")[0])
        again = self._view.findChild(QWidget, name) if name else None
        if again is not None:
            again.setFocus()
