"""The typing sign: three dots in a bubble that rise one after the other."""

from math import ceil, pi, sin

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtWidgets import QWidget

from otn_studio.studio.phone.bubbles import Dots
from otn_studio.studio.phone.measures import Measures
from otn_studio.studio.phone.part import Part, smooth
from otn_studio.studio.theme import motion, sides, type
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _

ROUND = 1_200
"""How long the dots take to rise once, in milliseconds."""
LATER = 0.15
"""How much later than the one before it a dot rises, in rounds."""
RISING = 0.5
"""For which share of a round a dot is away from its place."""


class DotsPart(Part):
    """Beside it stands how long it is, where that is known; so long it moves, and then rests."""

    def __init__(self, bubble: Dots, theme: Theme, page_name: str, parent: QWidget) -> None:
        super().__init__(bubble, theme, parent)
        self._long = _("{n} s", n=bubble.seconds) if bubble.seconds else ""
        said = _("{who} is typing", who=page_name)
        self.setAccessibleName(f"{said}, {self._long}" if self._long else said)
        self._motion = QVariantAnimation(self, startValue=0.0, endValue=1.0)
        self._motion.setLoopCount(ceil(bubble.seconds * 1_000 / ROUND) if bubble.seconds else -1)
        self._motion.valueChanged.connect(lambda _share: self.update())

    @property
    def moves(self) -> bool:
        return self._motion.state() is QVariantAnimation.State.Running

    def showEvent(self, event) -> None:
        if duration := motion.lasting(ROUND):
            self._motion.setDuration(duration)
            self._motion.start()

    def hideEvent(self, event) -> None:
        self._motion.stop()

    def fit(self, measures: Measures, width: int) -> QSize:
        self._measures = measures
        self._font = type.font(measures.small)
        self._high = round(measures.text * 1.38) + 2 * measures.rise
        return QSize(round(self._high * 1.6) + (48 if self._long else 0), self._high)

    def paintEvent(self, event) -> None:
        painter, high = smooth(self), self._high
        whole = QRectF(self.rect())
        bubble = sides.swapped(QRectF(0, 0, round(high * 1.6), high), whole)
        painter.setBrush(self.color("bubble"))
        painter.drawPath(self.corners(self._measures.corner).path(bubble))
        painter.setBrush(self.color("quiet"))
        side = high / 5
        for step in (-1, 0, 1):
            place = QPointF(step * side * 1.6, -self._risen(step + 1) * side * 0.8)
            painter.drawEllipse(bubble.center() + place, side / 2, side / 2)
        painter.setFont(self._font)
        painter.setPen(self.color("quiet"))
        beside = sides.swapped(QRectF(bubble.width() + 8, 0, 40, high), whole)
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter | sides.start(), self._long)

    def _risen(self, dot: int) -> float:
        """How high a dot is now, up to 1."""
        if not self.moves:
            return 0.0
        share = (self._motion.currentValue() - dot * LATER) / RISING
        return sin(share * pi) if 0 < share < 1 else 0.0
