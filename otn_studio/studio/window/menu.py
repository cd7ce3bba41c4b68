"""The left-hand menu."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from otn_studio.blocks.words import Words
from otn_studio.studio.theme import sides
from otn_studio.studio.theme.icons import icon
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.window import actions
from otn_studio.studio.window.actions import Actions
from otn_studio.studio.words import shown

WIDTH = 184
ENTRIES = (
    ("flows", Words("Flows"), "workflow"),
    ("contents", Words("Contents"), "text-align-start"),
    ("contacts", Words("Contacts"), "users"),
    ("broadcasts", Words("Broadcasts"), "send"),
    ("insights", Words("Insights"), "chart-column"),
    ("engine", Words("Engine"), "server"),
)


BELOW = (actions.HELP, actions.KEYBOARD, actions.PREFERENCES)


class Menu(QFrame):
    """Says which page is wanted, by its name."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, made: Actions) -> None:
        super().__init__()
        self.setProperty("look", "side")
        self.setFixedWidth(WIDTH)
        self._theme = theme
        self._buttons: dict[str, tuple[QPushButton, str]] = {}
        group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 12, 8, 12)
        layout.setSpacing(4)
        for name, words, icon_name in ENTRIES:
            button = QPushButton(f"  {shown(words)}")
            button.setAccessibleName(shown(words))
            button.setProperty("look", "menu")
            button.setObjectName(f"menu_{name}")
            button.setCheckable(True)
            button.setIconSize(QSize(18, 18))
            button.clicked.connect(lambda _checked, name=name: self.chosen.emit(name))
            group.addButton(button)
            layout.addWidget(button)
            self._buttons[name] = button, icon_name
        layout.addStretch()
        for declaration in BELOW:
            button = _action_button(made[declaration])
            layout.addWidget(button)
            self._buttons[declaration.name] = button, declaration.icon
        theme.changed.connect(self._color)
        self._color()

    def put_beside(self, name: str, sign: QWidget) -> None:
        """Show a small sign at the right end of an entry."""
        row = QHBoxLayout(self._buttons[name][0])
        row.setContentsMargins(sides.margins(0, 0, 12, 0))
        row.addStretch(1)
        row.addWidget(sign)

    def show_chosen(self, name: str) -> None:
        """Pages that are no entry belong to the flows."""
        self._buttons.get(name, self._buttons["flows"])[0].setChecked(True)

    def _color(self) -> None:
        for button, icon_name in self._buttons.values():
            button.setIcon(icon(icon_name, self._theme.roles.quiet))


def _action_button(action: QAction) -> QPushButton:
    """An entry that does something instead of leading to a page."""
    words = action.text().removesuffix("…")
    button = QPushButton(f"  {words}")
    button.setAccessibleName(words)
    button.setProperty("look", "menu")
    button.setObjectName(f"menu_{action.objectName().removeprefix('action_')}")
    button.setToolTip(action.toolTip())
    button.setIconSize(QSize(18, 18))
    button.clicked.connect(action.trigger)
    return button
