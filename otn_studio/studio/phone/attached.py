"""Videos, sounds and files: how each looks on a phone, without being played or fetched."""

from math import sin

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPolygonF
from PySide6.QtWidgets import QWidget

from otn_studio.blocks.words import Words
from otn_studio.policy.media import Medium
from otn_studio.studio.phone.bubbles import Attached
from otn_studio.studio.phone.measures import Measures
from otn_studio.studio.phone.part import Part, smooth
from otn_studio.studio.theme import icons, sides, type
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _, shown

FRAME = 0.58
"""How high a video is, in widths of it."""
PLAY, SMALL_PLAY, ICON = 48, 28, 18
WIDEST = 232
BAR, BETWEEN = 3, 3
NAMES = {
    Medium.VIDEO: Words("Video"),
    Medium.AUDIO: Words("Audio"),
    Medium.FILE: Words("File"),
}


class AttachedPart(Part):
    """What it looks like follows from what it is."""

    def __init__(self, bubble: Attached, theme: Theme, page_name: str, parent: QWidget) -> None:
        super().__init__(bubble, theme, parent)
        what = shown(NAMES[bubble.medium])
        self._name = bubble.url.rstrip("/").rpartition("/")[2] or _("Nothing chosen yet")
        self.setAccessibleName(f"{page_name}: {what}, {self._name}")
        self.setToolTip(bubble.url)

    def fit(self, measures: Measures, width: int) -> QSize:
        self._measures = measures
        if self.bubble.medium is Medium.VIDEO:
            return QSize(width, round(width * FRAME))
        high = SMALL_PLAY + 2 * measures.rise + (8 if self.bubble.medium is Medium.FILE else 0)
        return QSize(min(width, WIDEST), high)

    def paintEvent(self, event) -> None:
        painter, place = smooth(self), QRectF(self.rect())
        painter.setBrush(self.color("bubble"))
        painter.drawPath(self.corners(self._measures.corner).path(place))
        paint = {
            Medium.VIDEO: self._paint_video,
            Medium.AUDIO: self._paint_audio,
            Medium.FILE: self._paint_file,
        }
        paint[self.bubble.medium](painter, place)

    def _paint_video(self, painter: QPainter, place: QRectF) -> None:
        self._paint_play(painter, place.center(), PLAY)
        below = place.adjusted(self._measures.pad, 0, -self._measures.pad, -self._measures.rise)
        self._write(painter, below, self._name, Qt.AlignmentFlag.AlignBottom, "quiet")

    def _paint_audio(self, painter: QPainter, place: QRectF) -> None:
        """A sound has no picture: its bars only say that it is one."""
        left = self._measures.rise + SMALL_PLAY / 2
        self._paint_play(painter, QPointF(left, place.center().y()), SMALL_PLAY)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.color("quiet"))
        across, end = left + SMALL_PLAY / 2 + 8, place.right() - self._measures.pad
        while across + BAR <= end:
            high = 4 + 12 * abs(sin(across * 0.31) * sin(across * 0.083 + 1))
            bar = QRectF(across, place.center().y() - high / 2, BAR, high)
            painter.drawRoundedRect(bar, BAR / 2, BAR / 2)
            across += BAR + BETWEEN

    def _paint_file(self, painter: QPainter, place: QRectF) -> None:
        side = SMALL_PLAY + 4
        left, middle = self._measures.pad, place.center().y()
        disc = sides.swapped(QRectF(left, middle - side / 2, side, side), place)
        painter.setBrush(self.color("raised"))
        painter.drawEllipse(disc)
        mark = QRectF(0, 0, ICON, ICON)
        mark.moveCenter(disc.center())
        icons.paint(painter, "paperclip", self.color("text").name(), mark)
        words = place.adjusted(left + side + 10, 0, -self._measures.pad, 0)
        words = sides.swapped(words, place)
        above = QRectF(words.left(), middle - 18, words.width(), 18)
        below = QRectF(words.left(), middle, words.width(), 18)
        centre = Qt.AlignmentFlag.AlignVCenter
        self._write(painter, above, self._name, centre, "text", strong=True)
        self._write(painter, below, shown(NAMES[Medium.FILE]), centre, "quiet")

    def _paint_play(self, painter: QPainter, middle: QPointF, side: int) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.color("raised"))
        painter.drawEllipse(middle, side / 2, side / 2)
        reach = side * 0.2
        triangle = [(-reach * 0.7, -reach), (reach * 1.1, 0), (-reach * 0.7, reach)]
        painter.setBrush(self.color("text"))
        painter.drawPolygon(QPolygonF([middle + QPointF(x, y) for x, y in triangle]))

    def _write(
        self,
        painter: QPainter,
        place: QRectF,
        text: str,
        down: Qt.AlignmentFlag,
        role: str,
        *,
        strong: bool = False,
    ) -> None:
        painter.setFont(type.font(self._measures.small, strong=strong))
        painter.setPen(self.color(role))
        middle = Qt.TextElideMode.ElideMiddle
        cut = painter.fontMetrics().elidedText(text, middle, int(place.width()))
        across = (
            Qt.AlignmentFlag.AlignHCenter if self.bubble.medium is Medium.VIDEO else sides.start()
        )
        painter.drawText(place, across | down, cut)
