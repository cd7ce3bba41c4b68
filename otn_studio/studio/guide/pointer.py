"""A ring around what a step of the guide is about: a block on the canvas, or a control."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from otn_studio.studio.canvas.view import View
from otn_studio.studio.flows.builder import Builder
from otn_studio.studio.guide.lesson import Spot
from otn_studio.studio.theme.theme import Theme

WIDTH = 2
AROUND_BLOCK, BLOCK_CORNER = 12, 14
"""Outside of its ports, and of the ring that a selected one wears."""
AROUND_CONTROL, CONTROL_CORNER = 3, 8


class Pointer(QWidget):
    """Lies above what it points at, and lets the mouse through. ``bar`` stands beside all that."""

    def __init__(self, theme: Theme, bar: QWidget) -> None:
        super().__init__(bar)
        self.setObjectName("guide_pointer")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._theme = theme
        self._bar = bar
        self._builder: Builder | None = None
        self._spot = Spot()
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._place)
        theme.changed.connect(self.update)
        self.hide()

    def point_at(self, builder: Builder, spot: Spot) -> None:
        """Point there as soon as all has found its place."""
        self._follow(builder)
        self._spot = spot
        self._later.start()

    def rest(self) -> None:
        """Point at nothing, and be on no canvas: it may be about to go."""
        self._follow(None)
        self._later.stop()
        self.setParent(self._bar)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._theme.roles.color("accent"), WIDTH, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        edge = WIDTH / 2
        place = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        corner = BLOCK_CORNER if self._spot.block else CONTROL_CORNER
        painter.drawRoundedRect(place, corner, corner)
        painter.end()

    def _follow(self, builder: Builder | None) -> None:
        if builder is not self._builder:
            if self._builder is not None:
                self._builder.canvas.view.moved.disconnect(self._later.start)
            if builder is not None:
                builder.canvas.view.moved.connect(self._later.start)
            self._builder = builder

    def _place(self) -> None:
        builder = self._builder
        if builder is None or not isValid(builder):
            return
        view, whole = builder.canvas.view, self._bar.parentWidget()
        place = self._on_canvas(view) if self._spot.block else self._among(builder, whole)
        self.setParent(view.viewport() if self._spot.block else whole)
        if not place.isNull():
            gap = AROUND_BLOCK if self._spot.block else AROUND_CONTROL
            self.setGeometry(place.adjusted(-gap, -gap, gap, gap))
            self.show()
            self.raise_()

    def _on_canvas(self, view: View) -> QRect:
        box = view.plan.boxes.get(self._spot.block)
        return view.transform().mapRect(QRectF(*box)).toAlignedRect() if box else QRect()

    def _among(self, *rooms: QWidget) -> QRect:
        """In the last of the rooms, which holds the others."""
        for room in rooms:
            control = room.findChild(QWidget, self._spot.control)
            if control is not None and control.isVisible():
                return QRect(control.mapTo(rooms[-1], QPoint()), control.size())
        return QRect()
