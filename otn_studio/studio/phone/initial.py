"""The picture of somebody who has none."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from otn_studio.studio.theme import type
from otn_studio.studio.theme.theme import Theme


def paint_initial(painter: QPainter, place: QRectF, name: str, theme: Theme) -> None:
    """A round with their initial."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.roles.color("accent_soft"))
    painter.drawEllipse(place)
    font = type.font(strong=True)
    font.setPixelSize(round(place.height() * 0.46))
    painter.setFont(font)
    painter.setPen(theme.roles.color("accent"))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, name.strip()[:1].upper() or "·")
