"""The mouse on the canvas: what is under it, what a press begins, and the gesture under way."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent

from otn_studio.studio.canvas.edge_scroll import EdgeScroll
from otn_studio.studio.canvas.gestures.gesture import Gesture, Spot, Tools
from otn_studio.studio.canvas.gestures.pan import Pan
from otn_studio.studio.canvas.gestures.resize_frame import cursor_of
from otn_studio.studio.canvas.plan import Way
from otn_studio.studio.canvas.pressing import Begun, Pressing, nothing
from otn_studio.studio.canvas.under import Under
from otn_studio.studio.canvas.view import OVERVIEW_BELOW

STILL = 4.0
"""Within so many pixels of its beginning a drag is no more than a press."""
ADDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Hands(QObject):
    """``edit_requested``: somebody wants to write in this block, or on this frame. ``menu_requested``:
    to see what can be done at a point; at none, with what is selected."""

    edit_requested = Signal(str)
    frame_edit_requested = Signal(str)
    menu_requested = Signal(object)

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools.view)
        self._tools = tools
        self._gesture: Gesture | None = None
        self._begins: Callable[[], Gesture] | None = None
        self._click: Callable[[], object] = nothing
        self._pressed = QPointF()
        self._at = QPointF()
        self._space = self._free = False
        self._under = Under(tools.view)
        self._pressing = Pressing(tools, self._under)
        self._edge = EdgeScroll(tools.view, self._go_on)

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
        self._free = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        spot = self._spot(event.position())
        button = event.button()
        self._tools.scene.hover.choose(None)
        if button is Qt.MouseButton.MiddleButton or (
            button is Qt.MouseButton.LeftButton and self._space
        ):
            self._expect(Begun(lambda: Pan(self._tools, spot)))
        elif button is Qt.MouseButton.LeftButton:
            self._expect(self._pressing.begun(spot, bool(event.modifiers() & ADDING)))

    def move(self, event: QMouseEvent) -> None:
        self._at = event.position()
        self._free = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        self._edge.carry(self._at)
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
        """Into a block or onto a frame to write there; on a connection, or on nothing, to add
        something."""
        if event.button() is Qt.MouseButton.LeftButton:
            spot = self._spot(event.position())
            point, under = spot.point, self._under
            if (block := under.block(point)) is not None:
                self.edit_requested.emit(block)
            elif under.port(point) is None and (way := under.connection(point)) is not None:
                self._tools.insert(point, way)
            elif (frame := under.frame(point)) is not None:
                self.frame_edit_requested.emit(frame)
            elif under.port(point) is None:
                self._tools.suggest(point, None)

    def menu(self, event: QContextMenuEvent) -> None:
        """Select what is there, unless it is selected already, and ask for the menu."""
        if self.is_busy:
            return
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self.menu_requested.emit(None)
            return
        spot = self._spot(QPointF(event.pos()))
        point, under, selection = spot.point, self._under, self._tools.selection
        block = under.block(point)
        way = None if block else under.end(point) or under.connection(point)
        frame = None if block or way else under.frame(point)
        self.leave()
        self._tools.scene.hover.choose(way)
        if block not in selection.blocks and frame not in selection.frames:
            selection.select([block] if block else [], frames=[frame] if frame else [])
        self.menu_requested.emit(point)

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

    def _expect(self, begun: Begun) -> None:
        """A drag may come of this, or just a click."""
        self._begins, self._click = begun

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

    def _go_on(self) -> None:
        """The canvas has moved below what is carried."""
        if self._gesture is not None:
            self._gesture.move(self.spot)

    def _hover(self) -> None:
        point, under = self.spot.point, self._under
        port, block = under.port(point), under.block(point)
        way = None if block or port else under.end(point) or under.connection(point)
        far = self._tools.view.zoom < OVERVIEW_BELOW
        self._tools.scene.hover.show_hovered(None if far else block, way, port)
        if not self._space:
            self._show_cursor(self._cursor(port, block or way))

    def _cursor(self, port: Way | None, other: str | Way | None) -> Qt.CursorShape | None:
        """What a press would begin here."""
        if port is not None:
            return Qt.CursorShape.CrossCursor
        grip = None if other else self._under.grip(self.spot.point)
        return None if grip is None else cursor_of(grip)

    def _show_cursor(self, shape: Qt.CursorShape | None) -> None:
        viewport = self._tools.view.viewport()
        if shape is None:
            viewport.unsetCursor()
        else:
            viewport.setCursor(shape)

    def _spot(self, pixel: QPointF) -> Spot:
        return Spot(self._tools.view.to_canvas(pixel), pixel, self._free)
