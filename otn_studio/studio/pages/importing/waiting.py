"""What is being done, how far it is, and the way out of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QVBoxLayout, QWidget

from otn_studio.studio.pages.importing.work import STEPS
from otn_studio.studio.widgets.look import text
from otn_studio.studio.words import _


class Waiting(QWidget):
    """``cancelled``: the person wants it no more."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = text("")
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._bar = QProgressBar()
        self._bar.setObjectName("import_progress")
        self._bar.setFixedWidth(320)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Progress"))
        self._cancel = QPushButton(_("Cancel"))
        self._cancel.setObjectName("cancel_import")
        self._cancel.clicked.connect(self.cancelled)
        column = QVBoxLayout(self)
        column.setSpacing(16)
        column.addStretch(2)
        for widget in (self._words, self._bar, self._cancel):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def begin(self, words: str) -> None:
        """Something begins, and nobody knows yet how far it is."""
        self._words.setText(words)
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)

    def stop(self) -> None:
        """It will end as soon as it can."""
        self._words.setText(_("Stopping…"))
        self._cancel.setEnabled(False)

    def show_done(self, steps: int) -> None:
        self._bar.setRange(0, STEPS)
        self._bar.setValue(steps)
