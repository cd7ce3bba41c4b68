"""The bar at the top: whose program this is, which flow is open and how it stands, what to do."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from otn_studio.studio.theme import icons, sides
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.menu import Menu
from otn_studio.studio.widgets.menu_button import MenuButton
from otn_studio.studio.window import actions
from otn_studio.studio.window.actions import Actions
from otn_studio.studio.window.menu import WIDTH as MENU_WIDTH
from otn_studio.studio.words import _, shown

HEIGHT = 48
NAME_AT_MOST = 40
MARK = 22


class TopBar(QFrame):
    """Shows what it is told, and offers the window's actions."""

    def __init__(self, made: Actions, theme: Theme) -> None:
        super().__init__()
        self.setProperty("look", "bar")
        self.setFixedHeight(HEIGHT)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.setSpacing(8)
        layout.addWidget(_Brand())
        self._flow = _flow_button(made, theme)
        layout.addWidget(self._flow)
        self._page = QLabel()
        self._page.setProperty("look", "strong")
        self._page.setContentsMargins(sides.margins(12, 0, 0, 0))
        layout.addWidget(self._page)
        self._state = QLabel()
        self._state.setProperty("look", "quiet")
        self._state.setObjectName("flow_state")
        layout.addWidget(self._state)
        layout.addStretch()
        self._of_flow: list[QWidget] = [self._flow, self._state]
        for declaration in (actions.UNDO, actions.REDO):
            button = QToolButton()
            button.setDefaultAction(made[declaration])
            button.setIconSize(QSize(18, 18))
            button.setObjectName(declaration.name)
            button.setAccessibleName(shown(declaration.words))
            self._of_flow.append(button)
            layout.addWidget(button)
        for declaration, look in (
            (actions.SIMULATOR, "plain"),
            (actions.PRACTICE, "plain"),
            (actions.PUBLISH, "primary"),
        ):
            button = _action_button(made, declaration, look)
            self._of_flow.append(button)
            layout.addWidget(button)
        self.show_flow(None)

    def show_flow(self, name: str | None, state: str = "") -> None:
        """The open flow's name and how it stands; none where no flow is open."""
        for widget in self._of_flow:
            widget.setVisible(name is not None)
        self._page.hide()
        whole = name or ""
        self._flow.setText(whole if len(whole) <= NAME_AT_MOST else whole[: NAME_AT_MOST - 1] + "…")
        self._flow.setToolTip(whole)
        self._state.setText(state)

    def show_page(self, name: str, state: str) -> None:
        """For the pages that belong to no flow: the Page's name, and how it is connected."""
        self.show_flow(None)
        self._page.setText(name)
        self._page.show()
        self._state.setText(state)
        self._state.show()


class _Brand(QWidget):
    """The program's sign and name."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(MENU_WIDTH - 16)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addSpacing(30)
        name = QLabel("OTN Studio")
        name.setProperty("look", "heading")
        layout.addWidget(name)
        layout.addStretch(1)

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        left = self.width() - MARK if self.isRightToLeft() else 0
        top = (self.height() - MARK) // 2
        icons.paint(painter, "otn-studio", "", QRectF(left, top, MARK, MARK))


def _flow_button(made: Actions, theme: Theme) -> QPushButton:
    menu = Menu()
    for declaration in (actions.NEW, actions.OPEN, actions.IMPORT):
        menu.addAction(made[declaration])
    menu.addSeparator()
    for declaration in (actions.SAVE, actions.SAVE_AS, actions.EXPORT):
        menu.addAction(made[declaration])
    menu.addSeparator()
    for declaration in (actions.LANGUAGES, actions.VERSIONS, actions.COMPARE):
        menu.addAction(made[declaration])
    menu.addSeparator()
    menu.addAction(made[actions.CLOSE])
    button = MenuButton(theme, "name", menu)
    button.setObjectName("flow_menu")
    button.setAccessibleName(_("Flow"))
    return button


def _action_button(made: Actions, declaration: actions.Declaration, look: str) -> QPushButton:
    action = made[declaration]
    button = QPushButton(action.text())
    button.setProperty("look", look)
    button.setObjectName(declaration.name)
    button.setToolTip(action.toolTip())
    button.setCheckable(action.isCheckable())
    button.setIconSize(QSize(20, 16))
    button.clicked.connect(action.trigger)
    action.changed.connect(lambda: _follow(button, action))
    _follow(button, action)
    return button


def _follow(button: QPushButton, action) -> None:
    button.setEnabled(action.isEnabled())
    button.setChecked(action.isChecked())
    button.setText(action.text())
    if button.property("look") != "primary":
        button.setIcon(action.icon())
