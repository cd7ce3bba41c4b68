"""A button that opens a menu, with the chevron of our icons: Qt's own is lost from right to left."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QStyleOptionButton

from otn_studio.studio.theme import icons, sides
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.look import look

CHEVRON = 14
INDICATOR = 16
"""What the style sheet leaves for it."""
_FROM_END = 10


class MenuButton(QPushButton):
    """``name`` is its look, ``role`` the colour of its chevron.

    Without a ``menu``, whoever hears that it was pressed opens one that is made for the moment.
    """

    def __init__(
        self, theme: Theme, name: str = "", menu: QMenu | None = None, role: str = "quiet"
    ) -> None:
        super().__init__()
        self._theme, self._role = theme, role
        self.setProperty("opens", "menu")
        if name:
            look(self, name)
        if menu is not None:
            menu.setParent(self, menu.windowFlags())
            self.setMenu(menu)
        theme.changed.connect(self.update)

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        """The chevron has its room with a menu or without."""
        super().initStyleOption(option)
        option.features |= QStyleOptionButton.ButtonFeature.HasMenu

    def sizeHint(self) -> QSize:
        """Qt only counts the room of the chevron where there is a menu."""
        return super().sizeHint() + QSize(0 if self.menu() else INDICATOR, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        left, top = self.width() - CHEVRON - _FROM_END, (self.height() - CHEVRON) / 2
        place = sides.swapped(QRectF(left, top, CHEVRON, CHEVRON), QRectF(self.rect()))
        icons.paint(painter, "chevron-down", getattr(self._theme.roles, self._role), place)
        painter.end()
