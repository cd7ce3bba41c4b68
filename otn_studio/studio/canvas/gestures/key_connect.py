"""Drawing a connection by keyboard: first the way out, then the block that it is to lead to."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from otn_studio.studio.canvas.block_painting import paint_port, paint_ring
from otn_studio.studio.canvas.direction import Direction, nearest
from otn_studio.studio.canvas.geometry import Route
from otn_studio.studio.canvas.gestures.gesture import Gesture, Tools
from otn_studio.studio.canvas.hover_layer import PORT_RING
from otn_studio.studio.canvas.keymap import ARROWS
from otn_studio.studio.canvas.plan import Way
from otn_studio.studio.words import _

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CUT = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_NEW_BLOCK_AWAY = 96.0


class KeyConnect(Gesture):
    """``say`` tells which keys do what; ``done`` is called at the end, however it comes."""

    def __init__(
        self, tools: Tools, block: str, say: Callable[[str], None], done: Callable[[], None]
    ) -> None:
        self._tools = tools
        self._block = block
        self._say = say
        self._done = done
        self._ports = [port.way.port for port in tools.plan.shapes[block].ports]
        self._index = self._first_open()
        self._target: str | None = None
        self._chooses_target = False

    def start(self) -> None:
        self._tools.view.freeze(self)
        if len(self._ports) == 1:
            self._choose_port()
        else:
            self._say(
                _(
                    "↑ ↓ choose the way out, Enter goes on, I inserts there, Delete cuts it, Esc stops"
                )
            )

    def press(self, key: Qt.Key) -> bool:
        """Answers whether the key means something here."""
        if key is Qt.Key.Key_Escape:
            self.cancel()
        elif key in _CUT:
            self._finish(lambda: self._tools.editing.cut(self.way))
        elif self._chooses_target:
            return self._press_for_target(key)
        else:
            return self._press_for_port(key)
        return True

    def cancel(self) -> None:
        self._finish(lambda: None)

    def paint(self, painter: QPainter) -> None:
        plan, scene = self._tools.plan, self._tools.scene
        ink, start = scene.shared.ink, plan.way_out(self.way)
        painter.setPen(ink.pen("accent", 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(*start), PORT_RING, PORT_RING)
        if self._target is not None:
            box, end = plan.boxes[self._target], plan.way_in(self._target)
            scene.links.draw_route(painter, self.way, Route(start, end))
            paint_port(painter, QPointF(*end), "accent", True, ink)
            painter.translate(box.x, box.y)
            paint_ring(painter, box.height, ink)
            painter.translate(-box.x, -box.y)

    @property
    def way(self) -> Way:
        """The way out that is meant."""
        return self._block, self._ports[self._index]

    def _first_open(self) -> int:
        flow = self._tools.plan.flow
        still_open = (
            index
            for index, port in enumerate(self._ports)
            if flow.leads_to(self._block, port) is None
        )
        return next(still_open, 0)

    def _press_for_port(self, key: Qt.Key) -> bool:
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = -1 if key is Qt.Key.Key_Up else 1
            self._index = (self._index + step) % len(self._ports)
            self._tools.view.viewport().update()
        elif key in (*_ENTER, Qt.Key.Key_Right):
            self._choose_port()
        elif key is Qt.Key.Key_I and self.way in self._tools.plan.routes:
            way = self.way
            self._finish(lambda: self._tools.insert(self._tools.plan.way_out(way), way))
        else:
            return False
        return True

    def _choose_port(self) -> None:
        self._chooses_target = True
        plan = self._tools.plan
        self._target = plan.leads_to.get(self.way) or self._first_target()
        self._say(_("Arrows choose the block, Enter connects, / adds a new one, Esc stops"))
        self._show_target()

    def _first_target(self) -> str | None:
        for direction in (Direction.RIGHT, Direction.DOWN, Direction.UP, Direction.LEFT):
            if found := self._next(self._block, direction):
                return found
        return None

    def _press_for_target(self, key: Qt.Key) -> bool:
        way, target = self.way, self._target
        if key in ARROWS:
            self._target = self._next(target or self._block, ARROWS[key]) or target
            self._show_target()
        elif key is Qt.Key.Key_Slash:
            place = self._tools.plan.way_out(way).plus(_NEW_BLOCK_AWAY, 0)
            self._finish(lambda: self._tools.suggest(place, way))
        elif key in _ENTER:
            self._finish(lambda: self._tools.editing.connect(way, target) if target else None)
        else:
            return False
        return True

    def _next(self, id: str, direction: Direction) -> str | None:
        plan = self._tools.plan
        return nearest(plan, id, direction, lambda other: plan.shapes[other].has_way_in)

    def _show_target(self) -> None:
        if self._target is not None:
            self._tools.view.show_box(self._tools.plan.boxes[self._target])
        self._tools.view.viewport().update()

    def _finish(self, do: Callable[[], None]) -> None:
        self._tools.view.thaw()
        self._done()
        do()
