"""What happened and why, as a list: pressing a row goes back to that beat."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem

from otn_studio.studio.simulator.reason_rows import REASON, ReasonRows
from otn_studio.studio.simulator.reasons import Reason
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _


class Happened(QListWidget):
    """``chosen``: somebody wants to see a beat. What comes after the current one is not told yet."""

    chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._reasons: tuple[Reason, ...] = ()
        self.setObjectName("simulator.happened")
        self.setAccessibleName(_("What happened, and why"))
        self.setProperty("look", "bare")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(ReasonRows(self, theme))
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setSpacing(1)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.itemPressed.connect(lambda item: self.chosen.emit(self.row(item)))
        self.currentRowChanged.connect(self._choose)
        theme.changed.connect(self.viewport().update)

    def show_reasons(self, reasons: Sequence[Reason], beat: int) -> None:
        if tuple(reasons) != self._reasons:
            self._reasons = tuple(reasons)
            self._fill()
        if self.currentRow() != beat:
            was = self.blockSignals(True)
            self.setCurrentRow(beat)
            self.blockSignals(was)
        if 0 <= beat < self.count():
            self.scrollToItem(self.item(beat))

    def _choose(self, row: int) -> None:
        if self.hasFocus() and row >= 0:
            self.chosen.emit(row)

    def _fill(self) -> None:
        was = self.blockSignals(True)
        self.clear()
        for reason in self._reasons:
            item = QListWidgetItem(f"{reason.what}\n{reason.why}" if reason.why else reason.what)
            item.setData(REASON, reason)
            self.addItem(item)
        self.blockSignals(was)
