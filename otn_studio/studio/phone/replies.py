"""Quick replies: one row that scrolls where it is too long, with what leads on at its ends."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QWidget

from otn_studio.studio.phone.bubbles import Replies
from otn_studio.studio.phone.measures import Measures
from otn_studio.studio.phone.part import Part, outlined, smooth
from otn_studio.studio.phone.tappable import Pill
from otn_studio.studio.theme import icons
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _

GAP = 8
ICON = 16
REACH = 0.75
"""How far one press on an end goes, in widths of the row."""


class RepliesPart(Part):
    """The row. It scrolls by its ends, by the wheel's sideways turn, and to what has the focus."""

    fills = True

    def __init__(
        self, bubble: Replies, theme: Theme, page_name: str, parent: QWidget, *, live: bool
    ) -> None:
        super().__init__(bubble, theme, parent)
        self.setAccessibleName(_("Quick replies: {titles}", titles=", ".join(bubble.titles)))
        self._area = _area(self)
        self._pills = [self._pill(title, live) for title in bubble.titles]
        self._ends = [_End(theme, self, forward=forward) for forward in (False, True)]
        bar = self._area.horizontalScrollBar()
        for end in self._ends:
            end.clicked.connect(end.go_on(bar, self._area))
        bar.valueChanged.connect(self._show_ends)
        bar.rangeChanged.connect(self._show_ends)

    def tappables(self) -> Sequence[QWidget]:
        return self._pills

    def fit(self, measures: Measures, width: int) -> QSize:
        sizes = [pill.fit_pill(measures) for pill in self._pills]
        high = max(size.height() for size in sizes)
        taken = sum(size.width() + GAP for size in sizes) - GAP
        across = max(measures.margin, width - measures.right - taken)
        for pill, size in zip(self._pills, sizes, strict=True):
            pill.setGeometry(across, 0, size.width(), high)
            across += size.width() + GAP
        self._area.setGeometry(0, 0, width, high)
        self._area.widget().resize(max(across - GAP + measures.right, width), high)
        for end in self._ends:
            end.setGeometry(width - end_width(high) if end.forward else 0, 0, end_width(high), high)
        self._show_ends()
        return QSize(width, high)

    def eventFilter(self, watched, event) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self._area.ensureWidgetVisible(watched, 48, 0)
        return False

    def _pill(self, title: str, live: bool) -> Pill:
        shown = title if title.strip() else _("Answer")
        pill = Pill(shown, self._theme, self._area.widget(), live=live)
        pill.clicked.connect(lambda: self.tapped.emit(title))
        pill.installEventFilter(self)
        return pill

    def _show_ends(self) -> None:
        bar = self._area.horizontalScrollBar()
        back, on = self._ends
        back.setVisible(bar.value() > bar.minimum())
        on.setVisible(bar.value() < bar.maximum())


class _End(QAbstractButton):
    """Fades the row out where it goes on, and leads there."""

    def __init__(self, theme: Theme, parent: QWidget, *, forward: bool) -> None:
        super().__init__(parent)
        self.forward = forward
        self._theme = theme
        words = _("More quick replies") if forward else _("Earlier quick replies")
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setObjectName("replies.on" if forward else "replies.back")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def go_on(self, bar, area: QScrollArea):
        sign = 1 if self.forward else -1
        return lambda: bar.setValue(bar.value() + sign * round(area.width() * REACH))

    def paintEvent(self, event) -> None:
        painter = smooth(self)
        roles, place = self._theme.roles, QRectF(self.rect())
        ground = roles.color("raised")
        clear = QColor(ground)
        clear.setAlpha(0)
        fade = QLinearGradient(place.topLeft(), place.topRight())
        fade.setColorAt(0, clear if self.forward else ground)
        fade.setColorAt(0.5, ground)
        fade.setColorAt(1, ground if self.forward else clear)
        painter.fillRect(place, fade)
        side = min(place.height(), 28)
        left = place.right() - side - 6 if self.forward else place.left() + 6
        round_ = QRectF(left, place.center().y() - side / 2, side, side)
        line = roles.color("accent" if self.underMouse() else "hairline")
        outlined(painter, round_, side / 2, ground, line)
        mark = QRectF(0, 0, ICON, ICON)
        mark.moveCenter(round_.center())
        icons.paint(painter, "chevron-right" if self.forward else "chevron-left", roles.quiet, mark)


def end_width(high: int) -> int:
    return high + 28


def _area(parent: QWidget) -> QScrollArea:
    area = QScrollArea(parent)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(QWidget())
    area.widget().setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)
    return area
