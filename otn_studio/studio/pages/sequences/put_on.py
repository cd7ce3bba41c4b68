"""The small window that asks whom to put on a sequence."""

from PySide6.QtWidgets import QWidget

from otn_studio.studio.background import Background
from otn_studio.studio.problem_words import sentence
from otn_studio.studio.services.sequencing import Choices, SequenceRow, Sequences
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.controls import CalmCombo
from otn_studio.studio.widgets.dialog import SmallDialog
from otn_studio.studio.widgets.look import text
from otn_studio.studio.words import _


class PutOnWindow(SmallDialog):
    """Everybody, or the people of a segment."""

    def __init__(
        self, sequences: Sequences, theme: Theme, row: SequenceRow, parent: QWidget
    ) -> None:
        super().__init__(parent, "put_on_window", _("Put people on “{name}”", name=row.name))
        self._sequences, self._row = sequences, row
        self._background = Background(self)
        self._whom = CalmCombo(theme)
        self._whom.setObjectName("put_on_whom")
        self._whom.setAccessibleName(_("Who"))
        self._whom.addItem(_("Everybody"), None)
        self.column.addWidget(text(_("Whoever is on it already stays where they are."), "quiet"))
        self.column.addSpacing(12)
        self.column.addWidget(text(_("Who"), "label"))
        self.column.addWidget(self._whom)
        self.add_problem("put_on_problem")
        self.add_button("put_on_cancel", _("Cancel")).clicked.connect(self.reject)
        self._put = self.add_button("put_on", _("Put on"), "primary", default=True)
        self._put.clicked.connect(self._try)
        self._background.run(sequences.choices, self._offer, self._failed)

    def _offer(self, choices: Choices) -> None:
        for id, name in choices.segments:
            self._whom.addItem(name, id)

    def _try(self) -> None:
        self._put.setEnabled(False)
        segment = self._whom.currentData()
        self._background.run(
            lambda: self._sequences.put_on(self._row.id, segment),
            lambda _count: self.accept(),
            self._failed,
        )

    def _failed(self, error: Exception) -> None:
        self._put.setEnabled(True)
        self.complain(sentence(error))
