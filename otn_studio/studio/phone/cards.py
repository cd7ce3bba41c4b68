"""What has something to tap below its words: buttons and the opt-in card."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from otn_studio.policy.calendar import Frequency
from otn_studio.studio.phone.bubbles import Bubble, Button, Buttons, Card, GoOn, OptIn
from otn_studio.studio.phone.laid_text import LaidText
from otn_studio.studio.phone.measures import Measures
from otn_studio.studio.phone.part import Part, outlined, ringed, smooth
from otn_studio.studio.phone.shapes import Corners
from otn_studio.studio.phone.tappable import Row
from otn_studio.studio.theme import icons, sides, type
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _

TEXT_GAP = 2
PICTURE = 24
WIDE = 1.91
"""How wide Messenger shows a picture on a card, in heights of it."""


class CardPart(Part):
    """A frame with texts, one below the other, and rows to tap at its foot.

    ``rings``: it shows by itself that it is being edited.
    """

    rings = False

    def __init__(self, bubble: Bubble, theme: Theme, parent: QWidget) -> None:
        super().__init__(bubble, theme, parent)
        self._rows: list[Row] = []

    def texts(self, measures: Measures, width: int) -> list[tuple[LaidText, str]]:
        """What stands in it, each with the role of its colour."""
        raise NotImplementedError

    def head(self, width: int) -> int:
        """How high what stands above the texts is."""
        return 0

    def tappables(self) -> Sequence[QWidget]:
        return self._rows

    def row_of(self, button: Button, live: bool) -> Row:
        """The row of one of its buttons."""
        title = button.title if button.title.strip() else _("Button")
        row = Row(title, self._theme, self, live=live, icon=_icon(button))
        row.setToolTip(button.url or button.phone)
        row.clicked.connect(lambda: self.tapped.emit(button.title, button.reply or button.title))
        return row

    def fit(self, measures: Measures, width: int) -> QSize:
        self._corners = self.corners(measures.corner)
        self._head = self.head(width)
        self._inset = QPointF(measures.pad, self._head + measures.rise + 2)
        self._texts = self.texts(measures, width - 2 * measures.pad)
        words = sum(laid.size.height() + TEXT_GAP for laid, _role in self._texts) - TEXT_GAP
        down = self._head + words + 2 * (measures.rise + 2)
        for row in self._rows:
            is_last = row is self._rows[-1]
            high = row.fit_row(measures, self._corners.below() if is_last else Corners.all(0))
            row.setGeometry(0, down, width, high)
            down += high
        return QSize(width, down)

    def paintEvent(self, event) -> None:
        painter, whole = smooth(self), QRectF(self.rect())
        outlined(painter, whole, self._corners, self.color("raised"), self.color("hairline"))
        if self._head:
            self._paint_picture(painter)
        at = QPointF(self._inset)
        for laid, role in self._texts:
            place = sides.swapped(QRectF(at, laid.size.toSizeF()), whole)
            laid.paint(painter, place.topLeft(), self.color(role))
            at.setY(at.y() + laid.size.height() + TEXT_GAP)
        if self.rings:
            ringed(painter, whole, self._corners, -1, self.color("accent"))

    def _paint_picture(self, painter: QPainter) -> None:
        """Its frame: nothing is fetched."""
        place = QRectF(1, 1, self.width() - 2, self._head)
        painter.setPen(Qt.PenStyle.NoPen)
        shape = self._corners.above().grown(-1).path(place)
        painter.fillPath(shape, self.color("bubble"))
        middle = place.center()
        mark = QRectF(middle.x() - PICTURE / 2, middle.y() - PICTURE / 2, PICTURE, PICTURE)
        icons.paint(painter, "image", self.color("quiet").name(), mark)


class ButtonsPart(CardPart):
    """A text with its buttons stacked under it."""

    def __init__(
        self, bubble: Buttons, theme: Theme, page_name: str, parent: QWidget, *, live: bool
    ) -> None:
        super().__init__(bubble, theme, parent)
        self.setAccessibleName(_("{who}: {text}", who=page_name, text=bubble.text))
        self._rows = [self.row_of(button, live) for button in bubble.buttons]

    def texts(self, measures: Measures, width: int) -> list[tuple[LaidText, str]]:
        text = self.bubble.text
        shown, role = (text, "text") if text.strip() else (_("Nothing to read yet"), "quiet")
        return [(LaidText(shown, type.font(measures.text), width), role)]


class PageCardPart(CardPart):
    """A card with whatever the Page has put on it, alone or as one of several."""

    def __init__(
        self, bubble: Card, theme: Theme, page_name: str, parent: QWidget, *, live: bool
    ) -> None:
        super().__init__(bubble, theme, parent)
        said = ". ".join(text for text in (bubble.title, bubble.subtitle) if text.strip())
        self.setAccessibleName(_("{who}: {text}", who=page_name, text=said))
        self._rows = [self.row_of(button, live) for button in bubble.buttons]

    def head(self, width: int) -> int:
        return round(width / WIDE) if self.bubble.picture else 0

    def texts(self, measures: Measures, width: int) -> list[tuple[LaidText, str]]:
        title, words = self.bubble.title, self.bubble.subtitle
        shown, role = (title, "text") if title.strip() else (_("Nothing to read yet"), "quiet")
        laid = [(LaidText(shown, type.font(measures.text, strong=True), width), role)]
        if words.strip():
            laid.append((LaidText(words, type.font(measures.small), width), "quiet"))
        return laid

    def stretch(self, high: int) -> None:
        """As high as its neighbours, with its buttons at its foot."""
        down = high - (self._rows[-1].geometry().bottom() + 1 if self._rows else high)
        for row in self._rows:
            row.move(0, row.y() + down)


class GoOnPart(CardPart):
    """Messenger asks, not the Page, whether a topic shall go on."""

    def __init__(
        self, bubble: GoOn, theme: Theme, page_name: str, parent: QWidget, *, live: bool
    ) -> None:
        super().__init__(bubble, theme, parent)
        self._note = _("Messenger asks whether {page} may go on with this.", page=page_name)
        self.setAccessibleName(f"{bubble.title}. {self._note}")
        title = _("It goes on") if bubble.tapped else bubble.button
        row = Row(title, theme, self, live=live, icon="check" if bubble.tapped else "")
        row.setObjectName(f"go_on.{bubble.index}")
        row.setEnabled(not bubble.tapped)
        row.clicked.connect(lambda: self.go_on_tapped.emit(bubble.index))
        self._rows = [row]

    def texts(self, measures: Measures, width: int) -> list[tuple[LaidText, str]]:
        return [
            (LaidText(self.bubble.title, type.font(measures.text, strong=True), width), "text"),
            (LaidText(self._note, type.font(measures.small), width), "quiet"),
        ]


class OptInPart(CardPart):
    """The card that asks for permission, with *Notify Me* in full width."""

    def __init__(
        self, bubble: OptIn, theme: Theme, page_name: str, parent: QWidget, *, live: bool
    ) -> None:
        super().__init__(bubble, theme, parent)
        self._note = _note(bubble, page_name)
        asks = _("{who} asks for permission: {text}", who=page_name, text=bubble.title)
        self.setAccessibleName(f"{asks}. {self._note}")
        self._rows = [self._row(live)]

    def head(self, width: int) -> int:
        """A picture lies across the card, in one of the two shapes that Messenger has for it."""
        if not self.bubble.picture:
            return 0
        return width if self.bubble.square else round(width / WIDE)

    def texts(self, measures: Measures, width: int) -> list[tuple[LaidText, str]]:
        title = self.bubble.title
        shown, role = (title, "text") if title.strip() else (_("Nothing to read yet"), "quiet")
        return [
            (LaidText(shown, type.font(measures.text, strong=True), width), role),
            (LaidText(self._note, type.font(measures.small), width), "quiet"),
        ]

    def _row(self, live: bool) -> Row:
        bubble = self.bubble
        title = _("You will be notified") if bubble.tapped else bubble.button or _("Notify Me")
        icon = "check" if bubble.tapped else ""
        row = Row(title, self._theme, self, live=live, icon=icon)
        row.setObjectName(f"notify_me.{bubble.index}")
        row.setEnabled(not bubble.tapped)
        row.clicked.connect(lambda: self.notify_me_tapped.emit(bubble.index))
        return row


def _note(bubble: OptIn, page: str) -> str:
    """What the person lets the Page do."""
    match bubble.often:
        case Frequency.DAILY:
            return _("{page} can send you one message a day about this.", page=page)
        case Frequency.WEEKLY:
            return _("{page} can send you one message a week about this.", page=page)
        case Frequency.MONTHLY:
            return _("{page} can send you one message a month about this.", page=page)
    if bubble.lasting:
        return _("{page} can send you messages about this until you stop them.", page=page)
    return _("{page} can send you one message about this.", page=page)


def _icon(button: Button) -> str:
    return "link" if button.url else "phone" if button.phone else ""
