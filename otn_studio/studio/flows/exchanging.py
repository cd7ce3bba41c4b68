"""What comes from other programs and goes to them: the import page, files that are dropped, exports."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from otn_studio.blocks.words import Words
from otn_studio.exchange.report import Fate, Item
from otn_studio.studio.document.files import say
from otn_studio.studio.flows.open_flows import OpenFlows
from otn_studio.studio.later import Later
from otn_studio.studio.preferences.kept import Preferences
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _, shown

if TYPE_CHECKING:
    from otn_studio.studio.pages.importing.page import ImportPage

FLOWS, IMPORT = "flows", "import"


class Exchanging(QObject):
    """``wanted``: the page of this name is to be shown. ``said``: one sentence for the person."""

    wanted = Signal(str)
    said = Signal(str)

    def __init__(
        self, window: QWidget, flows: OpenFlows, preferences: Preferences, theme: Theme
    ) -> None:
        super().__init__(window)
        self._window = window
        self._flows = flows
        self._preferences = preferences
        self._theme = theme
        self._page = Later(self._made_page)
        flows.foreign.connect(self.look_into)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    @property
    def pages(self) -> dict[str, QWidget]:
        """By their names."""
        return {IMPORT: self._page}

    def ask_and_import(self) -> None:
        """Let the person choose a file of another program."""
        words = _("Files of other programs"), _("All files")
        kinds = f"{words[0]} (*.json *.bot *.tgz *.gz *.zip);;{words[1]} (*)"
        chosen, _kind = QFileDialog.getOpenFileName(
            self._window, _("Import"), str(self._preferences.folder), kinds
        )
        if chosen:
            self.look_into(Path(chosen))

    def look_into(self, file: Path) -> None:
        """Show what would become of a file."""
        self.wanted.emit(IMPORT)
        self._page.made.show_file(file, self._folder())

    def export(self) -> None:
        """Write the flow that is shown in another format."""
        from otn_studio.studio.pages.exporting import ExportingWindow, ask_where

        if self._flows.current is None:
            return
        document = self._flows.current.document
        flow = document.flow
        proposal = (document.path or self._folder() / flow.id).with_suffix("")
        if (chosen := ask_where(self._window, proposal)) is None:
            return
        file, format = chosen
        names = {one.document.flow.id: one.document.flow.name for one in self._flows.all()}
        exporting = ExportingWindow(flow, format, file, names, self._window)
        exporting.done.connect(lambda items: self._exported(flow, file, items))
        exporting.complained.connect(
            lambda words: say(self._window, _("This flow is not exported"), words)
        )
        exporting.open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Files that are dropped where nothing else takes them."""
        if event.type() is QEvent.Type.DragEnter and _files(event.mimeData()):
            event.acceptProposedAction()
            return True
        if event.type() is QEvent.Type.Drop and (files := _files(event.mimeData())):
            event.acceptProposedAction()
            for file in files:
                self._flows.open_path(file)
            return True
        return False

    def _made_page(self) -> "ImportPage":
        from otn_studio.studio.pages.importing.page import ImportPage

        page = ImportPage(self._theme)
        page.left.connect(lambda: self.wanted.emit(FLOWS))
        page.another.connect(self.ask_and_import)
        page.imported.connect(self._open)
        return page

    def _folder(self) -> Path:
        """The project's: where the flow lies that is shown, or where flows are put first."""
        current = self._flows.current
        path = current and current.document.path
        return path.parent if path else self._preferences.folder

    def _open(self, files: list[Path]) -> None:
        self.wanted.emit(FLOWS)
        self._flows.open_path(files[0])
        count = Words("{n} flow is imported.", plural="{n} flows are imported.", n=len(files))
        self.said.emit(shown(count))

    def _exported(self, flow, file: Path, items: tuple[Item, ...]) -> None:
        from otn_studio.studio.pages.exporting import WhatIsDifferent

        if any(item.fate in (Fate.CHANGED, Fate.LOST) for item in items):
            WhatIsDifferent(flow, items, self._theme, self._window).open()
        self.said.emit(_("{file} is written.", file=file.name))


def _files(data: QMimeData) -> list[Path]:
    urls = (url for url in data.urls() if url.isLocalFile())
    return [path for url in urls if (path := Path(url.toLocalFile())).is_file()]
