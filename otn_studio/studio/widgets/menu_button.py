"""A button that opens a menu, with the chevron of our icons: Qt's own is lost from right to left."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton

from otn_studio.studio.theme import icons, sides
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.look import look

CHEVRON = 14
_FROM_END = 10


class MenuButton(QPushButton):
    """``name`` is its look, ``role`` the colour of its chevron."""

    def __init__(self, theme: Theme, name: str, menu: QMenu, role: str = "quiet") -> None:
        super().__init__()
        self._theme, self._role = theme, role
        self.setProperty("opens", "menu")
        look(self, name)
        menu.setParent(self, menu.windowFlags())
        self.setMenu(menu)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        left, top = self.width() - CHEVRON - _FROM_END, (self.height() - CHEVRON) / 2
        place = sides.swapped(QRectF(left, top, CHEVRON, CHEVRON), QRectF(self.rect()))
        icons.paint(painter, "chevron-down", getattr(self._theme.roles, self._role), place)
        painter.end()
