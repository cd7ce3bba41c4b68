"""A row that scrolls where it is too long, with what leads on at its ends."""

from collections.abc import Sequence

from PySide6.QtCore import QEasingCurve, QEvent, QPropertyAnimation, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QWidget

from otn_studio.studio.phone.bubbles import Bubble
from otn_studio.studio.phone.dragging import Dragging
from otn_studio.studio.phone.part import Part, outlined, smooth
from otn_studio.studio.phone.shapes import Corners
from otn_studio.studio.theme import icons, motion, sides
from otn_studio.studio.theme.theme import Theme

GAP = 8
ICON = 16
ROUND = 28
FADES_TO = 48
"""Up to so high a row fades out where it goes on; of a higher one the next thing is seen anyway."""
MILLISECONDS = 160
REACH = 0.75
"""How far one press on an end goes, in widths of the row."""


class ScrollingRow(Part):
    """It scrolls by its ends, as a finger drags it, by the wheel's sideways turn, and to the focus.

    ``back`` and ``on`` are the words of its ends.
    """

    fills = True
    rests_at_things = False
    """Whether it comes to rest only where one of its things stands in the first one's place."""

    def __init__(
        self, bubble: Bubble, theme: Theme, parent: QWidget, name: str, back: str, on: str
    ) -> None:
        super().__init__(bubble, theme, parent)
        self._area = _area(self)
        self._ends = [
            _End(theme, self, f"{name}.back", back, forward=False),
            _End(theme, self, f"{name}.on", on, forward=True),
        ]
        bar = self._area.horizontalScrollBar()
        for end in self._ends:
            end.clicked.connect(end.go_on(bar, self._area))
        self._drag = Dragging(self._area, self.inside)
        self._drag.let_go.connect(self._come_to_rest)
        self._steps: Sequence[int] = ()
        self._glide = QPropertyAnimation(bar, b"value", self)
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        bar.valueChanged.connect(self._show_ends)
        bar.rangeChanged.connect(self._show_ends)

    @property
    def inside(self) -> QWidget:
        """What the things of the row stand in."""
        return self._area.widget()

    def place(
        self,
        things: Sequence[QWidget],
        sizes: Sequence[QSize],
        left: int,
        right: int,
        width: int,
        head: int = 0,
    ) -> QSize:
        """Put the things beside each other from ``left`` on, and leave ``right`` free after them.

        ``head``: so high are their pictures, on which the ends lie, so that they hide no words.
        """
        high = max((size.height() for size in sizes), default=0)
        across, places = left, []
        for size in sizes:
            places.append(QRect(across, 0, size.width(), high))
            across += size.width() + GAP
        self._steps = [place.x() - left for place in places]
        self._area.setGeometry(0, 0, width, high)
        self.inside.resize(max(across - GAP + right, width), high)
        for thing, place in zip(things, places, strict=True):
            thing.setGeometry(sides.swapped(place, self.inside.rect()))
        wide = high + 28 if high <= FADES_TO else ROUND + 12
        for end in self._ends:
            place = QRect(width - wide if end.forward else 0, 0, wide, head or high)
            end.setGeometry(sides.swapped(place, QRect(0, 0, width, high)))
            end.raise_()
        self._show_ends()
        return QSize(width, high)

    def follow(self, thing: QWidget) -> None:
        """Come to it when it has the focus, and let it be dragged by it."""
        thing.installEventFilter(self)
        self._drag.take(thing)

    def wheelEvent(self, event) -> None:
        """With Shift, the wheel of a mouse turns sideways."""
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            bar = self._area.horizontalScrollBar()
            bar.setValue(bar.value() - event.angleDelta().y())
        else:
            event.ignore()

    def eventFilter(self, watched, event) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self._area.ensureWidgetVisible(watched, 48, 0)
        return False

    def _come_to_rest(self) -> None:
        bar = self._area.horizontalScrollBar()
        if not self.rests_at_things:
            return
        rest = min((*self._steps, bar.maximum()), key=lambda step: abs(step - bar.value()))
        self._glide.setDuration(motion.lasting(MILLISECONDS))
        self._glide.setEndValue(rest)
        self._glide.start()

    def _show_ends(self) -> None:
        bar = self._area.horizontalScrollBar()
        back, on = self._ends
        back.setVisible(bar.value() > bar.minimum())
        on.setVisible(bar.value() < bar.maximum())


class _End(QAbstractButton):
    """Fades the row out where it goes on, and leads there."""

    def __init__(
        self, theme: Theme, parent: QWidget, name: str, words: str, *, forward: bool
    ) -> None:
        super().__init__(parent)
        self.forward = forward
        self._theme = theme
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def go_on(self, bar, area: QScrollArea):
        sign = 1 if self.forward else -1
        return lambda: bar.setValue(bar.value() + sign * round(area.width() * REACH))

    def paintEvent(self, event) -> None:
        painter = smooth(self)
        roles, place = self._theme.roles, QRectF(self.rect())
        if place.height() <= FADES_TO:
            self._paint_fade(painter, place)
        side = min(place.height(), ROUND)
        left = place.right() - side - 6 if self.forward else place.left() + 6
        round_ = QRectF(left, place.center().y() - side / 2, side, side)
        round_ = sides.swapped(round_, place)
        line = roles.color("accent" if self.underMouse() else "hairline")
        outlined(painter, round_, Corners.all(side / 2), roles.color("raised"), line)
        mark = QRectF(0, 0, ICON, ICON)
        mark.moveCenter(round_.center())
        icons.paint(painter, "chevron-right" if self.forward else "chevron-left", roles.quiet, mark)

    def _paint_fade(self, painter: QPainter, place: QRectF) -> None:
        ground = self._theme.roles.color("raised")
        clear = QColor(ground)
        clear.setAlpha(0)
        near, far = place.topLeft(), place.topRight()
        runs_on = self.forward != sides.are_swapped()
        fade = QLinearGradient(near, far) if runs_on else QLinearGradient(far, near)
        fade.setColorAt(0, clear)
        fade.setColorAt(0.5, ground)
        painter.fillRect(place, fade)


def _area(parent: QWidget) -> QScrollArea:
    area = QScrollArea(parent)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(QWidget())
    area.widget().setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)
    return area
