"""What opens above a window: its corners are round, and beside them one sees what lies below."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSizeF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPainterPath, QPaintEvent, QPalette, QRegion
from PySide6.QtWidgets import QFrame, QMenu, QStyle, QStyleOption, QWidget

from otn_studio.studio.theme import icons, sides
from otn_studio.studio.widgets.look import look

CHEVRON, FROM_END = 14, 6
_CUT = 4
"""A little less than the corners are round, so that their smooth edge is not cut."""


def _see_through(popup: QWidget) -> None:
    """Let what lies below a popup be seen beside its round corners.

    Windows grants that only to what has no frame, and draws a square shadow unless told not to.
    """
    more = Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint
    popup.setWindowFlags(popup.windowFlags() | more)
    popup.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
    if QGuiApplication.platformName() == "xcb":
        popup.installEventFilter(_Cut(popup))


class Menu(QMenu):
    """A menu, and those in it."""

    def __init__(self, parent: QWidget | None = None, title: str = "") -> None:
        super().__init__(title, parent)
        look(self, "round")
        _see_through(self)

    def addMenu(self, title: str) -> "Menu":
        submenu = Menu(self, title)
        super().addMenu(submenu)
        return submenu

    def paintEvent(self, event: QPaintEvent) -> None:
        """Beside what opens a further menu stands the chevron of our icons, not Qt's triangle."""
        super().paintEvent(event)
        painter = QPainter(self)
        color = self.palette().color(QPalette.ColorRole.PlaceholderText).name()
        for action in self.actions():
            if action.menu() is not None:
                row = QRectF(self.actionGeometry(action))
                end = QRectF(row.right() - FROM_END - CHEVRON, row.center().y() - CHEVRON / 2, 0, 0)
                end.setSize(QSizeF(CHEVRON, CHEVRON))
                icons.paint(painter, "chevron-right", color, sides.swapped(end, row))
        painter.end()

    def open_below(self, button: QWidget, gap: int = 0) -> None:
        self._open_at(button, button.height() + gap)

    def open_above(self, button: QWidget) -> None:
        self._open_at(button, -self.sizeHint().height())

    def _open_at(self, button: QWidget, y: int) -> None:
        """It begins where the button does, whichever way one reads."""
        x = button.width() - self.sizeHint().width() if sides.are_swapped() else 0
        self.popup(button.mapToGlobal(QPoint(x, y)))


class Popup(QFrame):
    """A frame that opens as a menu does."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        look(self, "list")
        _see_through(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Its ground; Qt paints none for what is seen through."""
        option = QStyleOption()
        option.initFrom(self)
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        painter.end()


class _Cut(QObject):
    """Cuts the corners off: X11 shows them black where nothing puts its windows together."""

    def eventFilter(self, popup: QWidget, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            path = QPainterPath()
            path.addRoundedRect(QRectF(popup.rect()), _CUT, _CUT)
            popup.setMask(QRegion(path.toFillPolygon().toPolygon()))
        return False
