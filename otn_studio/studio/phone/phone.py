"""A phone on the screen: its outline, the Page's name, and a conversation that scrolls."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QScrollArea, QSizePolicy, QWidget

from otn_studio.studio.phone.bubbles import Bubble, Line
from otn_studio.studio.phone.conversation import Conversation
from otn_studio.studio.phone.fade import Fade
from otn_studio.studio.phone.initial import paint_initial
from otn_studio.studio.phone.measures import BAR, BESIDE, HEIGHT, NARROWEST, WIDTH, Measures
from otn_studio.studio.phone.part import Part, outlined, smooth
from otn_studio.studio.phone.reach import with_reach
from otn_studio.studio.phone.shapes import Corners
from otn_studio.studio.theme import sides, type
from otn_studio.studio.theme.theme import Theme

HEAD = 48
HEAD_FROM = 460
"""A phone that is lower has no head: the room is the conversation's."""
EDGE = 2
LOWEST = 240
FADE = 24
NEAR = 4


class Phone(QWidget):
    """Shows bubbles. ``live``: what looks as if it can be tapped can be."""

    tapped = Signal(str, str)
    """A button or a quick reply, by its title and by what tells it from others."""
    notify_me_tapped = Signal(int)
    """The button of an opt-in card, by the card's number in the conversation."""
    go_on_tapped = Signal(int)
    """The button with which Messenger asks whether a topic shall go on, likewise."""

    def __init__(self, theme: Theme, page_name: str, *, live: bool = True) -> None:
        super().__init__()
        self._theme = theme
        self._page_name = page_name
        self._live = live
        self._foot: QWidget | None = None
        self._first: int | None = None
        self.setAccessibleName(page_name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(NARROWEST, LOWEST)
        self._conversation = Conversation(theme, page_name, live=live)
        self._conversation.tapped.connect(self.tapped)
        self._conversation.notify_me_tapped.connect(self.notify_me_tapped)
        self._conversation.go_on_tapped.connect(self.go_on_tapped)
        self._area = _area(self, self._conversation)
        self._fades = [Fade(theme, self._area, at_top=at_top) for at_top in (True, False)]
        self._calm = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._calm.setProperty("look", "quiet")
        self._calm.setObjectName("phone.calm")
        theme.changed.connect(self.update)

    @property
    def parts(self) -> Sequence[Part]:
        """What it shows, from top to bottom."""
        return self._conversation.parts

    @property
    def calm(self) -> str:
        """The line that stands in place of bubbles; empty where there are some."""
        return self._calm.text()

    def show_bubbles(
        self,
        bubbles: Sequence[Bubble],
        calm: str = "",
        *,
        follow: bool = False,
        first: int = 0,
    ) -> None:
        """Show these in place of those before, ``calm`` where there are none.

        With ``follow`` the end stays in view as the conversation grows; without, what is highlighted
        is brought into view, else the bubble that matters ``first``.
        """
        bar = self._area.verticalScrollBar()
        was_at_end = bar.value() >= bar.maximum() - NEAR
        self._conversation.show_bubbles(with_reach(bubbles) if self._live else bubbles)
        self._calm.setText("" if bubbles else calm)
        self._first = None if follow else first
        self._lay_out()
        if follow and was_at_end:
            bar.setValue(bar.maximum())
        self._reveal()

    def go_to_end(self) -> None:
        """Bring what came last into view."""
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.maximum())

    def set_foot(self, foot: QWidget) -> None:
        """Put something below the conversation, within the outline: where a person writes."""
        self._foot = foot
        foot.setParent(self)
        self._lay_out()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, HEIGHT)

    def resizeEvent(self, event) -> None:
        self.setMaximumHeight(_height(min(self.width(), WIDTH)))
        bar = self._area.verticalScrollBar()
        was_at_end = bar.maximum() > 0 and bar.value() == bar.maximum()
        self._lay_out()
        if was_at_end:
            bar.setValue(bar.maximum())
        self._reveal()

    def showEvent(self, event) -> None:
        """Only now does the scroll area know its own size."""
        super().showEvent(event)
        self._reveal()

    def paintEvent(self, event) -> None:
        painter = smooth(self)
        place, measures = self._outline(), self._measures()
        roles = self._theme.roles
        ground, line = roles.color("raised"), roles.color("hairline")
        outlined(painter, QRectF(place), Corners.all(measures.outline), ground, line)
        if self._has_head(place):
            self._paint_head(painter, place, measures)
        if self._foot is not None:
            top = self._foot.y()
            painter.fillRect(QRectF(place.left() + 1, top - 1, place.width() - 2, 1), line)

    def _paint_head(self, painter: QPainter, place: QRect, measures: Measures) -> None:
        roles = self._theme.roles
        side = measures.picture
        font = type.font(type.TEXT if measures.text > type.LABEL else type.LABEL, strong=True)
        painter.setFont(font)
        room = place.width() - 2 * measures.outline - side - 8
        name = painter.fontMetrics().elidedText(
            self._page_name, Qt.TextElideMode.ElideRight, int(room)
        )
        taken = painter.fontMetrics().horizontalAdvance(name) + side + 8
        left = place.left() + (place.width() - taken) / 2
        middle = place.top() + EDGE + HEAD / 2
        within = QRectF(place)
        initial = QRectF(left, middle - side / 2, side, side)
        paint_initial(painter, sides.swapped(initial, within), self._page_name, self._theme)
        painter.setFont(font)
        painter.setPen(roles.color("text"))
        words = QRectF(left + side + 8, middle - HEAD / 2, taken, HEAD)
        side_ = Qt.AlignmentFlag.AlignVCenter | sides.start()
        painter.drawText(sides.swapped(words, within), side_, name)
        below = QRectF(place.left() + 1, place.top() + EDGE + HEAD, place.width() - 2, 1)
        painter.fillRect(below, roles.color("hairline"))

    def _outline(self) -> QRect:
        """Where the device stands: in its proportions, shorter where there is less height."""
        width = min(self.width(), WIDTH)
        height = min(self.height(), _height(width))
        return QRect((self.width() - width) // 2, 0, width, height)

    def _has_head(self, place: QRect) -> bool:
        return place.height() >= HEAD_FROM

    def _measures(self) -> Measures:
        return Measures.at(self._outline().width())

    def _lay_out(self) -> None:
        place, measures = self._outline(), self._measures()
        head = (
            HEAD + 1
            if self._has_head(place)
            else round(measures.outline / 2) - measures.margin // 2
        )
        inside = place.adjusted(EDGE, EDGE + head, -EDGE, -EDGE)
        inside.setBottom(inside.bottom() - self._lay_foot(inside, measures))
        inside.setRight(inside.right() - BESIDE)
        inside = sides.swapped(inside, place)
        self._area.setGeometry(inside)
        self._lay_fades(place, measures)
        self._conversation.lay_out(measures, inside.width() - BAR)
        self._calm.setGeometry(inside.adjusted(measures.margin * 2, 0, -measures.margin * 2, 0))
        self._calm.setVisible(bool(self._calm.text()))
        self.update()

    def _lay_fades(self, place: QRect, measures: Measures) -> None:
        """Within the round corners; at the top only where no head ends the conversation."""
        left, inside = round(measures.outline / 4), self._area.rect()
        high = 0 if self._has_head(place) else FADE // 2
        wide = inside.width() - BAR - left
        lower = QRect(left, inside.height() - FADE, wide, FADE)
        self._fades[0].setGeometry(sides.swapped(QRect(left, 0, wide, high), inside))
        self._fades[1].setGeometry(sides.swapped(lower, inside))

    def _lay_foot(self, inside: QRect, measures: Measures) -> int:
        """How much of the height is not the conversation's."""
        if self._foot is None:
            return round(measures.outline / 2)
        high = self._foot.sizeHint().height()
        self._foot.setGeometry(inside.left(), inside.bottom() + 1 - high, inside.width(), high)
        return high + 1

    def _reveal(self) -> None:
        if self._first is None or not self.parts:
            return
        lit = next((n for n, part in enumerate(self.parts) if part.bubble.highlighted), None)
        meant = self._first if lit is None else lit
        bar = self._area.verticalScrollBar()
        if all(isinstance(part.bubble, Line) for part in self.parts[:meant]):
            bar.setValue(0)  # with the time above it, whole
        elif lit is not None:
            self._area.ensureWidgetVisible(self.parts[lit], 0, FADE + NEAR)
        else:
            bar.setValue(self.parts[meant].y() - self._measures().margin)


def _height(width: int) -> int:
    return round(width * HEIGHT / WIDTH)


def _area(parent: QWidget, conversation: Conversation) -> QScrollArea:
    area = QScrollArea(parent)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setViewport(QWidget())  # shows what is behind it
    area.setWidget(conversation)
    conversation.setAutoFillBackground(False)
    area.setProperty("look", "phone")
    return area
