"""Where a person writes, at the foot of the phone."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from otn_studio.studio.panel.names import for_menu
from otn_studio.studio.theme import icons
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.menu import Menu
from otn_studio.studio.words import _


class Composer(QWidget):
    """A line and *Send*. ``sent``: the person wants to send what they wrote.

    Beside it is what else they can do: ``commented`` below a post what they wrote, if there are
    ``comments``; ``chosen`` from what the Page shows, by its title.
    """

    sent = Signal()
    commented = Signal()
    chosen = Signal(str)

    def __init__(self, theme: Theme, *, comments: bool = True) -> None:
        super().__init__()
        self._theme = theme
        self._comments = comments
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
        self._choices: tuple[str, ...] = ()
        self._more = QPushButton()
        self._more.setObjectName("practice.more")
        self._more.setProperty("look", "quiet")
        self._more.setAccessibleName(_("More to do"))
        self._more.setToolTip(
            _("The Page’s menu, and comments below a post")
            if comments
            else _("What else they can do")
        )
        self._more.setIconSize(QSize(16, 16))
        self._more.clicked.connect(self._open_more)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 10, 10, 14)
        row.setSpacing(4)
        row.addWidget(self._more)
        row.addWidget(self._line, 1)
        row.addWidget(self._send)
        self.setFocusProxy(self._line)
        theme.changed.connect(self._color)
        self._color()

    @property
    def text(self) -> str:
        return self._line.text().strip()

    def offer(self, choices: Sequence[str]) -> None:
        """What the Page's menu and its questions offer."""
        self._choices = tuple(choices)
        self._more.setEnabled(self._comments or bool(choices))

    def _open_more(self) -> None:
        menu = Menu(self)
        menu.setObjectName("practice.menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._comments:
            comment = menu.addAction(_("Write it below a post, as a comment"))
            comment.setEnabled(bool(self.text))
            comment.triggered.connect(lambda _checked: self.commented.emit())
        if self._comments and self._choices:
            menu.addSeparator()
        for title in self._choices:
            entry = menu.addAction(for_menu(title))
            entry.triggered.connect(lambda _checked, title=title: self.chosen.emit(title))
        menu.open_above(self._more)

    def take(self) -> str:
        """What was written; the line is empty afterwards."""
        text = self.text
        self._line.clear()
        return text

    def give_back(self, text: str) -> None:
        """What could not be sent goes before what was written since."""
        self._line.setText(f"{text} {self._line.text()}".strip())

    def _color(self) -> None:
        self._more.setIcon(icons.icon("plus", self._theme.roles.quiet))
        self._send.setIcon(icons.icon("send", self._theme.roles.accent))
