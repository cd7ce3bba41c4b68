"""What a right press offers, and the menu key: the commands of the keyboard, each with its key."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import QPointF

from otn_studio.blocks.words import Words
from otn_studio.studio.canvas import keymap
from otn_studio.studio.canvas.arranging import LINES_UP
from otn_studio.studio.canvas.frames import COLOR_WORDS, COLORS
from otn_studio.studio.canvas.geometry import Point
from otn_studio.studio.canvas.gestures.gesture import Tools
from otn_studio.studio.canvas.keys import Keys
from otn_studio.studio.panel.names import for_menu
from otn_studio.studio.widgets.menu import Menu
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
    Entry("insert", Words("Insert a block after it…")),
    _LINE,
    Entry("cut", Words("Cut")),
    Entry("copy", Words("Copy")),
    _PASTE,
    Entry("duplicate", Words("Duplicate")),
    _LINE,
    Entry("collapse", Words("Collapse or expand")),
    Entry("way", Words("Show the way of the people")),
    Entry("frame", Words("Put in a frame")),
)
_DELETE = (_LINE, Entry("delete", Words("Delete")))
_ARRANGE = (
    *(Entry(f"align_{side.value}", words) for side, words in LINES_UP.items()),
    _LINE,
    Entry("distribute_across", Words("Distribute across")),
    Entry("distribute_down", Words("Distribute down")),
    _LINE,
    Entry("tidy", Words("Tidy up")),
)
_ON_CONNECTION = (
    Entry("insert", Words("Insert a block here…")),
    _LINE,
    Entry("delete", Words("Remove connection")),
)
_ON_FRAME = (
    Entry("edit", Words("Write on it")),
    _LINE,
    Entry("copy", Words("Copy")),
    Entry("duplicate", Words("Duplicate")),
)
_REMOVE_FRAME = (_LINE, Entry("delete", Words("Delete frame")))
_ON_NOTHING = (
    Entry("add", Words("Add a block here…")),
    Entry("note", Words("Add a note here")),
    _PASTE,
    _LINE,
    Entry("select_all", Words("Select all")),
    Entry("tidy", Words("Tidy up")),
    Entry("fit", Words("Fit all")),
    Entry("back", Words("Back to where I was")),
    Entry("figures", Words("Show or hide figures")),
)


class ContextMenu(Menu):
    """Made anew for whatever is selected when it opens."""

    def __init__(self, tools: Tools, keys: Keys) -> None:
        super().__init__(tools.view)
        self.setObjectName("canvas_menu")
        self._tools = tools
        self._keys = keys

    def open(self, point: Point | None) -> None:
        """At a point of the canvas; none: at what is selected, for somebody with a keyboard."""
        self._clear()
        at = point or self._beside_selection()
        if self._tools.scene.hover.chosen is not None:
            self._add(_ON_CONNECTION, at)
        elif self._tools.selection.blocks:
            self._add(_ON_BLOCKS, at)
            if len(self._tools.selection.blocks) > 1:
                self._add(_ARRANGE, at, self.addMenu(_("Arrange")))
            self._add(_DELETE, at)
        elif self._tools.selection.frames:
            self._add(_ON_FRAME, at)
            self._add_colors()
            self._add(_REMOVE_FRAME, at)
        else:
            self._add(_ON_NOTHING, at)
            self._add_starts()
        place = self._tools.view.to_window(at).toPoint()
        self.popup(self._tools.view.viewport().mapToGlobal(place))

    def _clear(self) -> None:
        """Menus in the menu go, too: Qt would keep them."""
        for menu in self.findChildren(Menu):
            menu.deleteLater()
        self.clear()

    def _add(self, entries: Iterable[Entry | None], at: Point, menu: Menu | None = None) -> None:
        menu = menu or self
        for entry in entries:
            if entry is _LINE:
                menu.addSeparator()
                continue
            action = menu.addAction(_with_key(shown(entry.words), entry.command))
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

    def _add_colors(self) -> None:
        """The one that the frame has is marked."""
        frames, framing = self._tools.selection.frames, self._tools.framing
        menu = self.addMenu(_("Color"))
        worn = {framing[id].color for id in frames}
        for color, words in COLOR_WORDS.items():
            action = menu.addAction(self._tools.scene.shared.ink.dot(COLORS[color]), shown(words))
            action.setObjectName(f"color_{color}")
            action.setCheckable(True)
            action.setChecked(worn == {color})
            action.triggered.connect(self._coloring(color))

    def _coloring(self, color: str) -> Callable[[], None]:
        return lambda: self._tools.framing.color(color)

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
        elif frames := self._tools.selection.frames:
            wish = plan.frames.boxes[min(frames)].corner.plus(_BELOW_TITLE, _BELOW_TITLE)
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
