"""What a right press offers, and the menu key: the commands of the keyboard, each with its key."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QMenu

from otn_studio.blocks.words import Words
from otn_studio.studio.canvas import keymap
from otn_studio.studio.canvas.geometry import Point
from otn_studio.studio.canvas.gestures.gesture import Tools
from otn_studio.studio.canvas.keys import Keys
from otn_studio.studio.panel.names import for_menu
from otn_studio.studio.words import _, shown

_BELOW_TITLE = 24.0


class Entry(NamedTuple):
    command: str
    words: Words


_LINE = None
_PASTE = Entry("paste", Words("Paste"))
_ON_BLOCKS = (
    Entry("edit", Words("Edit")),
    Entry("connect", Words("Connect…")),
    _LINE,
    Entry("cut", Words("Cut")),
    Entry("copy", Words("Copy")),
    _PASTE,
    Entry("duplicate", Words("Duplicate")),
    _LINE,
    Entry("delete", Words("Delete")),
)
_ON_CONNECTION = (Entry("delete", Words("Remove connection")),)
_ON_NOTHING = (
    Entry("add", Words("Add a block here…")),
    _PASTE,
    _LINE,
    Entry("select_all", Words("Select all")),
    Entry("fit", Words("Fit all")),
)


class ContextMenu(QMenu):
    """Made anew for whatever is selected when it opens."""

    def __init__(self, tools: Tools, keys: Keys) -> None:
        super().__init__(tools.view)
        self.setObjectName("canvas_menu")
        self._tools = tools
        self._keys = keys

    def open(self, point: Point | None) -> None:
        """At a point of the canvas; none: at what is selected, for somebody with a keyboard."""
        self.clear()
        at = point or self._beside_selection()
        if self._tools.scene.hover.chosen is not None:
            self._add(_ON_CONNECTION, at)
        elif self._tools.selection.blocks:
            self._add(_ON_BLOCKS, at)
        else:
            self._add(_ON_NOTHING, at)
            self._add_starts()
        place = self._tools.view.to_window(at).toPoint()
        self.popup(self._tools.view.viewport().mapToGlobal(place))

    def _add(self, entries: Iterable[Entry | None], at: Point) -> None:
        for entry in entries:
            if entry is _LINE:
                self.addSeparator()
                continue
            action = self.addAction(_with_key(shown(entry.words), entry.command))
            action.setObjectName(entry.command)
            action.setEnabled(self._keys.can(entry.command))
            action.triggered.connect(self._doing(entry.command, at))

    def _add_starts(self) -> None:
        """One way to the only start; of several, a list by their names."""
        starts = self._keys.starts()
        if len(starts) < 2:
            action = self.addAction(_with_key(_("Go to start"), "start"))
            action.setObjectName("start")
            action.setEnabled(bool(starts))
            action.triggered.connect(self._doing("start", Point(0, 0)))
            return
        menu = self.addMenu(_("Go to start…"))
        menu.menuAction().setObjectName("start")
        for id in starts:
            action = menu.addAction(for_menu(self._tools.editing.name(id)))
            action.setObjectName(f"start_{id}")
            action.triggered.connect(self._going(id))

    def _doing(self, command: str, at: Point) -> Callable[[], None]:
        return lambda: self._keys.do(command, at)

    def _going(self, id: str) -> Callable[[], None]:
        return lambda: self._tools.selection.show(id)

    def _beside_selection(self) -> Point:
        view, plan = self._tools.view, self._tools.plan
        chosen = self._tools.scene.hover.chosen
        if chosen is not None:
            wish = plan.routes[chosen].at(0.5)
        elif (here := self._keys.here()) is not None:
            wish = plan.boxes[here].corner.plus(_BELOW_TITLE, _BELOW_TITLE)
        else:
            wish = view.visible().center
        place = view.to_window(wish)
        room = view.viewport().rect()
        x = min(max(place.x(), room.left()), room.right())
        y = min(max(place.y(), room.top()), room.bottom())
        return view.to_canvas(QPointF(x, y))


def _with_key(words: str, command: str) -> str:
    """What stands behind a tab is shown at the right, where menus have their keys."""
    return f"{for_menu(words)}\t{keymap.shown(command)}"
