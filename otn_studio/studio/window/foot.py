"""The foot of the window: the problems of the open flow, what happened last, how the engine does."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from otn_studio.studio.pages.engine.badge import EngineBadge
from otn_studio.studio.pages.engine.ending import EndingLine
from otn_studio.studio.pages.engine.engine_watch import EngineWatch
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.updates.line import UpdateLine

SAYS_FOR_MILLISECONDS = 8_000
HEIGHT = 36


class Foot(QFrame):
    """What is said in it is gone again after a while."""

    def __init__(self, watch: EngineWatch, theme: Theme) -> None:
        super().__init__()
        self.setProperty("look", "foot")
        self.setFixedHeight(HEIGHT)
        self._said = QLabel()
        self._said.setObjectName("said")
        self._said.setProperty("look", "quiet")
        self._said.setContentsMargins(16, 0, 16, 0)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self._said, 1)
        self.ending = EndingLine(watch)
        self.newer = UpdateLine()
        self._row.addWidget(self.ending)
        self._row.addWidget(self.newer)
        self._row.addWidget(EngineBadge(watch, theme))
        self._row.addSpacing(16)

    def say(self, sentence: str) -> None:
        self._said.setText(sentence)
        QTimer.singleShot(SAYS_FOR_MILLISECONDS, self._said, lambda: self._unsay(sentence))

    def take(self, problems: QWidget) -> None:
        """Let the problems of a flow stand at the left."""
        self._row.insertWidget(0, problems)

    def give_back(self, problems: QWidget) -> None:
        self._row.removeWidget(problems)
        problems.hide()
        problems.deleteLater()

    def _unsay(self, sentence: str) -> None:
        if self._said.text() == sentence:
            self._said.clear()
