"""The palette: a slim column of groups, each with its list of blocks and elements."""

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QMenu, QToolButton, QVBoxLayout, QWidget

from otn_studio.blocks.block import Group
from otn_studio.studio.canvas.kinds import GROUP_ICONS, GROUPS, Choice, choices
from otn_studio.studio.theme.icons import icon
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _


class Palette(QFrame):
    """Says what is to be added."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.setObjectName("palette")
        self._theme = theme
        self._buttons: dict[Group, QToolButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.setSpacing(4)
        for group in GROUPS:
            layout.addWidget(self._button(group))
        self.adjustSize()
        theme.changed.connect(self._color)
        self._color()

    def _button(self, group: Group) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"palette_{group.value}")
        button.setToolTip(_(GROUPS[group]))
        button.setAccessibleName(_(GROUPS[group]))
        button.setIconSize(QSize(18, 18))
        button.setFixedSize(32, 32)
        button.clicked.connect(lambda: self._open(group))
        self._buttons[group] = button
        return button

    def _open(self, group: Group) -> None:
        menu = self.menu_of(group)
        menu.aboutToHide.connect(menu.deleteLater)
        button = self._buttons[group]
        menu.popup(button.mapToGlobal(QPoint(button.width() + 8, 0)))

    def menu_of(self, group: Group) -> QMenu:
        """The list of a group."""
        menu = QMenu(self)
        menu.setObjectName(f"palette_menu_{group.value}")
        menu.setToolTipsVisible(True)
        for choice in choices():
            if choice.group is group:
                menu.addAction(self._action(choice, menu))
        return menu

    def _action(self, choice: Choice, menu: QMenu) -> QAction:
        color = getattr(self._theme.roles, choice.group.value)
        action = QAction(icon(choice.icon, color), choice.words, menu)
        action.setToolTip(choice.help)
        action.triggered.connect(lambda: self.chosen.emit(choice))
        return action

    def _color(self) -> None:
        for group, button in self._buttons.items():
            button.setIcon(icon(GROUP_ICONS[group], getattr(self._theme.roles, group.value)))
