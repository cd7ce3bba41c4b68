"""Icons of one family, in any colour and sharp at any scale."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from otn_studio import shipped

_DRAWN = 'stroke-width="2"'
STROKE = 1.75


@lru_cache(maxsize=512)
def renderer(name: str, color: str, stroke: float = STROKE) -> QSvgRenderer:
    """The drawing of an icon in a colour (``#RRGGBB``), to paint wherever a painter is.

    Raises:
        OSError: there is no icon of that name.
    """
    svg = shipped.path(f"resources/icons/{name}.svg").read_text(encoding="utf-8")
    svg = svg.replace("currentColor", color).replace(_DRAWN, f'stroke-width="{stroke}"')
    return QSvgRenderer(QByteArray(svg.encode()))


def paint(painter: QPainter, name: str, color: str, place: QRectF, stroke: float = STROKE) -> None:
    renderer(name, color, stroke).render(painter, place)


class _Engine(QIconEngine):
    """Draws the icon anew for every size, so that it is never scaled."""

    def __init__(self, name: str, color: str) -> None:
        super().__init__()
        self._name = name
        self._color = color

    def paint(self, painter, rect, mode, state) -> None:
        """A place that is wider than high leaves a gap at the right, before a button's words."""
        painter.setOpacity(0.4 if mode == QIcon.Mode.Disabled else 1.0)
        side = min(rect.width(), rect.height())
        paint(painter, self._name, self._color, QRectF(rect.x(), rect.y(), side, side))

    def pixmap(self, size: QSize, mode, state) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, made.rect(), mode, state)
        painter.end()
        return made

    def clone(self) -> "_Engine":
        return _Engine(self._name, self._color)


def icon(name: str, color: str = "#000000") -> QIcon:
    return QIcon(_Engine(name, color))
