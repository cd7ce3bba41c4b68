"""Giving widgets their look: what they are, for the style sheet, and an icon in a role's colour."""

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QFrame, QLabel, QWidget

from otn_studio.studio.theme import icons, sides
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.wrapped import Wrapped

ICON = 16
BESIDE_WORDS = QSize(ICON + 6, ICON)
"""The size of an icon that words follow: with a gap."""


def look(widget: QWidget, name: str) -> None:
    """Say what a widget is; one that is on the screen already is drawn anew."""
    _set(widget, "look", name)


def mark(widget: QWidget, has_problem: bool) -> None:
    """Show on a field whether its content is a problem."""
    _set(widget, "problem", "true" if has_problem else "false")


def text(words: str = "", name: str = "", *, wraps: bool = False) -> QLabel:
    """A text with a look, taken literally: people's own words may look like markup."""
    label = Wrapped(words) if wraps else QLabel(words, textFormat=Qt.TextFormat.PlainText)
    sides.begin_at_start(label)
    if name:
        look(label, name)
    return label


def line() -> QFrame:
    """A hairline from side to side."""
    made = QFrame()
    made.setFixedHeight(1)
    look(made, "line")
    return made


class ThemedIcon(QObject):
    """Keeps a button's or a label's icon in the colour of a role, in light and in dark."""

    def __init__(
        self,
        widget: QAbstractButton | QLabel,
        theme: Theme,
        name: str,
        role: str,
        *,
        fades: bool = True,
    ) -> None:
        super().__init__(widget)
        self._fades = fades
        self._widget = widget
        self._theme = theme
        self._name, self._role = name, role
        if isinstance(widget, QAbstractButton):
            widget.setIconSize(QSize(ICON, ICON))
        theme.changed.connect(self._apply)
        self._apply()

    def show_as(self, name: str, role: str) -> None:
        self._name, self._role = name, role
        self._apply()

    def _apply(self) -> None:
        icon = icons.icon(self._name, getattr(self._theme.roles, self._role), fades=self._fades)
        if isinstance(self._widget, QLabel):
            ratio = self._widget.devicePixelRatioF()
            self._widget.setPixmap(icon.pixmap(QSize(ICON, ICON), ratio))
        else:
            self._widget.setIcon(icon)


def _set(widget: QWidget, name: str, value: str) -> None:
    if widget.property(name) != value:
        widget.setProperty(name, value)
        if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
