"""The quiet bar at the bottom of a page that says what has happened, and takes it back."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton

from otn_studio.studio.theme import sides
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.look import ThemedIcon, look, text
from otn_studio.studio.words import _

SECONDS = 10


class Notice(QFrame):
    """Hidden until there is something to say, and again ten seconds later.

    ``changed``: there is something else to take back, or nothing any more.
    """

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("notice")
        look(self, "card")
        self._undo: Callable[[], None] | None = None
        self._icon = text("")
        self._shape = ThemedIcon(self._icon, theme, "check", "success")
        self.words = text("", wraps=True)
        self.words.setObjectName("notice_words")
        self.undo = QPushButton(_("Undo"))
        self.undo.setObjectName("undo")
        keys = QKeySequence(QKeySequence.StandardKey.Undo)
        native = keys.toString(QKeySequence.SequenceFormat.NativeText)
        self.undo.setToolTip(_("Undo ({keys})", keys=native))
        self.undo.clicked.connect(self.take_back)
        close = QToolButton()
        close.setObjectName("close_notice")
        close.setToolTip(_("Close"))
        close.setAccessibleName(_("Close"))
        close.clicked.connect(self._go)
        ThemedIcon(close, theme, "x", "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(sides.margins(12, 4, 4, 4))
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self.words, 1)
        row.addWidget(self.undo)
        row.addWidget(close)
        self._end = QTimer(self, singleShot=True, interval=SECONDS * 1_000)
        self._end.timeout.connect(self._go)
        self.hide()

    @property
    def can_take_back(self) -> bool:
        return self._undo is not None

    def say(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """Tell what has happened. ``undo`` takes it back."""
        self._shape.show_as("check", "success")
        self._show(words, undo)

    def complain(self, words: str) -> None:
        """Tell what did not work."""
        self._shape.show_as("triangle-alert", "danger")
        self._show(words, None)

    def _show(self, words: str, undo: Callable[[], None] | None) -> None:
        self._undo = undo
        self.words.setText(words)
        self.undo.setVisible(undo is not None)
        self.undo.setAccessibleDescription(words)
        self.show()
        self._end.start()
        self.changed.emit()
        QAccessible.updateAccessibility(QAccessibleEvent(self.words, QAccessible.Event.Alert))

    def take_back(self) -> None:
        """Undo what has happened, as long as the bar offers it."""
        undo = self._undo
        self._go()
        if undo is not None:
            undo()

    def _go(self) -> None:
        self._undo = None
        self.hide()
        self.changed.emit()
