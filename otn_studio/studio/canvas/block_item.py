"""A block on the canvas: one item, drawn in three levels of detail."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem

from otn_studio.blocks.block import Role
from otn_studio.blocks.finding import Severity
from otn_studio.studio.canvas import geometry
from otn_studio.studio.canvas.geometry import CARD_PADDING, HEAD, LINE, PADDING, WIDTH, Row, Shape
from otn_studio.studio.canvas.look import Look
from otn_studio.studio.theme import icons
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.theme.type import LABEL, SMALL, TEXT, font
from otn_studio.studio.words import _

READABLE = 0.45
"""Below this zoom no text can be read, so none is drawn."""
RADIUS = 10.0
MARGIN = 12.0
BAND = 3.0


class BlockItem(QGraphicsItem):
    """Shows a look; the scene puts it in place."""

    def __init__(self, id: str, look: Look, connected: frozenset[str], theme: Theme) -> None:
        super().__init__()
        self.id = id
        self._theme = theme
        self.look: Look = look
        self.shape_of_block: Shape = geometry.shape_of(look)
        self.connected = connected
        self.severity: Severity | None = None
        self.chosen = False
        self.setZValue(1)

    def show(self, look: Look, connected: frozenset[str]) -> None:
        """Take on a look."""
        if look != self.look:
            self.prepareGeometryChange()
            self.look, self.shape_of_block = look, geometry.shape_of(look)
        self.connected = connected
        self.update()

    def mark(self, *, chosen: bool, severity: Severity | None) -> None:
        if (chosen, severity) != (self.chosen, self.severity):
            self.chosen, self.severity = chosen, severity
            self.setZValue(2 if chosen else 1)
            self.update()

    @property
    def rect(self) -> QRectF:
        """The block itself, without what reaches over its edge."""
        return self.shape_of_block.rect

    def boundingRect(self) -> QRectF:
        return self.rect.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        path.addRect(self.rect)
        return path

    def way_at(self, place: QPointF, reach: float) -> str | None:
        """The port of the way out that is nearest to a place of the canvas, if it is near."""
        away = {
            way.port: (self.place_of_way(way.port) - place).manhattanLength()
            for way in self.look.ways
        }
        nearest = min(away, key=lambda port: away[port], default=None)
        return nearest if nearest is not None and away[nearest] <= reach else None

    def place_of_way(self, port: str) -> QPointF:
        index = next((i for i, way in enumerate(self.look.ways) if way.port == port), None)
        if index is None:
            return self.pos() + QPointF(WIDTH, self.rect.height() / 2)
        return geometry.way_out(self.pos(), self.shape_of_block, index)

    def paint(self, painter: QPainter, option, widget=None) -> None:
        zoom = QStyleOptionGraphicsItem.levelOfDetailFromTransform(painter.worldTransform())
        self._paint_body(painter)
        if zoom >= READABLE:
            self._paint_words(painter)
        if self.severity is not None:
            self._paint_badge(painter)

    def _paint_body(self, painter: QPainter) -> None:
        roles = self._theme.roles
        edge = QPen(roles.color("accent" if self.chosen else "hairline"), 2 if self.chosen else 1)
        painter.setPen(edge)
        painter.setBrush(roles.color("raised"))
        painter.drawRoundedRect(self.rect, RADIUS, RADIUS)
        band = QRectF(0, RADIUS, BAND, self.rect.height() - 2 * RADIUS)
        painter.fillRect(band, roles.group(self.look.group))

    def _paint_words(self, painter: QPainter) -> None:
        roles, look = self._theme.roles, self.look
        color = getattr(roles, look.group.value)
        icons.paint(painter, look.icon, color, QRectF(PADDING, 11, 16, 16))
        painter.setPen(roles.color("text"))
        painter.setFont(font(TEXT, strong=True))
        painter.drawText(QPointF(PADDING + 24, 24), geometry.title_line(look.title))
        for row in self.shape_of_block.rows:
            if row.card is None:
                self._paint_lines(painter, row, PADDING, row.top, strong=False)
            else:
                self._paint_card(painter, row)
        self._paint_ways(painter)

    def _paint_lines(
        self, painter: QPainter, row: Row, left: float, top: float, *, strong: bool
    ) -> None:
        painter.setPen(self._theme.roles.color("text"))
        painter.setFont(font(LABEL, strong=strong))
        for index, line in enumerate(row.lines):
            painter.drawText(QPointF(left, top + index * LINE + 12), line)

    def _paint_card(self, painter: QPainter, row: Row) -> None:
        assert row.card is not None
        roles = self._theme.roles
        frame = QRectF(PADDING, row.top, WIDTH - 2 * PADDING, row.height)
        painter.setPen(QPen(roles.color("hairline"), 1))
        painter.setBrush(roles.color("raised"))
        painter.drawRoundedRect(frame, 8, 8)
        left = frame.left() + CARD_PADDING
        self._paint_lines(painter, row, left, row.top + CARD_PADDING, strong=True)
        top = row.top + CARD_PADDING + len(row.lines) * LINE + 6
        self._paint_topic(painter, row.card.topic or _("No topic yet"), QPointF(left, top))
        button = QRectF(left, top + geometry.CHIP + 8, frame.width() - 2 * CARD_PADDING, 26)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(roles.color("canvas"))
        painter.drawRoundedRect(button, 6, 6)
        painter.setPen(roles.color("accent"))
        painter.setFont(font(LABEL, strong=True))
        painter.drawText(button, Qt.AlignmentFlag.AlignCenter, _("Notify me"))

    def _paint_topic(self, painter: QPainter, topic: str, at: QPointF) -> None:
        roles = self._theme.roles
        (line,) = geometry.wrapped(topic, 150, LABEL, 1) or ("",)
        painter.setFont(font(LABEL, strong=True))
        width = painter.fontMetrics().horizontalAdvance(line) + 28
        chip = QRectF(at.x(), at.y(), width, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(roles.color("permission_soft"))
        painter.drawRoundedRect(chip, 10, 10)
        painter.setBrush(roles.color("permission"))
        painter.drawEllipse(QPointF(at.x() + 11, at.y() + 10), 3, 3)
        painter.setPen(roles.color("permission"))
        painter.drawText(QPointF(at.x() + 19, at.y() + 14), line)

    def _paint_ways(self, painter: QPainter) -> None:
        roles = self._theme.roles
        for way, middle in zip(self.look.ways, self.shape_of_block.ways, strict=True):
            color = self._color_of(way.role)
            painter.setFont(font(SMALL, strong=way.role is Role.CHOICE))
            painter.setPen(color)
            label = QRectF(PADDING, middle - 10, WIDTH - 2 * PADDING, 20)
            (line,) = geometry.wrapped(way.label, label.width() - 8, SMALL, 1) or ("",)
            painter.drawText(
                label, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, line
            )
            self._paint_port(painter, QPointF(WIDTH, middle), color, way.port in self.connected)
        if self.look.has_way_in:
            self._paint_port(painter, QPointF(0, HEAD / 2 + 2), roles.color("quiet"), False)

    def _paint_port(self, painter: QPainter, at: QPointF, color: QColor, filled: bool) -> None:
        painter.setPen(QPen(color, 1.25))
        painter.setBrush(color if filled else self._theme.roles.color("raised"))
        painter.drawEllipse(at, geometry.PORT_RADIUS, geometry.PORT_RADIUS)

    def _color_of(self, role: Role) -> QColor:
        roles = self._theme.roles
        if role is Role.CHOICE:
            return roles.group(self.look.group)
        return roles.color("warning" if role is Role.RESCUE else "quiet")

    def _paint_badge(self, painter: QPainter) -> None:
        """A red triangle for an error, an amber diamond for a warning."""
        error = self.severity is Severity.ERROR
        x, y = WIDTH - 22, 19.0
        points = (
            [(x, y - 7), (x + 8, y + 6), (x - 8, y + 6)]
            if error
            else [(x, y - 7), (x + 7, y), (x, y + 7), (x - 7, y)]
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.roles.color("danger" if error else "warning"))
        painter.drawPolygon(QPolygonF([QPointF(*point) for point in points]))
        painter.setPen(QPen(self._theme.roles.color("raised"), 1.6))
        painter.drawLine(QPointF(x, y - 2.5), QPointF(x, y + 1.5))
        painter.drawPoint(QPointF(x, y + 4))
