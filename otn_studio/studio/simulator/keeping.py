"""The small window in which a conversation that was played becomes a test of the flow."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from otn_studio.checks.conversations import beside
from otn_studio.checks.conversations.reading import path_beside
from otn_studio.studio.background import Background
from otn_studio.studio.problem_words import sentence
from otn_studio.studio.simulator.play import Play
from otn_studio.studio.widgets.dialog import SmallDialog
from otn_studio.studio.widgets.look import text
from otn_studio.studio.words import _

LONGEST = 100


class KeepWindow(SmallDialog):
    """Asks for a name. ``kept``: it stands in the file, of this name."""

    kept = Signal(str)

    def __init__(self, parent: QWidget, path: Path, play: Play, *, is_real: bool) -> None:
        super().__init__(parent, "keep_test", _("Save as a test"))
        self._path, self._what = path, play
        self._background = Background(self)
        file = path_beside(path).name
        explained = _("It is written into {file}, beside the flow.", file=file)
        self.column.addWidget(text(explained, "quiet", wraps=True))
        if is_real:
            warned = _("What is known of this person stands in it too.")
            self.column.addWidget(text(warned, "warning", wraps=True))
        self.column.addSpacing(12)
        label = text(_("What it shows"), "label")
        self._name = QLineEdit(maxLength=LONGEST)
        self._name.setObjectName("keep_test.name")
        self._name.setAccessibleName(_("What it shows"))
        self._name.setPlaceholderText(_("Whoever asks for a size is told when it is back"))
        label.setBuddy(self._name)
        self.column.addWidget(label)
        self.column.addWidget(self._name)
        self.add_problem("keep_test.problem")
        self.add_button("keep_test.cancel", _("Cancel")).clicked.connect(self.reject)
        self._keep = self.add_button("keep_test.keep", _("Save"), "primary", default=True)
        self._keep.clicked.connect(self._try)

    def _try(self) -> None:
        name = " ".join(self._name.text().split())
        if not name:
            self.complain(_("Say what it shows, so that people know when it fails."))
            return
        self._keep.setEnabled(False)
        play, path = self._what, self._path
        self._background.run(
            lambda: beside.keep(path, play.project, play.flow, name, play.given, play.deeds),
            lambda _nothing: self._done(name),
            self._failed,
        )

    def _done(self, name: str) -> None:
        self.kept.emit(name)
        self.accept()

    def _failed(self, problem: Exception) -> None:
        self._keep.setEnabled(True)
        self.complain(sentence(problem))
