"""Colours, pens and icons to paint the canvas with, made once for each theme."""

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from otn_studio.studio.theme import icons
from otn_studio.studio.theme.roles import Roles

ICONS_KEPT = 400


class Ink:
    """Answers by a role's name."""

    def __init__(self, roles: Roles, is_dark: bool) -> None:
        self._roles = roles
        self._colors = {name: QColor(color) for name, color in vars(roles).items()}
        self._pens: dict[tuple[str, float], QPen] = {}
        self.shadows = () if is_dark else tuple(QColor(16, 20, 32, alpha) for alpha in (13, 9, 5))
        self.overview_line = _mixed(self.color("quiet"), self.color("canvas"), 0.45)

    def color(self, role: str) -> QColor:
        return self._colors[role]

    def strong(self, role: str) -> QColor:
        """For words on a ground that is tinted with the same colour."""
        return _mixed(self.color(role), self.color("text"), 0.6)

    def pen(self, role: str, width: float = 1.0) -> QPen:
        return self._pen(role, width, cosmetic=False)

    def round_pen(self, role: str, width: float) -> QPen:
        """For small signs: ends and corners are round."""
        pen = QPen(self.pen(role, width))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return pen

    def hairline(self, role: str, painter: QPainter) -> QPen:
        """One pixel at any zoom: by far the quickest to draw with. More only where pixels are tiny."""
        return self._pen(role, max(1.0, painter.device().devicePixelRatioF()), cosmetic=True)

    def icon(self, painter: QPainter, name: str, role: str, place: QRectF) -> None:
        scale = painter.worldTransform().m11()
        device = painter.device()
        size = max(4.0, place.width() * scale)
        pixels = round(size * device.devicePixelRatioF())
        made = _icon(name, getattr(self._roles, role), pixels, _stroke(size))
        painter.drawPixmap(place, made, QRectF())

    def dot(self, role: str, size: int = 12) -> QIcon:
        """A round patch of a colour, for menus."""
        pixels = 2 * size
        patch = QPixmap(pixels, pixels)
        patch.fill(Qt.GlobalColor.transparent)
        painter = QPainter(patch)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.color(role))
        painter.drawEllipse(patch.rect().adjusted(1, 1, -1, -1))
        painter.end()
        return QIcon(patch)

    def _pen(self, role: str, width: float, *, cosmetic: bool) -> QPen:
        key = (role, -width if cosmetic else width)
        if key not in self._pens:
            pen = QPen(self.color(role), width)
            pen.setCosmetic(cosmetic)
            self._pens[key] = pen
        return self._pens[key]


@lru_cache(maxsize=ICONS_KEPT)
def _icon(name: str, color: str, pixels: int, stroke: float) -> QPixmap:
    made = QPixmap(pixels, pixels)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    icons.renderer(name, color, stroke).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return made


def _stroke(size: float) -> float:
    """Lines thinner than a pixel look pale, so small icons have broader ones, in a few steps."""
    return min(3.0, max(icons.STROKE, round(27 / size * 4) / 4))


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    rest = 1 - share
    return QColor(
        round(one.red() * share + other.red() * rest),
        round(one.green() * share + other.green() * rest),
        round(one.blue() * share + other.blue() * rest),
    )
