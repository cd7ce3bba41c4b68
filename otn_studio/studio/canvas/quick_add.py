"""What to add, at the place where it is to be: type to filter, Enter chooses, Esc leaves nothing."""

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget

from otn_studio.studio.canvas.floating import SHADOW, Floating
from otn_studio.studio.canvas.offer_list import ROW, OfferList
from otn_studio.studio.canvas.offers import Offer, matching
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _

WIDTH = 440 + 2 * SHADOW
ROWS_AT_MOST = 7
PADDING = 3


class QuickAdd(Floating):
    """``closed`` comes after every end, chosen or not."""

    chosen = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent, theme)
        self._offers: list[Offer] = []
        self._channel = ""
        self.setObjectName("quick_add")
        self.search = QLineEdit(self.body)
        self.search.setObjectName("quick_add_search")
        self.search.setAccessibleName(_("Search for what to add"))
        self.search.textChanged.connect(self._filter)
        self._heading = QLabel(self.body)
        self._heading.setProperty("look", "label")
        self._heading.setContentsMargins(8, 6, 8, 4)
        self._nothing = QLabel(_("Nothing is called that."), self.body)
        self._nothing.setProperty("look", "quiet")
        self._nothing.setContentsMargins(8, 4, 8, 6)
        self.list = OfferList(self.body, theme)
        self.list.chosen.connect(self._choose)
        self.list.dragged.connect(lambda *_: self.setVisible(True))
        layout = QVBoxLayout(self.body)
        layout.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        layout.setSpacing(4)
        for widget in (self._heading, self.search, self._nothing, self.list):
            layout.addWidget(widget)
        self.search.installEventFilter(self)
        self.setFixedWidth(WIDTH)
        self.hide()

    def open(self, place: QPoint, offers: list[Offer], channel: str, heading: str = "") -> None:
        """At a place of the parent. With a heading it is a short list, without a search."""
        self._offers, self._channel = offers, channel
        starts = any(offer.is_start for offer in offers)  # these come after nothing
        self.search.setPlaceholderText(
            _("What do you want to add?") if starts else _("What comes next?")
        )
        self._heading.setText(heading)
        self._heading.setVisible(bool(heading))
        self.search.setVisible(not heading)
        self.search.clear()
        self._filter("")
        self._put(place)
        self.show()
        self.raise_()
        (self.list if heading else self.search).setFocus(Qt.FocusReason.PopupFocusReason)
        QApplication.instance().installEventFilter(self)

    def close_again(self) -> None:
        """Esc, or a press elsewhere."""
        if self.isVisible():
            QApplication.instance().removeEventFilter(self)
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_again()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event) -> None:
        QApplication.instance().removeEventFilter(self)
        super().hideEvent(event)

    def eventFilter(self, watched, event) -> bool:
        if watched is self.search and event.type() == QEvent.Type.KeyPress:
            return self._press_in_search(event.key())
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            self._press_anywhere(watched)
        return False

    def _press_anywhere(self, pressed: QWidget) -> None:
        if pressed is not self and not self.isAncestorOf(pressed):
            self.close_again()

    def _press_in_search(self, key: int) -> bool:
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.list.step(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.list.choose_current()
        elif key == Qt.Key.Key_Escape:
            self.close_again()
        else:
            return False
        return True

    def _filter(self, typed: str) -> None:
        found = matching(self._offers, typed) if typed else self._offers
        self.list.show_offers(found, self._channel)
        self.list.setFixedHeight(min(ROWS_AT_MOST, len(found)) * ROW + 2)
        self._nothing.setVisible(not found)
        self.body.updateGeometry()  # hidden, it tells nobody by itself that it needs other room
        self.adjustSize()

    def _put(self, place: QPoint) -> None:
        """There, but wholly within the parent."""
        self.adjustSize()
        room = self.parentWidget().rect()
        x = max(0, min(place.x(), room.width() - self.width()))
        y = max(0, min(place.y(), room.height() - self.height()))
        self.move(x, y)

    def _choose(self, offer: Offer) -> None:
        self.chosen.emit(offer)
        self.close_again()
