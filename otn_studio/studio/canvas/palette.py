"""The groups of what can be added, at the canvas's edge; a press opens a group's list."""

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from otn_studio.blocks.block import Group
from otn_studio.studio.canvas.floating import SHADOW, Floating
from otn_studio.studio.canvas.offers import GROUP_ICONS, GROUP_TITLES
from otn_studio.studio.theme import sides
from otn_studio.studio.theme.icons import icon
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _

TARGET = 36
ICON = 18


class Palette(Floating):
    """``opened``: this group's list, beginning at this place of the parent."""

    opened = Signal(object, QPoint)

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent, theme)
        self.setObjectName("palette")
        layout = QVBoxLayout(self.body)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        self._buttons = {group: self._button(group) for group in GROUP_TITLES}
        for button in self._buttons.values():
            layout.addWidget(button)
        theme.changed.connect(self._recolor)
        self._recolor()
        self.adjustSize()

    def _recolor(self) -> None:
        for group, button in self._buttons.items():
            button.setIcon(icon(GROUP_ICONS[group], self.theme.roles.group(group).name()))

    def _button(self, group: Group) -> QToolButton:
        button = QToolButton(self.body)
        button.setObjectName(f"palette_{group.value}")
        button.setToolTip(_(GROUP_TITLES[group]))
        button.setAccessibleName(_("Add: {group}", group=_(GROUP_TITLES[group])))
        button.setFixedSize(TARGET, TARGET)
        button.setIconSize(QSize(ICON, ICON))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self._open(group))
        return button

    def _open(self, group: Group) -> None:
        button = self._buttons[group]
        beside = -4 if sides.are_swapped() else button.width() + 4
        corner = button.mapTo(self.parentWidget(), QPoint(beside, 0))
        self.opened.emit(group, corner - QPoint(0, SHADOW + 6))
