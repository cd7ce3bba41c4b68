"""Exporting a flow: a small window while it is made, and what the other program has nothing for."""

import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from otn_studio.blocks.words import Words
from otn_studio.exchange import formats
from otn_studio.exchange.exporting import PICTURES, endings, exported
from otn_studio.exchange.report import Fate, Item
from otn_studio.flow import writing
from otn_studio.flow.document import Flow
from otn_studio.studio.background import Background
from otn_studio.studio.pages.importing.list import ImportList
from otn_studio.studio.pages.importing.rows import ImportRows
from otn_studio.studio.pictures.formats import PICTURES as PAINTERS
from otn_studio.studio.problem_words import sentence
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.dialog import SmallDialog
from otn_studio.studio.widgets.elided import Elided
from otn_studio.studio.words import _, shown

STEPS = 1_000
SLICE = 0.012
"""Seconds; painting has to be done where the windows live, and they must not wait longer."""
TITLES = {
    "json": Words("OTN Studio"),
    "png": Words("Picture"),
    "svg": Words("Picture, sharp at any size"),
    "pdf": Words("Page to print"),
    "mermaid": Words("Mermaid, for wikis"),
    "graphml": Words("GraphML, for programs about graphs"),
}


def ask_where(parent: QWidget, proposal: Path) -> tuple[Path, str] | None:
    """The file that the person chose, and the format."""
    programs = {format.name: format.title for format in formats.FORMATS}
    filters = {
        f"{shown(TITLES[name]) if name in TITLES else programs[name]} (*{ending})": name
        for name, ending in endings().items()
    }
    title = _("Export as")
    chosen, kind = QFileDialog.getSaveFileName(parent, title, str(proposal), ";;".join(filters))
    if not chosen:
        return None
    format, path = filters.get(kind, "json"), Path(chosen)
    return (path if path.suffix else path.with_name(path.name + endings()[format])), format


class ExportingWindow(SmallDialog):
    """Begins at once. ``done``: the file is written; what became of the flow in it.

    ``complained``: it did not work.
    """

    done = Signal(object)
    complained = Signal(str)

    def __init__(
        self, flow: Flow, format: str, file: Path, flows: Mapping[str, str], parent: QWidget
    ) -> None:
        super().__init__(parent, "exporting", _("Exporting “{flow}”", flow=flow.name))
        self._file = file
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Progress"))
        self.column.addWidget(Elided(file.name, "quiet", middle=True))
        self.column.addSpacing(8)
        self.column.addWidget(self._bar)
        self.add_button("cancel_exporting", _("Cancel")).clicked.connect(self.reject)
        self._background = Background(self)
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._paint)
        self._steps: Iterator[float] = iter(())
        if format in PICTURES:
            self._picture = PAINTERS[format](flow, flows)
            self._steps = self._picture.steps()
            self._slices.start()
        else:
            self._background.run(lambda: exported(flow, format, shown), self._write, self._fail)

    def reject(self) -> None:
        """What is not written yet is not written any more."""
        self._slices.stop()
        self._steps = iter(())
        super().reject()

    def _paint(self) -> None:
        until = time.monotonic() + SLICE
        try:
            for done in self._steps:
                self._bar.setRange(0, STEPS)
                self._bar.setValue(round(done * STEPS))
                if time.monotonic() > until:
                    return
        except Exception as error:
            self._fail(error)
            return
        self._slices.stop()
        self._background.run(self._picture.content, self._finish, self._fail)

    def _write(self, made) -> None:
        self._finish(made.content, made.items)

    def _finish(self, content: bytes, items: tuple[Item, ...] = ()) -> None:
        if self.isVisible():
            self._background.run(
                lambda: writing.replace(self._file, content),
                lambda _: self._tell(items),
                self._fail,
            )

    def _tell(self, items: tuple[Item, ...]) -> None:
        self.done.emit(items)
        self.accept()

    def _fail(self, error: Exception) -> None:
        self._slices.stop()
        if isinstance(error, OSError):
            words = _("The flow can’t be saved there: {problem}.", problem=error.strerror)
        else:
            words = sentence(error)
        self.complained.emit(words)
        super().reject()


class WhatIsDifferent(SmallDialog):
    """The parts of a flow that are not the same in the file of another program."""

    def __init__(self, flow: Flow, items: tuple[Item, ...], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, "export_report", _("What is different there"), width=640)
        rows = ImportRows()
        rows.setParent(self)
        different = [item for item in items if item.fate in (Fate.CHANGED, Fate.LOST)]
        rows.show(different, {"": flow.name})
        shown_list = ImportList(rows, theme)
        shown_list.setMinimumHeight(320)
        self.column.addWidget(shown_list)
        self.add_button("close_report", _("Close"), "primary", default=True).clicked.connect(
            self.accept
        )
