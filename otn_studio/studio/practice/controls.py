"""Below the phone: letting time pass, what time it is there, and starting over."""

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from otn_studio.blocks.words import Words
from otn_studio.studio.theme import icons
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _, shown

LATER = (
    ("3h", Words("3 hours later"), 0.125),
    ("1d", Words("1 day later"), 1.0),
    ("3d", Words("3 days later"), 3.0),
)
"""A short name, the words, and the days."""
PATIENCE_MILLISECONDS = 150
"""What is over sooner does not show as work at all: nothing flickers."""


class Controls(QWidget):
    """A quiet row or two."""

    later = Signal(float)
    start_over = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._time = ""
        self._doing = ""
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MILLISECONDS)
        self._patience.timeout.connect(self._show_busy)
        self._clock = QLabel()
        self._clock.setProperty("look", "quiet")
        self._clock.setObjectName("practice.clock")
        self._clock.setAccessibleDescription(_("The time in the practice chat"))
        self._start_over = _button("practice.start_over", _("Start over"), "small")
        self._start_over.setToolTip(_("Begin anew with a new person"))
        self._start_over.setIconSize(QSize(18, 14))
        self._start_over.clicked.connect(self.start_over)
        self._buttons = [self._start_over]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._times())
        column.addLayout(self._foot())
        theme.changed.connect(self._color)
        self._color()

    def show_time(self, time: str) -> None:
        self._time = time
        if not self._is_busy():
            self._clock.setText(time)

    def begin(self, doing: str) -> None:
        """Something is under way; it shows once it takes noticeably long."""
        self._doing = doing
        self._patience.start()

    def end(self) -> None:
        self._patience.stop()
        self._doing = ""
        self._mark(busy=False)
        self._clock.setText(self._time)

    def _is_busy(self) -> bool:
        return bool(self._start_over.property("busy"))

    def _show_busy(self) -> None:
        self._clock.setText(self._doing)
        self._mark(busy=True)

    def _mark(self, *, busy: bool) -> None:
        if busy is self._is_busy():
            return
        for button in self._buttons:
            button.setProperty("busy", busy)
            button.style().polish(button)

    def _times(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for name, words, days in LATER:
            button = _button(f"practice.later.{name}", shown(words), "small")
            button.clicked.connect(lambda _checked=False, days=days: self.later.emit(days))
            self._buttons.append(button)
            row.addWidget(button, 1)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._clock, 1)
        row.addWidget(self._start_over)
        return row

    def _color(self) -> None:
        self._start_over.setIcon(icons.icon("rotate-ccw", self._theme.roles.quiet))


def _button(name: str, words: str, look: str) -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(name)
    button.setAccessibleName(words)
    button.setProperty("look", look)
    return button
