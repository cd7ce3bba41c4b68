"""What a gesture is: begun by a press, ended by the release, or called off by Esc."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from otn_studio.studio.canvas.editing import Editing
from otn_studio.studio.canvas.framing import Framing
from otn_studio.studio.canvas.geometry import Point
from otn_studio.studio.canvas.plan import Plan, Way
from otn_studio.studio.canvas.scene import Scene
from otn_studio.studio.canvas.view import View
from otn_studio.studio.document.selection import Selection


class Spot(NamedTuple):
    """Where the mouse is: on the canvas, and in pixels of the window; ``free`` of all help while Alt is
    held."""

    point: Point
    pixel: QPointF
    free: bool = False


@dataclass(frozen=True)
class Tools:
    """What gestures work with. ``suggest`` asks what to put at a place, after a way out or none;
    ``insert`` what to put into a connection."""

    view: View
    scene: Scene
    editing: Editing
    framing: Framing
    selection: Selection
    suggest: Callable[[Point, Way | None], None]
    insert: Callable[[Point, Way], None]

    @property
    def plan(self) -> Plan:
        return self.scene.plan


class Gesture:
    """One press, until it is let go."""

    cursor: Qt.CursorShape | None = None

    def start(self) -> None:
        """It is clear now that it is this, and no click."""

    def move(self, spot: Spot) -> None:
        """The mouse is there now."""

    def end(self, spot: Spot) -> None:
        """It was let go there: what was meant is done."""

    def cancel(self) -> None:
        """It was called off: everything is as it was."""

    def paint(self, painter: QPainter) -> None:
        """What shows above the frozen view meanwhile, in points of the canvas."""
