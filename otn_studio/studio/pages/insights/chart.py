"""A calm chart: no frame, no menu, nothing to drag; the figures under the mouse on a tooltip.

Only the Insights page imports this, once it is shown: pyqtgraph takes a moment to load.
"""

from collections.abc import Sequence
from math import ceil
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QGraphicsGridLayout, QSizePolicy, QToolTip

from otn_studio.studio.theme import sides
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.theme.type import SMALL, font
from otn_studio.studio.written import number

HEIGHT = 200
LINE = 2
EDGE = 1.5
"""Wherever it lies, it fills most of a pixel."""
LABELS = 26
BEHIND = -1_000
"""Lines through the chart lie below what is drawn."""
LABEL_WIDTH = 76
"""Between two labels below a chart."""
BESIDE = 20
"""Room at the end of a chart, into which the last of them may reach."""
LINES_THROUGH = 5
"""So many at most, and the topmost is above everything that is drawn."""
ROOM_ABOVE = 0.05
"""Of the height: the topmost line's figure is not cut off."""
PALE, WHOLE = 0.3, 1.0
NO_PEN = QPen(Qt.PenStyle.NoPen)


def round_step(highest: float) -> int:
    """From one line to the next, so that few reach above the highest.

    >>> [round_step(highest) for highest in (0, 4, 44, 216, 250, 4_017)]
    [1, 1, 10, 50, 50, 1000]
    """
    tens = 10 ** max(len(str(round(highest))) - 2, 0)
    steps = (step * tens for step in (1, 2, 5, 10, 20, 50))
    return next(step for step in steps if step * LINES_THROUGH >= highest)


class FigureAxis(pg.AxisItem):
    """Whole numbers, and hairlines through the chart instead of an axis."""

    def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:
        return [(round_step(high / (1 + ROOM_ABOVE)), 0)]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return [number(round(value)) for value in values]

    def generateDrawSpecs(self, painter: Any) -> Any:
        specs = super().generateDrawSpecs(painter)
        if specs is None:
            return None
        (_pen, *line), ticks, texts = specs
        return (NO_PEN, *line), ticks, texts


class LabelAxis(FigureAxis):
    """Words at their places, and no lines."""

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return pg.AxisItem.tickStrings(self, values, scale, spacing)


class Chart(pg.GraphicsView):
    """One chart. Subclasses say in ``_draw`` what is in it, and in ``told_at`` what is at a place."""

    def __init__(self, theme: Theme, name: str, words: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setFrameShape(pg.GraphicsView.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(160)
        self.setAntialiasing(True)
        self.viewport().setMouseTracking(True)
        self.plot = pg.ViewBox(enableMenu=False, enableMouse=False, defaultPadding=0)
        self.plot.invertX(sides.are_swapped())
        self.left = FigureAxis("right" if sides.are_swapped() else "left")
        self.bottom = LabelAxis("bottom")
        self.left.setGrid(255)
        for axis in (self.left, self.bottom):
            axis.setTickFont(font(SMALL, tabular=True))
            axis.setStyle(tickLength=0, hideOverlappingLabels=BESIDE)
            axis.linkToView(self.plot)
            axis.setZValue(BEHIND)
        self.bottom.setHeight(LABELS)
        whole = pg.GraphicsWidget()
        grid = QGraphicsGridLayout(whole)
        grid.setContentsMargins(0, 0, BESIDE, 0)  # layouts of scenes turn these, too
        grid.setSpacing(0)
        grid.addItem(self.left, 0, 0)
        grid.addItem(self.plot, 0, 1)
        grid.addItem(self.bottom, 1, 1)
        self.setCentralItem(whole)
        self._theme = theme
        self._labels: list[str] = []
        self._hair = pg.InfiniteLine(angle=90, movable=False)
        theme.changed.connect(self._color)

    def told_at(self, place: int) -> str:
        """What is told of a place; nothing, where there is nothing."""
        return ""

    def redraw(self) -> None:
        """Draw it anew, in the colours of now."""
        self.plot.clear()
        self._color_axes()
        self._draw()
        self.plot.addItem(self._hair, ignoreBounds=True)
        self._hair.setVisible(False)

    def put_labels(self, labels: Sequence[str]) -> None:
        """The words below places 0, 1, 2 …; as many as there is room for."""
        self._labels = list(labels)
        self._thin_out()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        if hasattr(self, "_labels"):
            self._thin_out()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls, not the chart."""
        event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        inside = self.plot.sceneBoundingRect().contains(event.position())
        at = self.plot.mapSceneToView(event.position())
        place = self._place_at(at.x(), at.y())
        told = self.told_at(place) if inside else ""
        self._show_hair(place if told else None)
        if told:
            QToolTip.showText(event.globalPosition().toPoint(), told, self)
        else:
            QToolTip.hideText()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._show_hair(None)

    def _draw(self) -> None:
        raise NotImplementedError

    def _place_at(self, x: float, y: float) -> int:
        return round(x)

    def _show_hair(self, place: int | None) -> None:
        self._hair.setVisible(place is not None)
        if place is not None:
            self._hair.setPos(place)

    def _role(self, name: str, alpha: float = 1.0) -> QColor:
        color = self._theme.roles.color(name)
        color.setAlphaF(alpha)
        return color

    def _tint(self, role: str, share: float) -> QColor:
        """So much of a colour that no line shines through."""
        ground, full = self._theme.roles.color("raised"), self._theme.roles.color(role)
        parts = zip(ground.getRgb()[:3], full.getRgb()[:3], strict=True)
        return QColor(*(round(a + (b - a) * share) for a, b in parts))

    def _pen(self, role: str, dash: Qt.PenStyle) -> QPen:
        """As wide on every screen: pyqtgraph counts in the screen's own pixels."""
        width = LINE * self.devicePixelRatioF()
        return pg.mkPen(self._role(role), width=width, style=dash)

    def _edge(self, role: str, count: int) -> QPen:
        """Around a bar, however pale that is; nothing has no edge."""
        width = EDGE * self.devicePixelRatioF()
        return pg.mkPen(self._role(role), width=width) if count else NO_PEN

    def _color(self) -> None:
        self.redraw()

    def _color_axes(self) -> None:
        self.setBackground(self._role("raised"))
        self._hair.setPen(pg.mkPen(self._role("quiet"), width=1))
        for axis in (self.left, self.bottom):
            axis.setPen(pg.mkPen(self._role("hairline"), width=1))
            axis.setTextPen(pg.mkPen(self._role("quiet")))

    def _thin_out(self) -> None:
        room = max(self.width() // LABEL_WIDTH, 1)
        step = max(-(-len(self._labels) // room), 1)
        places = range(len(self._labels) - 1, -1, -step)
        ticks = [(place, self._labels[place]) for place in places]
        self.bottom.setTicks([ticks])

    def _fit(self, highest: float, places: int) -> None:
        """All places, from nothing up to the first line above the highest."""
        self.plot.setXRange(-0.5, max(places, 1) - 0.5, padding=0)
        step = round_step(max(highest, 4))
        top = step * ceil(max(highest, 4) / step)
        self.plot.setYRange(0, top * (1 + ROOM_ABOVE), padding=0)
