"""Painting a block from its shape: in full, and as a signpost that can be read from afar."""

from collections.abc import Collection

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from otn_studio.blocks.finding import Severity
from otn_studio.studio.canvas.face import Face
from otn_studio.studio.canvas.fonts import style_font
from otn_studio.studio.canvas.ink import Ink
from otn_studio.studio.canvas.marks import ChipAt, FrameAt, IconAt, Mark, TextAt
from otn_studio.studio.canvas.shape import MIDDLE_OF_HEAD, PADDING, WIDTH, Shape, role_of
from otn_studio.studio.canvas.sign import RAIL, enlarged
from otn_studio.studio.problems.signs import SIGNS
from otn_studio.studio.theme import sides

RADIUS = 10.0
BAND = 3.0
_DOT_IN = 11.5
PORT_RADIUS = 5.5
MARGIN = 12.0
"""How far ring, shadow and ports reach over a block's edge."""
_CENTER = Qt.AlignmentFlag.AlignCenter
_NO_PEN = Qt.PenStyle.NoPen
_NO_BRUSH = Qt.BrushStyle.NoBrush


def paint_ground(painter: QPainter, height: float, ink: Ink, *, raised: bool) -> None:
    """A block without anything on it, as it looks from near or from afar."""
    place = QRectF(0, 0, WIDTH, height)
    if raised:
        card(painter, place, ink, RADIUS)
        return
    painter.setPen(ink.hairline("hairline", painter))
    painter.setBrush(ink.color("raised"))
    painter.drawRoundedRect(place, RADIUS, RADIUS)


def paint_full(
    painter: QPainter, face: Face, connected: Collection[str], ends: bool, ink: Ink
) -> None:
    """Everything that the block says, on its ground. ``ends``: its title ends before a badge, or three
    dots.
    """
    shape = face.shape
    band = QRectF(0, RADIUS, BAND, shape.height - 2 * RADIUS)
    painter.fillRect(band, ink.color(shape.group.value))
    for mark in face.marks(ends):
        _paint_mark(painter, mark, ink)
    _paint_ports(painter, shape, connected, ink)


def paint_more(painter: QPainter, shape: Shape, ink: Ink) -> None:
    """Three dots at the right: there is more than is shown."""
    painter.setPen(_NO_PEN)
    painter.setBrush(ink.color("quiet"))
    for number in range(3):
        middle = QPointF(WIDTH - PADDING - 5.5 * number, shape.height / 2)
        painter.drawEllipse(middle, 1.75, 1.75)


def paint_sign(painter: QPainter, face: Face, badged: bool, ink: Ink) -> None:
    """For when nothing else could be read: what it is and says, in large letters, on its ground."""
    whole = QRectF(0, 0, WIDTH, face.shape.height)
    larger = enlarged(painter.worldTransform().m11())
    painter.save()
    painter.scale(larger, larger)
    painter.setClipRect(QRectF(0, 0, RAIL, face.shape.height))
    painter.setPen(_NO_PEN)
    painter.setBrush(ink.color(face.shape.group.value))
    corner = RADIUS / larger
    painter.drawRoundedRect(QRectF(whole.topLeft(), whole.size() / larger), corner, corner)
    painter.setClipping(False)
    for mark in face.sign(larger, badged):
        _paint_mark(painter, mark, ink)
    painter.restore()


def paint_ring(
    painter: QPainter, height: float, ink: Ink, width: float = 2.0, role: str = "accent"
) -> None:
    """Around a selected block."""
    painter.setPen(ink.pen(role, width))
    painter.setBrush(_NO_BRUSH)
    ring = QRectF(0, 0, WIDTH, height).adjusted(-3, -3, 3, 3)
    painter.drawRoundedRect(ring, RADIUS + 3, RADIUS + 3)


def paint_badge(painter: QPainter, severity: Severity, ink: Ink, scale: float = 1.0) -> None:
    """At the top right: a red triangle for an error, an amber diamond for a warning, and where nothing
    could be shown a hollow circle."""
    painter.save()
    painter.translate(WIDTH - PADDING - 7 * scale, MIDDLE_OF_HEAD + 4 * (scale - 1))
    painter.scale(scale, scale)
    if severity is Severity.UNSURE:
        ink.icon(painter, SIGNS[severity].icon, SIGNS[severity].role, QRectF(-8, -8, 16, 16))
    else:
        _paint_alarm(painter, severity, ink)
    painter.restore()


