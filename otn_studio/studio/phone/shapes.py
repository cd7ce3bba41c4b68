"""Shapes with corners of their own: round, or tight where bubbles of one sender stand together."""

from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath

TIGHT = 4.0
"""The corner of a bubble towards its neighbour of the same sender."""


class Corners(NamedTuple):
    """How round each is, clockwise from the top left."""

    top_left: float
    top_right: float
    bottom_right: float
    bottom_left: float

    @classmethod
    def all(cls, radius: float) -> "Corners":
        return cls(radius, radius, radius, radius)

    def above(self) -> "Corners":
        """Those at the top; the others are square."""
        return Corners(self.top_left, self.top_right, 0, 0)

    def below(self) -> "Corners":
        """Those at the foot; the others are square."""
        return Corners(0, 0, self.bottom_right, self.bottom_left)

    def grown(self, by: float) -> "Corners":
        """Those of an outline so far outside; inside of it where ``by`` is negative.

        >>> Corners.all(18).below().grown(-1)
        Corners(top_left=0, top_right=0, bottom_right=17, bottom_left=17)
        """
        return Corners(*(max(radius + by, 0) if radius else 0 for radius in self))

    def path(self, place: QRectF) -> QPainterPath:
        """The shape in its place; no corner is rounder than the place is high."""
        most = min(place.width(), place.height()) / 2
        a, b, c, d = (min(radius, most) for radius in self)
        left, top, right, bottom = place.left(), place.top(), place.right(), place.bottom()
        path = QPainterPath()
        path.moveTo(left + a, top)
        path.lineTo(right - b, top)
        path.arcTo(QRectF(right - 2 * b, top, 2 * b, 2 * b), 90, -90)
        path.lineTo(right, bottom - c)
        path.arcTo(QRectF(right - 2 * c, bottom - 2 * c, 2 * c, 2 * c), 0, -90)
        path.lineTo(left + d, bottom)
        path.arcTo(QRectF(left, bottom - 2 * d, 2 * d, 2 * d), 270, -90)
        path.lineTo(left, top + a)
        path.arcTo(QRectF(left, top, 2 * a, 2 * a), 180, -90)
        path.closeSubpath()
        return path
