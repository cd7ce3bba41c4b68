"""The small window of + New Sequence: a name, a topic and the messages, one below the other."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from otn_studio.flow.sequence import sequence
from otn_studio.studio.background import Background
from otn_studio.studio.pages.sequences.step_row import StepRow
from otn_studio.studio.problem_words import sentence
from otn_studio.studio.services.sequencing import Choices, Sequences
from otn_studio.studio.theme import sides
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.controls import CalmCombo
from otn_studio.studio.widgets.dialog import SmallDialog
from otn_studio.studio.widgets.look import look, mark, text
from otn_studio.studio.words import _

WIDTH, ROWS_HEIGHT = 560, 300


class NewSequenceWindow(SmallDialog):
    """``drawn``: the sequence as a flow, to look at, to change and to publish."""

    drawn = Signal(object)

    def __init__(self, sequences: Sequences, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, "new_sequence_window", _("New Sequence"), WIDTH)
        self._theme = theme
        self._background = Background(self)
        self._topics_by_id = {}
        self._name = QLineEdit()
        self._name.setObjectName("new_sequence_name")
        self._name.setAccessibleName(_("Name"))
        self._name.setPlaceholderText(_("Running in ten days"))
        self._topic = CalmCombo(theme)
        self._topic.setObjectName("new_sequence_topic")
        self._topic.setAccessibleName(_("Topic"))
        self._rows: list[StepRow] = []
        self._lay_out()
        self.add_problem("new_sequence_problem")
        self.add_button("new_sequence_cancel", _("Cancel")).clicked.connect(self.reject)
        self._draw = self.add_button("draw_sequence", _("Draw it"), "primary", default=True)
        self._draw.clicked.connect(self._try)
        self._draw.setEnabled(False)
        self._add_row()
        self._background.run(sequences.choices, self._offer, self._failed)

    def _lay_out(self) -> None:
        rows = QWidget()
        self._steps = QVBoxLayout(rows)
        self._steps.setContentsMargins(0, 0, 0, 0)
        self._steps.setSpacing(12)
        self._steps.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(rows)
        area.setFixedHeight(ROWS_HEIGHT)
        area.verticalScrollBar().rangeChanged.connect(self._keep_off)
        more = QPushButton(_("+ Message"))
        more.setObjectName("add_sequence_message")
        look(more, "secondary")
        more.clicked.connect(self._add_row)
        told = _("Each message is sent by the topic’s permission, when that may be used.")
        for label, input in ((_("Name"), self._name), (_("Topic"), self._topic)):
            self.column.addWidget(text(label, "label"))
            self.column.addWidget(input)
            self.column.addSpacing(8)
        self.column.addWidget(text(told, "quiet", wraps=True))
        self.column.addSpacing(4)
        self.column.addWidget(area)
        self.column.addWidget(more)

    def _keep_off(self, _least: int, most: int) -> None:
        """Some air beside the bar, where there is one."""
        self._steps.setContentsMargins(sides.margins(0, 0, 8 if most else 0, 0))

    def _add_row(self) -> None:
        row = StepRow(self._theme, len(self._rows) + 1)
        row.unwanted.connect(lambda: self._drop(row))
        self._rows.append(row)
        self._steps.insertWidget(self._steps.count() - 1, row)
        row.setFocus()

    def _drop(self, row: StepRow) -> None:
        if len(self._rows) == 1:
            return
        self._rows.remove(row)
        self._steps.removeWidget(row)
        row.hide()
        row.deleteLater()
        for number, left in enumerate(self._rows, start=1):
            left.show_number(number)

    def _offer(self, choices: Choices) -> None:
        for id, topic in choices.topics:
            self._topics_by_id[id] = topic
            self._topic.addItem(topic.name, id)
        self._draw.setEnabled(bool(choices.topics))
        if not choices.topics:
            self.complain(_("There are no topics yet. Make one under Contents first."))

    def _try(self) -> None:
        name = self._name.text().strip()
        mark(self._name, not name)
        if not name:
            self._complain(_("Give the sequence a name."), self._name)
            return
        for row in self._rows:
            if wrong := row.complaint():
                self._complain(wrong, row)
                return
        id = self._topic.currentData()
        steps = [row.step() for row in self._rows]
        self.drawn.emit(sequence(name, id, self._topics_by_id[id], steps))
        self.accept()

    def _complain(self, words: str, where: QWidget) -> None:
        self.complain(words)
        where.setFocus()

    def _failed(self, error: Exception) -> None:
        self.complain(sentence(error))
