"""Writing people into a file, while a small window tells how far it is."""

from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from otn_studio.flow.audience import Audience
from otn_studio.studio.background import Background
from otn_studio.studio.pages.contacts import words
from otn_studio.studio.problem_words import sentence
from otn_studio.studio.services.people import Contacts
from otn_studio.studio.widgets.dialog import SmallDialog
from otn_studio.studio.widgets.elided import Elided
from otn_studio.studio.words import _

STEPS = 1_000


class _Cancelled(Exception):
    """The person wants the file no more."""


class _Progress(QObject):
    """Brings how far it is from the thread that writes."""

    came = Signal(int)


class ExportWindow(SmallDialog):
    """Begins at once. ``said`` hears what came of it, ``complained`` what did not work."""

    said = Signal(str)
    complained = Signal(str)

    def __init__(self, contacts: Contacts, audience: Audience, file: Path, parent: QWidget) -> None:
        super().__init__(parent, "export_window", _("Exporting people"))
        self._file = file
        self._cancelled = False
        self._bar = QProgressBar()
        self._bar.setObjectName("export_progress")
        self._bar.setRange(0, STEPS)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Progress"))
        self.column.addWidget(Elided(file.name, "quiet", middle=True))
        self.column.addSpacing(8)
        self.column.addWidget(self._bar)
        cancel = self.add_button("cancel_export", _("Cancel"))
        cancel.clicked.connect(self.reject)
        progress = _Progress()
        progress.came.connect(self._bar.setValue, Qt.ConnectionType.QueuedConnection)

        def step(done: float) -> None:
            if self._cancelled:
                raise _Cancelled
            progress.came.emit(round(done * STEPS))

        Background(self).run(
            lambda: contacts.export(audience, file, step), self._done, self._failed
        )

    def reject(self) -> None:
        self._cancelled = True
        super().reject()

    def _done(self, count: int) -> None:
        people = words.people(count)
        self.said.emit(_("{people} in {file}.", people=people, file=self._file.name))
        self.accept()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, _Cancelled):
            self.complained.emit(sentence(error))
        super().reject()


def ask_where(parent: QWidget) -> Path | None:
    """The file that the person chose."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    proposal = Path(QStandardPaths.writableLocation(place)) / _("people.csv")
    kinds = {_("Table (*.csv)"): ".csv", _("Document (*.json)"): ".json"}
    chosen, kind = QFileDialog.getSaveFileName(
        parent, _("Export people"), str(proposal), ";;".join(kinds)
    )
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix else path.with_suffix(kinds.get(kind, ".csv"))
