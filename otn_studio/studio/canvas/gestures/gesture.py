"""What a gesture is: begun by a press, ended by the release, or called off by Esc."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter


class Gesture:
    """Places are in points of the canvas, but for `pan`, which is about the window."""

    cursor: Qt.CursorShape | None = None

    def move(self, place: QPointF) -> None:
        """The mouse is there now."""

    def end(self, place: QPointF) -> None:
        """The button was let go there: what was meant is done."""

    def cancel(self) -> None:
        """It was called off: everything is as it was."""

    def paint(self, painter: QPainter) -> None:
        """What shows above the blocks meanwhile."""
