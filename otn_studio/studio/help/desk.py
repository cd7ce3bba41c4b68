"""Opens the help: about what one is looking at, or wherever somebody asks for it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QWhatsThisClickedEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from shiboken6 import isValid

from otn_studio.studio.flows.open_flows import OpenFlows
from otn_studio.studio.help import places
from otn_studio.studio.theme.theme import Theme

if TYPE_CHECKING:
    from otn_studio.studio.help.window import HelpWindow


class HelpDesk(QObject):
    """Has one window at a time, from when it is first asked for."""

    def __init__(self, window: QMainWindow, flows: OpenFlows, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._flows = flows
        self._theme = theme
        self._page = ""
        self._help: HelpWindow | None = None
        window.installEventFilter(self)

    def tell(self, page: str) -> None:
        """The page of the window that is shown now."""
        self._page = page

    def open_here(self) -> None:
        """About the block that is selected, or the page that is shown."""
        self.open_at(places.PAGES.get(self._page) or self._of_selected() or places.FIRST)

    def open_at(self, place: str) -> None:
        """At a page, or a part of one. Beside a dialog that waits it belongs to that, to be pressed."""
        beside = QApplication.activeModalWidget() or self._window
        if self._help is not None and not isValid(self._help):
            self._help = None
        if self._help is not None and self._help.parentWidget() is not beside:
            self._help.deleteLater()
            self._help = None
        if self._help is None:
            self._help = self._made(beside)
        self._help.open_at(place)

    def _made(self, beside: QWidget) -> "HelpWindow":
        from otn_studio.studio.help.window import HelpWindow

        made = HelpWindow(beside, self._theme)
        made.sample_wanted.connect(self._flows.open_sample)
        return made

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody in the window asks for a page."""
        if isinstance(event, QWhatsThisClickedEvent):
            self.open_at(event.href())
            return True
        return super().eventFilter(watched, event)

    def _of_selected(self) -> str:
        current = self._flows.current
        only = current and current.builder.selection.only
        if current is None or only is None:
            return ""
        from otn_studio.studio.help import blocks

        return blocks.file_of(type(current.document.flow.blocks[only]))
