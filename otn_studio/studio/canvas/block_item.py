"""A block on the scene: shows its shape in two levels of detail; the third is the view's overview."""

from collections.abc import Collection
from enum import Enum

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem

from otn_studio.blocks.finding import Severity
from otn_studio.studio.canvas.block_painting import (
    MARGIN,
    paint_badge,
    paint_full,
    paint_ring,
    paint_sign,
)
from otn_studio.studio.canvas.ink import Ink
from otn_studio.studio.canvas.shape import WIDTH, Shape


class Detail(Enum):
    OVERVIEW = "overview"
    """Too small for items: the view paints rectangles."""
    SIGN = "sign"
    FULL = "full"


class Shared:
    """What all items have in common at a moment."""

    def __init__(self, ink: Ink) -> None:
        self.ink = ink
        self.detail = Detail.FULL


class BlockItem(QGraphicsItem):
    """Knows only what it shows; the scene puts it in place."""

    def __init__(self, id: str, shape: Shape, shared: Shared) -> None:
        super().__init__()
        self.id = id
        self.measured = shape
        self._shared = shared
        self._connected: Collection[str] = ()
        self._selected = False
        self._severity: Severity | None = None
        self.setZValue(1)

    def take(self, shape: Shape) -> None:
        self.prepareGeometryChange()
        self.measured = shape
        self.update()

    def connect_ports(self, ports: Collection[str]) -> None:
        if ports != self._connected:
            self._connected = ports
            self.update()

    def mark(self, *, selected: bool, severity: Severity | None) -> None:
        if (selected, severity) != (self._selected, self._severity):
            self._selected, self._severity = selected, severity
            self.setZValue(2 if selected else 1)
            self.update()

    @property
    def severity(self) -> Severity | None:
        return self._severity

    def boundingRect(self) -> QRectF:
        height = self.measured.height
        return QRectF(-MARGIN, -MARGIN, WIDTH + 2 * MARGIN, height + 2 * MARGIN)

    def paint(self, painter: QPainter, option, widget=None) -> None:
        ink, full = self._shared.ink, self._shared.detail is Detail.FULL
        if self._selected:
            paint_ring(painter, self.measured, ink, 2 if full else 5)
        if full:
            paint_full(painter, self.measured, self._connected, ink)
        else:
            paint_sign(painter, self.measured, ink)
        if self._severity is not None:
            paint_badge(painter, self._severity, ink, 1 if full else 1.8)
