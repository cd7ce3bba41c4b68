"""One flow on the start page: its name, where it is, when it was open, and a way to forget it."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QEnterEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from otn_studio.studio.pages.start.recent import RecentFlow
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.elided import Elided
from otn_studio.studio.widgets.look import ThemedIcon, look, text
from otn_studio.studio.widgets.menu import Menu
from otn_studio.studio.words import _

QUIET = "canvas"
"""As good as not there, until the row is pointed at."""


class FlowRow(QWidget):
    """``opened``: the person wants to see it. ``forgotten``: not even here any more."""

    opened = Signal()
    forgotten = Signal()

    def __init__(self, flow: RecentFlow, when: str, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("recent_flow")
        self._when = text(when, "quiet")
        self._press = _RowButton(flow, self._when, theme)
        self._press.clicked.connect(self.opened)
        self._forget = QToolButton()
        self._forget.setObjectName("forget_flow")
        self._forget.setToolTip(_("Take out of this list"))
        self._forget.setAccessibleName(_("Take “{name}” out of this list", name=flow.name))
        self._forget.clicked.connect(self.forgotten)
        self._forget.installEventFilter(self)
        self._cross = ThemedIcon(self._forget, theme, "x", QUIET)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._press, 1)
        row.addWidget(self._forget)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = Menu(self)
        menu.setObjectName("row_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_ = menu.addAction(_("Open"))
        open_.setEnabled(self._press.isEnabled())
        open_.triggered.connect(self.opened)
        menu.addAction(_("Take out of this list")).triggered.connect(self.forgotten)
        menu.popup(event.globalPos())

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._cross.show_as("x", "quiet")

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._cross.show_as("x", QUIET)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The cross is seen while it has the focus, too."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            has_focus = event.type() == QEvent.Type.FocusIn
            self._cross.show_as("x", "quiet" if has_focus else QUIET)
        return False

    def show_missing(self) -> None:
        """The file is not where it was."""
        self._press.setEnabled(False)
        self._when.setText(_("not found"))


class _RowButton(QPushButton):
    """The whole row can be pressed."""

    def __init__(self, flow: RecentFlow, when: QLabel, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("open_flow")
        self.setAccessibleName(_("Open “{name}”", name=flow.name))
        self.setToolTip(str(flow.path))
        look(self, "row")
        icon = text("")
        ThemedIcon(icon, theme, "workflow", "quiet")
        self._name = Elided(flow.name, "strong", middle=True)
        self._folder = Elided(_folder(flow.path), "quiet", middle=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self._name)
        words.addWidget(self._folder)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(12)
        row.addWidget(icon)
        row.addLayout(words, 1)
        row.addWidget(when)
        for part in self.findChildren(QLabel):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange and not self.isEnabled():
            look(self._name, "quiet")


def _folder(path: Path) -> str:
    """The folder as people write it, with ~ for their own."""
    try:
        return str("~" / path.parent.relative_to(Path.home()))
    except ValueError:
        return str(path.parent)
