"""A block as it looks on the canvas, for its page of help."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from otn_studio.flow.document import Flow
from otn_studio.studio.canvas.block_painting import MARGIN, paint_full, paint_ground
from otn_studio.studio.canvas.fonts import ThemeFonts
from otn_studio.studio.canvas.ink import Ink
from otn_studio.studio.canvas.plan import Plan
from otn_studio.studio.canvas.shape import WIDTH
from otn_studio.studio.help.examples import IT
from otn_studio.studio.theme.theme import Theme

EDGE = MARGIN + 4


def block_picture(flow: Flow, theme: Theme, ratio: float) -> QPixmap:
    """The only block of a flow, on a patch of canvas."""
    plan, ink = Plan(ThemeFonts()), Ink(theme.roles, theme.is_dark)
    plan.show(flow)
    width, height = WIDTH + 2 * EDGE, plan.shapes[IT].height + 2 * EDGE
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.color("canvas"))
    painter.drawRoundedRect(QRectF(0, 0, width, height), 10, 10)
    painter.translate(EDGE, EDGE)
    paint_ground(painter, plan.shapes[IT].height, ink, raised=True)
    paint_full(painter, plan.face(IT), (), False, ink)
    painter.end()
    return picture
