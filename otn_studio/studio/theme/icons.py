"""Icons of one family, in any colour and sharp at any scale."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from otn_studio import shipped
from otn_studio.studio.theme import sides

_DRAWN = 'stroke-width="2"'
STROKE = 1.75
_DIRECTED = {"chevron-left", "chevron-right", "redo-2", "send", "undo-2"}
"""They point along the line, and the other way where one reads from right to left."""


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
    """Wherever it belongs to the program's furniture; the canvas draws its icons as they are."""
    drawing = renderer(name, color, stroke)
    if name not in _DIRECTED or not sides.are_swapped():
        drawing.render(painter, place)
        return
    painter.save()
    painter.translate(2 * place.center().x(), 0)
    painter.scale(-1, 1)
    drawing.render(painter, place)
    painter.restore()


class _Engine(QIconEngine):
    """Draws the icon anew for every size, so that it is never scaled."""

    def __init__(self, name: str, color: str, fades: bool) -> None:
        super().__init__()
        self._fades = fades
        self._name = name
        self._color = color

    def paint(self, painter, rect, mode, state) -> None:
        """A place that is wider than high leaves a gap towards a button's words."""
        painter.setOpacity(0.4 if self._fades and mode == QIcon.Mode.Disabled else 1.0)
        side = min(rect.width(), rect.height())
        left = rect.x() + rect.width() - side if sides.are_swapped() else rect.x()
        paint(painter, self._name, self._color, QRectF(left, rect.y(), side, side))

    def pixmap(self, size: QSize, mode, state) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, made.rect(), mode, state)
        painter.end()
        return made

    def clone(self) -> "_Engine":
        return _Engine(self._name, self._color, self._fades)


def icon(name: str, color: str = "#000000", *, fades: bool = True) -> QIcon:
    """``fades``: it pales where its button can't be pressed, unless it tells something even so."""
    return QIcon(_Engine(name, color, fades))