def _paint_alarm(painter: QPainter, severity: Severity, ink: Ink) -> None:
    error = severity is Severity.ERROR
    triangle = ((0, -7), (8, 6.5), (-8, 6.5))
    diamond = ((0, -7.5), (7.5, 0), (0, 7.5), (-7.5, 0))
    role = SIGNS[severity].role
    painter.setPen(ink.round_pen(role, 1.5))
    painter.setBrush(ink.color(role))
    painter.drawPolygon(QPolygonF([QPointF(*at) for at in (triangle if error else diamond)]))
    painter.setPen(ink.round_pen("raised", 1.6))
    lower = 1.0 if error else 0.0
    painter.drawLine(QPointF(0, lower - 2.5), QPointF(0, lower + 0.5))
    painter.drawPoint(QPointF(0, lower + 3.5))


def paint_port(painter: QPainter, at: QPointF, role: str, filled: bool, ink: Ink) -> None:
    painter.setPen(ink.pen(role, 1.25))
    painter.setBrush(ink.color(role if filled else "raised"))
    painter.drawEllipse(at, PORT_RADIUS, PORT_RADIUS)


def card(painter: QPainter, place: QRectF, ink: Ink, radius: float) -> None:
    """A raised surface with a soft shadow; in the dark, where none is seen, with an edge."""
    painter.setBrush(ink.color("raised"))
    if not ink.shadows:
        painter.setPen(ink.pen("hairline"))
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), radius - 0.5, radius - 0.5)
        return
    painter.setPen(_NO_PEN)
    for number, shadow in enumerate(ink.shadows):
        spread = 0.5 + 1.5 * number
        painter.setBrush(shadow)
        painter.drawRoundedRect(
            place.adjusted(-spread, -spread + 1, spread, spread + 1.5),
            radius + spread,
            radius + spread,
        )
    painter.setBrush(ink.color("raised"))
    painter.drawRoundedRect(place, radius, radius)


def _paint_mark(painter: QPainter, mark: Mark, ink: Ink) -> None:
    match mark:
        case TextAt(x, y, text, role, style):
            painter.setFont(style_font(style))
            painter.setPen(ink.color(role))
            painter.drawText(QPointF(x, y), text)
        case ChipAt():
            _paint_chip(painter, mark, ink)
        case FrameAt():
            _paint_frame(painter, mark, ink)
        case IconAt(x, y, size, name, role):
            ink.icon(painter, name, role, QRectF(x, y, size, size))


def _paint_chip(painter: QPainter, chip: ChipAt, ink: Ink) -> None:
    place = QRectF(chip.x, chip.y, chip.width, chip.height)
    painter.setPen(_NO_PEN)
    painter.setBrush(ink.color(chip.fill))
    painter.drawRoundedRect(place, chip.height / 2, chip.height / 2)
    painter.setFont(style_font(chip.style))
    if chip.dot:
        from_right = sides.runs_from_right(chip.text)
        x = place.right() - _DOT_IN if from_right else place.left() + _DOT_IN
        painter.setBrush(ink.color(chip.role))
        painter.drawEllipse(QPointF(x, place.center().y()), 3.5, 3.5)
        place.adjust(*((0, 0, -10, 0) if from_right else (10, 0, 0, 0)))
    painter.setPen(ink.color(chip.role))
    painter.drawText(place, _CENTER, chip.text)


def _paint_frame(painter: QPainter, frame: FrameAt, ink: Ink) -> None:
    place = QRectF(frame.x, frame.y, frame.width, frame.height)
    painter.setPen(ink.pen(frame.edge) if frame.edge else _NO_PEN)
    painter.setBrush(ink.color(frame.fill) if frame.fill else _NO_BRUSH)
    radius = 8 if frame.edge else 6
    painter.drawRoundedRect(place, radius, radius)
    if frame.text:
        painter.setFont(style_font("strong"))
        painter.setPen(ink.color(frame.role))
        painter.drawText(place, _CENTER, frame.text)


def _paint_ports(painter: QPainter, shape: Shape, connected: Collection[str], ink: Ink) -> None:
    for y, way in shape.ports:
        filled = way.port in connected and way.group is not None
        paint_port(painter, QPointF(WIDTH, y), role_of(way), filled, ink)
    if shape.has_way_in:
        paint_port(painter, QPointF(0, MIDDLE_OF_HEAD), "quiet", False, ink)
