"""Where a person writes, at the foot of the phone."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from otn_studio.studio.theme import icons
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _


class Composer(QWidget):
    """A line and *Send*. ``sent``: the person wants to send what they wrote."""

    sent = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._line = QLineEdit(placeholderText=_("Write a message"))
        self._line.setObjectName("practice.text")
        self._line.setAccessibleName(_("Write a message"))
        self._line.returnPressed.connect(self.sent)
        self._send = QPushButton()
        self._send.setObjectName("practice.send")
        self._send.setProperty("look", "quiet")
        self._send.setAccessibleName(_("Send"))
        self._send.setToolTip(_("Send (Enter)"))
        self._send.setIconSize(QSize(16, 16))
        self._send.clicked.connect(self.sent)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 10, 14)
        row.setSpacing(4)
        row.addWidget(self._line, 1)
        row.addWidget(self._send)
        self.setFocusProxy(self._line)
        theme.changed.connect(self._color)
        self._color()

    @property
    def text(self) -> str:
        return self._line.text().strip()

    def take(self) -> str:
        """What was written; the line is empty afterwards."""
        text = self.text
        self._line.clear()
        return text

    def give_back(self, text: str) -> None:
        """What could not be sent goes before what was written since."""
        self._line.setText(f"{text} {self._line.text()}".strip())

    def _color(self) -> None:
        self._send.setIcon(icons.icon("send", self._theme.roles.accent))
