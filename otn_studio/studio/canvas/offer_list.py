"""A list of what can be added: name, what it is for, and its colour; to choose or to drag out."""

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QWidget,
)

from otn_studio.studio.canvas.fonts import ThemeFonts, style_font
from otn_studio.studio.canvas.ink import Ink
from otn_studio.studio.canvas.offers import Offer
from otn_studio.studio.canvas.wrapping import one_line
from otn_studio.studio.theme import sides
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _

ROW = 48
_OFFER = Qt.ItemDataRole.UserRole
_CHOSEN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class OfferList(QListWidget):
    """``dragged`` and ``dropped`` tell where on the screen, while the button is held."""

    chosen = Signal(object)
    dragged = Signal(object, QPoint)
    dropped = Signal(object, QPoint)

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pressed: tuple[QPoint, QListWidgetItem] | None = None
        self._label: QLabel | None = None
        self.setObjectName("offers")
        self.setAccessibleName(_("What can be added"))
        self.setProperty("look", "bare")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setItemDelegate(_Rows(self, theme))

    def show_offers(self, offers: Iterable[Offer], channel: str) -> None:
        """Those that the channel does not have are shown, but can't be chosen."""
        self.clear()
        for offer in offers:
            item = QListWidgetItem(offer.title, self)
            item.setData(_OFFER, offer)
            item.setSizeHint(QSize(0, ROW))
            fits = offer.fits(channel)
            note = "" if fits else _("{channels} only", channels=offer.only_in())
            item.setToolTip(note or offer.help)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, note or offer.help)
            if not fits:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.step(1)

    def step(self, by: int) -> None:
        """Go to the next one that can be chosen."""
        count, row = self.count(), self.currentRow()
        for _try in range(count):
            row = (row + by) % count if row >= 0 else 0
            if self.item(row).flags() & Qt.ItemFlag.ItemIsEnabled:
                self.setCurrentRow(row)
                return

    def choose_current(self) -> None:
        if (item := self.currentItem()) is not None:
            self.chosen.emit(item.data(_OFFER))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _CHOSEN_KEYS:
            self.choose_current()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        item = self.itemAt(event.position().toPoint())
        if item is not None and item.flags() & Qt.ItemFlag.ItemIsEnabled:
            self.setCurrentItem(item)
            self._pressed = event.position().toPoint(), item

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            item = self.itemAt(event.position().toPoint())
            if item is not None and item.flags() & Qt.ItemFlag.ItemIsEnabled:
                self.setCurrentItem(item)
            return
        start, item = self._pressed
        far = (event.position().toPoint() - start).manhattanLength()
        if self._label is not None or far >= QApplication.startDragDistance():
            self._carry(item.data(_OFFER), event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, label = self._pressed, self._label
        self._pressed = self._label = None
        if label is not None:
            label.deleteLater()
        if pressed is None:
            return
        offer = pressed[1].data(_OFFER)
        if label is not None:
            self.dropped.emit(offer, event.globalPosition().toPoint())
        elif self.itemAt(event.position().toPoint()) is pressed[1]:
            self.chosen.emit(offer)

    def _carry(self, offer: Offer, place: QPoint) -> None:
        """Show the name of what is dragged beside the mouse."""
        window = self.window()
        if self._label is None:
            self._label = QLabel(offer.title, window)
            self._label.setProperty("look", "dragged")
            self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._label.adjustSize()
            self._label.show()
        self._label.move(window.mapFromGlobal(place) + QPoint(12, 8))
        self._label.raise_()
        self.dragged.emit(offer, place)


class _Rows(QStyledItemDelegate):
    """Two lines: the name with where it belongs, and one sentence of help."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fonts = ThemeFonts()

    def paint(self, painter: QPainter, option, index: QModelIndex) -> None:
        offer: Offer = index.data(_OFFER)
        ink = Ink(self._theme.roles, self._theme.is_dark)
        place = QRectF(option.rect).adjusted(4, 1, -4, -1)
        usable = bool(option.state & QStyle.StateFlag.State_Enabled)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sides.each_its_way(painter)
        if usable and option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink.color("accent_soft"))
            painter.drawRoundedRect(place, 6, 6)
        role = offer.group.value if usable else "quiet"
        icon = QRectF(place.x() + 10, place.y() + 8, 16, 16)
        ink.icon(painter, offer.icon, role, sides.swapped(icon, place))
        self._paint_words(painter, offer, place, ink, usable=usable)
        painter.restore()

    def _paint_words(
        self, painter: QPainter, offer: Offer, place: QRectF, ink: Ink, *, usable: bool
    ) -> None:
        left, width = place.x() + 36, place.width() - 46
        title = one_line(offer.title, width, self._fonts.title)
        painter.setFont(style_font("title"))
        painter.setPen(ink.color("text" if usable else "quiet"))
        self._write(painter, title, QRectF(left, place.y() + 6, width, 19), place)
        painter.setFont(style_font("small"))
        painter.setPen(ink.color("quiet"))
        used = self._fonts.title(title) + 8
        trail = offer.trail if usable else _("{channels} only", channels=offer.only_in())
        beside = one_line(trail, max(0, width - used), self._fonts.small) if trail else ""
        rest = QRectF(left + used, place.y() + 7, width - used, 18)
        self._write(painter, beside, rest, place)
        help = one_line(offer.help, width, self._fonts.small)
        self._write(painter, help, QRectF(left, place.y() + 24, width, 18), place)

    def _write(self, painter: QPainter, words: str, at: QRectF, row: QRectF) -> None:
        one_line_high = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
        painter.drawText(sides.swapped(at, row), sides.start() | one_line_high, words)
