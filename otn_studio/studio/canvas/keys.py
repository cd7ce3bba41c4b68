"""The keyboard on the canvas: everything that the mouse can do can be done by keys too."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent

from otn_studio.blocks.words import Problem
from otn_studio.studio.canvas import keymap
from otn_studio.studio.canvas.clipboard import read, write
from otn_studio.studio.canvas.commands import Command
from otn_studio.studio.canvas.direction import Direction, nearest
from otn_studio.studio.canvas.geometry import Point
from otn_studio.studio.canvas.gestures.gesture import Tools
from otn_studio.studio.canvas.gestures.key_connect import KeyConnect
from otn_studio.studio.canvas.guides import GRID
from otn_studio.studio.canvas.hands import Hands
from otn_studio.studio.canvas.navigation import STEP
from otn_studio.studio.canvas.notice import Notice
from otn_studio.studio.canvas.plan import Way
from otn_studio.studio.words import _

FAR = 8
"""With Shift a nudge goes so many steps of the grid."""


class Keys(QObject):
    """``edit_requested``: somebody wants to write in this block, or on this frame. ``add_requested``:
    to add a block at a point, or wherever there is room. ``menu_requested``: to see what can be
    done."""

    edit_requested = Signal(str)
    frame_edit_requested = Signal(str)
    add_requested = Signal(object)
    menu_requested = Signal(object)
    find_requested = Signal()

    def __init__(self, tools: Tools, hands: Hands, notice: Notice) -> None:
        super().__init__(tools.view)
        self._tools = tools
        self._hands = hands
        self._notice = notice
        self._connecting: KeyConnect | None = None
        self._current: str | None = None
        view, editing = tools.view, tools.editing
        self._commands: dict[str, Callable[[Point | None], object]] = {
            "zoom_in": lambda at: view.zoom_by(STEP),
            "zoom_out": lambda at: view.zoom_by(1 / STEP),
            "zoom_full": lambda at: view.zoom_to(1),
            "fit": lambda at: view.fit(),
            "start": lambda at: self._go_to_start(),
            "menu": self.menu_requested.emit,
            "find": lambda at: self.find_requested.emit(),
            "add": self.add_requested.emit,
            "connect": lambda at: self.connect(),
            "edit": lambda at: self._edit(),
            "delete": lambda at: self.delete(),
            "leave": lambda at: self._leave(),
            "select_all": lambda at: self.select_all(),
            "copy": lambda at: self.copy(),
            "cut": lambda at: self.cut(),
            "paste": self.paste,
            "duplicate": lambda at: editing.duplicate(),
            "undo": lambda at: editing.undo(),
            "redo": lambda at: editing.redo(),
        }
        self._more: dict[str, Command] = {}

    def learn(self, commands: Mapping[str, Command]) -> None:
        """Further commands, by their names."""
        self._more |= commands

    @property
    def way_out(self) -> Way | None:
        """The way out that is meant while one connects by keys."""
        return self._connecting and self._connecting.way

    def claims(self, event: QKeyEvent) -> bool:
        """Whether a key is the canvas's own, though a menu of the window may have it too."""
        command = keymap.command(event)
        return command is not None and command not in ("undo", "redo")

    def press(self, event: QKeyEvent) -> bool:
        """Answers whether the key means something here."""
        key = Qt.Key(event.key())
        if self._connecting is not None:
            return self._connecting.press(key)
        if self._hands.is_busy:
            return key is Qt.Key.Key_Escape and self._hands.cancel()
        if key in keymap.ARROWS:
            self._arrow(keymap.ARROWS[key], event.modifiers())
            return True
        if key is Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._hands.hold_space(True)
            return True
        command = keymap.command(event)
        if command is None:
            return False
        self.do(command)
        return True

    def do(self, command: str, at: Point | None = None) -> None:
        """Do what a key does, at a point of the canvas where that matters."""
        if command not in self._more:
            self._commands[command](at)
        elif self._more[command].can():
            self._more[command].do(at)

    def can(self, command: str) -> bool:
        """Whether a command would do anything now."""
        plan, selection, chosen = (
            self._tools.plan,
            self._tools.selection,
            self._tools.scene.hover.chosen,
        )
        if command in self._more:
            return self._more[command].can()
        match command:
            case "connect":
                return selection.only in plan.shapes and bool(plan.shapes[selection.only].ports)
            case "edit" | "cut" | "copy" | "duplicate":
                return self._tools.editing.has_selection()
            case "delete":
                return self._tools.editing.has_selection() or chosen is not None
            case "paste":
                return self._tools.editing.can_paste(read())
            case "select_all" | "fit":
                return plan.bounds() is not None
        return True

    def starts(self) -> list[str]:
        """The blocks that start a conversation, in the order of reading."""
        plan = self._tools.plan
        return [id for id in plan.reading_order() if not plan.shapes[id].has_way_in]

    def release(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._hands.hold_space(False)
            return True
        return False

    def step(self, forward: bool) -> bool:
        """Tab: the next block as the conversation goes; after the last one, out of the canvas."""
        order = self._tools.plan.reading_order()
        if not order or self._connecting is not None:
            return False
        current = self.here()
        if current is None:
            self._go(order[0] if forward else order[-1])
            return True
        index = order.index(current) + (1 if forward else -1)
        if not 0 <= index < len(order):
            self._tools.selection.select([])
            return False
        self._go(order[index])
        return True

    def stop_connecting(self) -> None:
        """Something else begins."""
        if self._connecting is not None:
            self._connecting.cancel()

    def connect(self) -> None:
        """From the selected block: choose the way out, then the block to lead to."""
        only = self._tools.selection.only
        if only is not None and self.can("connect"):
            say = lambda words: self._notice.say(words, stays=True)  # noqa: E731
            self._connecting = KeyConnect(self._tools, only, say, self._stopped)
            self._connecting.start()

    def delete(self) -> None:
        chosen = self._tools.scene.hover.chosen
        if chosen is not None:
            self._tools.editing.cut(chosen)
        else:
            self._tools.editing.delete()

    def select_all(self) -> None:
        plan = self._tools.plan
        self._tools.selection.select(plan.boxes, frames=plan.frames.boxes)

    def copy(self) -> None:
        if self._tools.editing.has_selection():
            write(self._tools.editing.copied())

    def cut(self) -> None:
        self.copy()
        self._tools.editing.delete()

    def paste(self, at: Point | None = None) -> None:
        """What is on the clipboard, around a point, where the mouse is, or in the middle."""
        text = read()
        if not text.strip():
            return
        try:
            self._tools.editing.paste(text, at or self.place())
        except Problem:
            self._notice.say(_("What you copied is not a part of a flow, so nothing was pasted."))

    def place(self) -> Point:
        """Where the mouse is on the canvas; the middle of what is seen where it is elsewhere."""
        viewport = self._tools.view.viewport()
        if viewport.underMouse() and QGuiApplication.mouseButtons() is Qt.MouseButton.NoButton:
            return self._hands.spot.point
        return self._tools.view.visible().center

    def _arrow(self, direction: Direction, modifiers: Qt.KeyboardModifier) -> None:
        if modifiers & keymap.NUDGING:
            by = GRID * (FAR if modifiers & Qt.KeyboardModifier.ShiftModifier else 1)
            self._tools.editing.nudge(direction.value[0] * by, direction.value[1] * by)
            return
        here = self.here()
        if here is None:
            self.step(forward=True)
        elif (found := nearest(self._tools.plan, here, direction)) is not None:
            self._go(found)

    def here(self) -> str | None:
        """The block that keys are about: the one selected last."""
        selected = self._tools.selection.blocks & self._tools.plan.boxes.keys()
        if self._current in selected:
            return self._current
        return min(selected, default=None)

    def _go(self, id: str) -> None:
        self._current = id
        self._tools.selection.select([id])
        self._tools.view.show_box(self._tools.plan.boxes[id])

    def _edit(self) -> None:
        if (here := self.here()) is not None:
            self.edit_requested.emit(here)
        elif (frame := min(self._tools.selection.frames, default=None)) is not None:
            self.frame_edit_requested.emit(frame)

    def _go_to_start(self) -> None:
        """To the first start; from a start, to the next one."""
        starts = self.starts()
        if starts:
            here = self.here()
            index = starts.index(here) + 1 if here in starts else 0
            self._tools.selection.show(starts[index % len(starts)])

    def _leave(self) -> None:
        self._tools.scene.hover.choose(None)
        self._tools.selection.select([])

    def _stopped(self) -> None:
        self._connecting = None
        self._notice.hide()
