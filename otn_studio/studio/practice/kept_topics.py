"""Below the phone: the recurring topics that the person said yes to, to stop or resume them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from otn_studio.studio.phone.entries import Kept
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.controls import ElidedLabel, IconLabel, discard
from otn_studio.studio.words import _


class KeptTopics(QWidget):
    """A row for each topic; nothing where there is none."""

    stopping = Signal(str)
    resuming = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: Sequence[Kept] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.hide()

    def show_topics(self, topics: Sequence[Kept]) -> None:
        if topics == self._shown:
            return
        self._shown = topics
        while self._column.count():
            discard(self._column.takeAt(0).widget())
        for number, topic in enumerate(topics):
            self._column.addWidget(self._row(number, topic))
        self.setVisible(bool(topics))

    def _row(self, number: int, topic: Kept) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        icon, role = ("bell-off", "quiet") if topic.stopped else ("bell-ring", "permission")
        line.addWidget(IconLabel(self._theme, icon, role))
        name = ElidedLabel("quiet" if topic.stopped else "")
        name.show_text(topic.name)
        line.addWidget(name, 1)
        line.addWidget(self._button(number, topic))
        return row

    def _button(self, number: int, topic: Kept) -> QPushButton:
        button = QPushButton(_("Resume") if topic.stopped else _("Stop"))
        button.setProperty("look", "small")
        button.setObjectName(f"practice.kept.{number}")
        button.setAccessibleName(
            _("Resume “{topic}”", topic=topic.name)
            if topic.stopped
            else _("Stop “{topic}”", topic=topic.name)
        )
        said = self.resuming if topic.stopped else self.stopping
        button.clicked.connect(lambda: said.emit(topic.title))
        return button
