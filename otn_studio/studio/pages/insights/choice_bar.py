"""What is to be seen: which period, topic and flow."""

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from otn_studio.blocks.words import Words
from otn_studio.studio.services.insight import IN_CONVERSATION, Choice, Choices
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.controls import CalmCombo
from otn_studio.studio.words import _, shown

PERIODS = {
    Words("Last 7 days"): 7,
    Words("Last 30 days"): 30,
    Words("Last 90 days"): 90,
    Words("Last 12 months"): 364,
    Words("Since ever"): None,
}
"""How many days; twelve months are 52 whole weeks."""
FIRST_PERIOD = 1
WIDEST = 260


class ChoiceBar(QWidget):
    """Three boxes in a row."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._today = date.today()
        self.period = self._box("insights_period", _("Period"))
        self.topic = self._box("insights_topic", _("Topic"))
        self.flow = self._box("insights_flow", _("Flow"))
        for words, days in PERIODS.items():
            self.period.addItem(shown(words), days)
        self.period.setCurrentIndex(FIRST_PERIOD)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for box in (self.period, self.topic, self.flow):
            layout.addWidget(box)
            box.currentIndexChanged.connect(self.changed)
        layout.addStretch(1)

    def show_choices(self, choices: Choices) -> None:
        """Offer these. What is chosen stays so, if it is still there."""
        self._today = choices.today
        topics = [(_("All topics"), None), (_("In the conversation"), IN_CONVERSATION)]
        _fill(self.topic, topics + [(name, id) for id, name in choices.topics.items()])
        flows = [(_("All flows"), None)]
        _fill(self.flow, flows + [(name, id) for id, name in choices.flows.items()])

    def choice(self) -> Choice:
        days = self.period.currentData()
        first = None if days is None else self._today - timedelta(days=days - 1)
        return Choice(first, self._today, self.topic.currentData(), self.flow.currentData())

    def _box(self, name: str, words: str) -> QComboBox:
        box = CalmCombo(self._theme)
        box.setObjectName(name)
        box.setAccessibleName(words)
        box.setToolTip(words)
        box.setMaximumWidth(WIDEST)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        return box


def _fill(box: QComboBox, entries: list[tuple[str, str | None]]) -> None:
    chosen = box.currentData() if box.count() else None
    box.blockSignals(True)
    box.clear()
    for words, id in entries:
        box.addItem(words, id)
    ids = [id for _words, id in entries]
    box.setCurrentIndex(ids.index(chosen) if chosen in ids else 0)
    box.blockSignals(False)
