"""What a press of the left button begins: the gesture that a drag makes of it, and what a mere click
means."""

from collections.abc import Callable
from typing import NamedTuple

from otn_studio.studio.canvas.gestures.box_select import BoxSelect
from otn_studio.studio.canvas.gestures.connect import Connect, Reconnect
from otn_studio.studio.canvas.gestures.gesture import Gesture, Spot, Tools
from otn_studio.studio.canvas.gestures.lasso import Lasso
from otn_studio.studio.canvas.gestures.move import Move
from otn_studio.studio.canvas.gestures.resize_frame import ResizeFrame
from otn_studio.studio.canvas.plan import Way
from otn_studio.studio.canvas.under import Under


def nothing() -> None:
    """A press of which nothing comes."""


class Begun(NamedTuple):
    """``drag`` makes the gesture."""

    drag: Callable[[], Gesture]
    click: Callable[[], object] = nothing


class Pressing:
    """Tells by what is there; what is pressed is selected at once."""

    def __init__(self, tools: Tools, under: Under) -> None:
        self._tools = tools
        self._under = under

    def begun(self, spot: Spot, adding: bool) -> Begun:
        """``adding``: to what is selected."""
        point, under, tools = spot.point, self._under, self._tools
        block = under.block(point)
        if (port := under.port(point)) is not None:
            return Begun(lambda: Connect(tools, port), lambda: tools.selection.select([port[0]]))
        if (end := under.end(point)) is not None:
            return Begun(lambda: Reconnect(tools, end), lambda: self._choose(end))
        if block is not None:
            return self._on_block(block, spot, adding)
        if (way := under.connection(point)) is not None:
            return Begun(lambda: self._pull(way, spot), lambda: self._choose(way))
        if (grip := under.grip(point)) is not None:
            return Begun(lambda: ResizeFrame(tools, spot, grip), self._taking(grip.frame))
        if (frame := under.frame(point)) is not None:
            return self._on_frame(frame, spot, adding)
        return self._on_nothing(spot, adding)

    def _on_block(self, block: str, spot: Spot, adding: bool) -> Begun:
        selection = self._tools.selection
        if adding:
            selection.select(selection.blocks ^ {block}, frames=selection.frames)
            return Begun(lambda: self._moving(spot))
        if block not in selection.blocks:
            selection.select([block])
        part = lambda: self._under.part(block, spot.point)  # noqa: E731
        return Begun(lambda: self._moving(spot), lambda: selection.select([block], part()))

    def _on_frame(self, frame: str, spot: Spot, adding: bool) -> Begun:
        selection = self._tools.selection
        if adding:
            selection.select(selection.blocks, frames=selection.frames ^ {frame})
            return Begun(lambda: self._moving(spot))
        if frame not in selection.frames:
            selection.select([], frames=[frame])
        return Begun(lambda: self._moving(spot), self._taking(frame))

    def _on_nothing(self, spot: Spot, adding: bool) -> Begun:
        """A box around what is to be selected; with Alt, a line drawn around it."""
        selection, tools = self._tools.selection, self._tools
        blocks = selection.blocks if adding else frozenset()
        frames = selection.frames if adding else frozenset()
        click = lambda: selection.select(blocks, frames=frames)  # noqa: E731
        if spot.free:
            return Begun(lambda: Lasso(tools, spot, blocks), click)
        return Begun(lambda: BoxSelect(tools, spot, blocks, frames), click)

    def _moving(self, spot: Spot) -> Gesture:
        return Move(self._tools, spot, *self._tools.editing.movable())

    def _taking(self, frame: str) -> Callable[[], None]:
        return lambda: self._tools.selection.select([], frames=[frame])

    def _pull(self, way: Way, spot: Spot) -> Gesture:
        """Pulling at a connection: at the half that arrives, or from where it leaves."""
        route = self._tools.plan.routes[way]
        arrives = spot.point.distance(route.end) <= spot.point.distance(route.start)
        return (Reconnect if arrives else Connect)(self._tools, way)

    def _choose(self, way: Way) -> None:
        self._tools.selection.select([])
        self._tools.scene.hover.choose(way)
