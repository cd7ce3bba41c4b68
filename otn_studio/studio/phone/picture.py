"""A picture of the Page."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter
from PySide6.QtWidgets import QWidget

from otn_studio.studio.phone.bubbles import Picture
from otn_studio.studio.phone.measures import WIDTH, Measures
from otn_studio.studio.phone.part import Part, smooth
from otn_studio.studio.theme import icons, type
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _

ICON = 24
FRAME, TALLEST = 0.6, 1.4
"""How high the frame of a picture is, and how high a picture may be, in widths of it."""
SHARP = 2
"""For how many dots of the screen in each point a picture is read."""


class PicturePart(Part):
    """The picture, where it is a file here; else its frame with its address: nothing is fetched."""

    def __init__(self, bubble: Picture, theme: Theme, page_name: str, parent: QWidget) -> None:
        super().__init__(bubble, theme, parent)
        address = bubble.url or _("no address yet")
        self.setAccessibleName(_("{who}: a picture, {address}", who=page_name, address=address))
        self.setToolTip(bubble.url)
        self._picture = _read(bubble.file)

    def fit(self, measures: Measures, width: int) -> QSize:
        self._pad, self._corner = measures.pad, measures.corner
        self._font = type.font(measures.small)
        if self._picture is None:
            return QSize(width, round(width * FRAME))
        whole = self._picture.size()
        return whole.scaled(
            QSize(width, round(width * TALLEST)), Qt.AspectRatioMode.KeepAspectRatio
        )

    def paintEvent(self, event) -> None:
        painter = smooth(self)
        shape = self.corners(self._corner).path(QRectF(self.rect()))
        if self._picture is not None:
            painter.setClipPath(shape)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.rect(), self._picture)
            return
        painter.setBrush(self.color("bubble"))
        painter.drawPath(shape)
        quiet = self.color("quiet")
        middle = self.rect().center()
        place = QRectF(middle.x() - ICON / 2, middle.y() - ICON, ICON, ICON)
        icons.paint(painter, "image", quiet.name(), place)
        painter.setFont(self._font)
        painter.setPen(quiet)
        below = QRectF(self.rect()).adjusted(self._pad, middle.y() + 8, -self._pad, 0)
        address = self.bubble.url.removeprefix("https://") or _("Nothing to see yet")
        shown = painter.fontMetrics().elidedText(
            address, Qt.TextElideMode.ElideMiddle, int(below.width())
        )
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, shown)


def _read(file: str) -> QImage | None:
    """The picture in a file, no larger than it is ever shown; none where there is no such picture."""
    if not file:
        return None
    reader = QImageReader(file)
    reader.setAutoTransform(True)
    size = reader.size()
    most = QSize(WIDTH, WIDTH) * SHARP
    if size.isValid() and (size.width() > most.width() or size.height() > most.height()):
        reader.setScaledSize(size.scaled(most, Qt.AspectRatioMode.KeepAspectRatio))
    picture = reader.read()
    return None if picture.isNull() else picture
