"""The mouse on the canvas: what is under it, what a press begins, and the gesture under way."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent

from otn_studio.studio.canvas.geometry import Point
from otn_studio.studio.canvas.gestures.box_select import BoxSelect
from otn_studio.studio.canvas.gestures.connect import Connect, Reconnect
from otn_studio.studio.canvas.gestures.gesture import Gesture, Spot, Tools
from otn_studio.studio.canvas.gestures.move import Move
from otn_studio.studio.canvas.gestures.pan import Pan
from otn_studio.studio.canvas.plan import Way
from otn_studio.studio.canvas.view import OVERVIEW_BELOW

REACH = 10.0
"""Pixels of the window, at any zoom: a port is a target of 20."""
CONNECTION_REACH = 6.0
STILL = 4.0
"""Within so many pixels of its beginning a drag is no more than a press."""
EDGE, EDGE_SPEED, EDGE_MILLISECONDS = 28.0, 14.0, 30
ADDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Hands(QObject):
    """``edit_requested``: somebody wants to write in this block. ``menu_requested``: to see what can
    be done at a point; at none, with what is selected."""

    edit_requested = Signal(str)
    menu_requested = Signal(object)

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools.view)
        self._tools = tools
        self._gesture: Gesture | None = None
        self._begins: Callable[[], Gesture] | None = None
        self._click: Callable[[], None] = _nothing
        self._pressed = QPointF()
        self._at = QPointF()
        self._space = False
        self._edge = QTimer(self, interval=EDGE_MILLISECONDS)
        self._edge.timeout.connect(self._scroll_at_edge)

    @property
    def is_busy(self) -> bool:
        return self._gesture is not None or self._begins is not None

    @property
    def spot(self) -> Spot:
        """Where the mouse was last."""
        return self._spot(self._at)

    def hold_space(self, held: bool) -> None:
        """While Space is held, a drag pulls the canvas."""
        self._space = held
        if not self.is_busy:
            self._show_cursor(Qt.CursorShape.OpenHandCursor if held else None)

    def press(self, event: QMouseEvent) -> None:
        if self.is_busy:
            return
        self._pressed = self._at = event.position()
        spot = self._spot(event.position())
        button = event.button()
        self._tools.scene.hover.choose(None)
        if button is Qt.MouseButton.MiddleButton or (
            button is Qt.MouseButton.LeftButton and self._space
        ):
            self._expect(lambda: Pan(self._tools, spot))
        elif button is Qt.MouseButton.LeftButton:
            self._press_left(spot, bool(event.modifiers() & ADDING))

    def move(self, event: QMouseEvent) -> None:
        self._at = event.position()
        far = (self._at - self._pressed).manhattanLength() >= STILL
        if self._gesture is None and self._begins is not None and far:
            self._begin(self._begins())
        if self._gesture is not None:
            self._gesture.move(self.spot)
        elif not self.is_busy:
            self._hover()

    def release(self, event: QMouseEvent) -> None:
        self._at = event.position()
        gesture, click, expected = self._gesture, self._click, self._begins
        self._stop()
        if gesture is not None:
            gesture.end(self.spot)
        elif expected is not None:
            click()
        self._hover()

    def double_click(self, event: QMouseEvent) -> None:
        """Into a block to write there; on nothing to add something."""
        if event.button() is Qt.MouseButton.LeftButton:
            spot = self._spot(event.position())
            block = self._tools.plan.block_at(spot.point)
            if block is not None:
                self.edit_requested.emit(block)
            elif self._way_at(spot) is None:
                self._tools.suggest(spot.point, None)

    def menu(self, event: QContextMenuEvent) -> None:
        """Select what is there, unless it is selected already, and ask for the menu."""
        if self.is_busy:
            return
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self.menu_requested.emit(None)
            return
        spot = self._spot(QPointF(event.pos()))
        block = self._tools.plan.block_at(spot.point)
        way = None if block else self._end_at(spot) or self._connection_at(spot)
        self.leave()
        self._tools.scene.hover.choose(way)
        if block not in self._tools.selection.blocks:
            self._select([block] if block else [])
        self.menu_requested.emit(spot.point)

    def leave(self) -> None:
        """The mouse is elsewhere."""
        self._tools.scene.hover.show_hovered(None, None, None)

    def cancel(self) -> bool:
        """Call off what is under way; answers whether there was something."""
        gesture, was_busy = self._gesture, self.is_busy
        self._stop()
        if gesture is not None:
            gesture.cancel()
        return was_busy

    def _press_left(self, spot: Spot, adding: bool) -> None:
        port, end = self._way_at(spot), self._end_at(spot)
        block = self._tools.plan.block_at(spot.point)
        if port is not None:
            self._expect(lambda: Connect(self._tools, port), lambda: self._select([port[0]]))
        elif end is not None:
            self._expect(lambda: Reconnect(self._tools, end), lambda: self._choose(end))
        elif block is not None:
            self._press_block(block, spot, adding)
        elif (way := self._connection_at(spot)) is not None:
            self._expect(lambda: self._pull(way, spot), lambda: self._choose(way))
        else:
            kept = self._tools.selection.blocks if adding else frozenset()
            self._expect(lambda: BoxSelect(self._tools, spot, kept), lambda: self._select(kept))

    def _press_block(self, block: str, spot: Spot, adding: bool) -> None:
        selected = self._tools.selection.blocks
        if adding:
            self._select(selected ^ {block})
            self._expect(lambda: Move(self._tools, spot, self._tools.selection.blocks | {block}))
            return
        if block not in selected:
            self._select([block])
        self._expect(
            lambda: Move(self._tools, spot, self._tools.selection.blocks),
            lambda: self._tools.selection.select([block], self._part_at(block, spot.point)),
        )

    def _pull(self, way: Way, spot: Spot) -> Gesture:
        """Pulling at a connection: at the half that arrives, or from where it leaves."""
        route = self._tools.plan.routes[way]
        arrives = spot.point.distance(route.end) <= spot.point.distance(route.start)
        return (Reconnect if arrives else Connect)(self._tools, way)

    def _expect(
        self, begins: Callable[[], Gesture], click: Callable[[], None] | None = None
    ) -> None:
        """A drag may come of this, or just a click."""
        self._begins, self._click = begins, click or _nothing

    def _begin(self, gesture: Gesture) -> None:
        self._gesture = gesture
        self.leave()
        self._show_cursor(gesture.cursor)
        gesture.start()
        if not isinstance(gesture, Pan):
            self._edge.start()

    def _stop(self) -> None:
        self._edge.stop()
        self._gesture = self._begins = None
        self._show_cursor(Qt.CursorShape.OpenHandCursor if self._space else None)

    def _scroll_at_edge(self) -> None:
        """Go on where something is carried to the edge."""
        room = self._tools.view.viewport().rect()
        x = _beyond(self._at.x(), room.width())
        y = _beyond(self._at.y(), room.height())
        if (x or y) and self._gesture is not None:
            self._tools.view.scroll_by(-x * EDGE_SPEED, -y * EDGE_SPEED)
            self._gesture.move(self.spot)

    def _hover(self) -> None:
        spot = self.spot
        port = self._way_at(spot)
        block = self._tools.plan.block_at(spot.point)
        way = None if block or port else self._end_at(spot) or self._connection_at(spot)
        far = self._tools.view.zoom < OVERVIEW_BELOW
        self._tools.scene.hover.show_hovered(None if far else block, way, port)
        if not self._space:
            self._show_cursor(Qt.CursorShape.CrossCursor if port else None)

    def _show_cursor(self, shape: Qt.CursorShape | None) -> None:
        viewport = self._tools.view.viewport()
        if shape is None:
            viewport.unsetCursor()
        else:
            viewport.setCursor(shape)

    def _spot(self, pixel: QPointF) -> Spot:
        return Spot(self._tools.view.to_canvas(pixel), pixel)

    def _way_at(self, spot: Spot) -> Way | None:
        zoom = self._tools.view.zoom
        if zoom < OVERVIEW_BELOW:
            return None
        return self._tools.plan.port_at(spot.point, REACH / min(1.0, zoom))

    def _end_at(self, spot: Spot) -> Way | None:
        zoom = self._tools.view.zoom
        if zoom < OVERVIEW_BELOW:
            return None
        return self._tools.plan.end_at(spot.point, REACH / min(1.0, zoom))

    def _connection_at(self, spot: Spot) -> Way | None:
        zoom = self._tools.view.zoom
        if zoom < OVERVIEW_BELOW:
            return None
        return self._tools.plan.connection_at(spot.point, CONNECTION_REACH / zoom)

    def _part_at(self, block: str, point: Point) -> str:
        """The part of a block that is shown there, for the panel to open."""
        y = point.y - self._tools.plan.boxes[block].y
        regions = self._tools.plan.face(block).regions
        return next((region.path for region in regions if region.top <= y <= region.bottom), "")

    def _select(self, blocks) -> None:
        self._tools.selection.select(blocks)

    def _choose(self, way: Way) -> None:
        self._tools.selection.select([])
        self._tools.scene.hover.choose(way)


def _beyond(at: float, size: float) -> int:
    return (at > size - EDGE) - (at < EDGE)


def _nothing() -> None:
    """A press of which nothing comes."""
