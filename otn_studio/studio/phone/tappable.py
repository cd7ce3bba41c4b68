"""What can be tapped: a row at the foot of a card, and a quick reply."""

from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from otn_studio.studio.phone.measures import Measures
from otn_studio.studio.phone.part import outlined, smooth
from otn_studio.studio.phone.shapes import Corners
from otn_studio.studio.theme import icons, sides, type
from otn_studio.studio.theme.theme import Theme

SMALLEST_TARGET = 28
ICON = 14


class Tappable(QAbstractButton):
    """Painted by our roles; works with the mouse, Space and Enter."""

    def __init__(self, title: str, theme: Theme, parent: QWidget, *, live: bool) -> None:
        super().__init__(parent)
        self._theme = theme
        self._font = type.font(strong=True)
        self.setText(title)
        self.setAccessibleName(title)
        self.setObjectName(f"tap.{title}")
        if live:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def fit(self, measures: Measures) -> None:
        self._font = type.font(measures.text, strong=True)

    def keyPressEvent(self, event) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def color(self, role: str) -> QColor:
        return self._theme.roles.color(role)

    def _is_pointed_at(self) -> bool:
        return self.isEnabled() and (self.underMouse() or self.isDown())

    def enterEvent(self, event) -> None:
        self.update()

    def leaveEvent(self, event) -> None:
        self.update()

    def _write(self, painter: QPainter, place: QRectF, ink: QColor) -> None:
        painter.setFont(self._font)
        painter.setPen(ink)
        title = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, int(place.width())
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, title)


class Row(Tappable):
    """A button in the full width of its card, below a hairline; ``icon`` stands before its title."""

    def __init__(
        self, title: str, theme: Theme, parent: QWidget, *, live: bool, icon: str = ""
    ) -> None:
        super().__init__(title, theme, parent, live=live)
        self._icon = icon
        self._corners = Corners.all(0)

    def fit_row(self, measures: Measures, corners: Corners) -> int:
        """How high it gets. The last one follows the card's round corners."""
        self.fit(measures)
        self._corners = corners.grown(-1)
        return max(round(measures.text * 2.6), SMALLEST_TARGET)

    def paintEvent(self, event) -> None:
        painter = smooth(self)
        place = QRectF(self.rect())
        inner = place.adjusted(1, 1, -1, -1 if any(self._corners) else 0)
        if self._is_pointed_at():
            painter.fillPath(self._corners.path(inner), self.color("accent_soft"))
        painter.fillRect(QRectF(1, 0, place.width() - 2, 1), self.color("hairline"))
        if self.hasFocus():
            painter.setPen(QPen(self.color("accent"), 2))
            ring = Corners(*(max(radius - 4, 4) for radius in self._corners))
            painter.drawPath(ring.path(place.adjusted(4, 4, -4, -4)))
        ink = self.color("accent" if self.isEnabled() else "quiet")
        self._write_with_icon(painter, inner.adjusted(12, 0, -12, 0), ink)

    def _write_with_icon(self, painter: QPainter, place: QRectF, ink: QColor) -> None:
        painter.setFont(self._font)
        if self._icon:
            room = ICON + 6
            taken = min(painter.fontMetrics().horizontalAdvance(self.text()), place.width() - room)
            left = place.center().x() - (taken + room) / 2
            mark = QRectF(left, place.center().y() - ICON / 2, ICON, ICON)
            icons.paint(painter, self._icon, ink.name(), sides.swapped(mark, place))
            words = QRectF(left + room, place.y(), taken + 1, place.height())
            place = sides.swapped(words, place)
        self._write(painter, place, ink)


class Pill(Tappable):
    """A quick reply."""

    def fit_pill(self, measures: Measures) -> QSize:
        self.fit(measures)
        self._font = type.font(measures.text)
        wide = ceil(QFontMetricsF(self._font).horizontalAdvance(self.text())) + 2 * measures.pad
        high = max(measures.text * 2 + 4, SMALLEST_TARGET)
        return QSize(max(wide, high + 8), high)

    def paintEvent(self, event) -> None:
        painter = smooth(self)
        place = QRectF(self.rect())
        fill = self.color("accent_soft" if self._is_pointed_at() else "raised")
        outlined(painter, place, Corners.all(place.height() / 2), fill, self.color("accent"))
        if self.hasFocus():
            painter.setPen(QPen(self.color("accent"), 2))
            painter.drawRoundedRect(
                place.adjusted(1, 1, -1, -1), place.height() / 2 - 1, place.height() / 2 - 1
            )
        self._write(painter, place.adjusted(8, 0, -8, 0), self.color("accent"))
