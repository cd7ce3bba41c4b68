"""All keys of the studio, in groups, with what they do."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from PySide6.QtGui import QKeySequence

from otn_studio.blocks.words import Words
from otn_studio.studio.canvas.keymap import KEYS
from otn_studio.studio.window import actions
from otn_studio.studio.window.actions import Declaration
from otn_studio.studio.words import shown


class Known(NamedTuple):
    """What something is called, and the keys for it as they are written on this computer."""

    words: str
    keys: tuple[str, ...]


class Group(NamedTuple):
    title: str
    known: tuple[Known, ...]


LOOK: Final = {
    "zoom_in": Words("Zoom in"),
    "zoom_out": Words("Zoom out"),
    "zoom_full": Words("Back to 100 %"),
    "fit": Words("Show the whole flow"),
    "fit_selected": Words("Show what is selected"),
    "back": Words("Back to where I was"),
    "way": Words("Show the way of the people"),
    "figures": Words("Show or hide figures"),
    "find": Words("Find in the flow"),
    "start": Words("Go to start"),
}
DRAW: Final = {
    "add": Words("Add a block"),
    "edit": Words("Edit"),
    "connect": Words("Connect"),
    "insert": Words("Insert a block into a connection"),
    "note": Words("Add a note"),
    "select_all": Words("Select all"),
    "copy": Words("Copy"),
    "cut": Words("Cut"),
    "paste": Words("Paste"),
    "duplicate": Words("Duplicate"),
    "delete": Words("Delete"),
    "undo": Words("Undo"),
    "redo": Words("Redo"),
    "menu": Words("Everything that can be done"),
    "leave": Words("Leave it"),
}
ARRANGE: Final = {
    "frame": Words("Put in a frame"),
    "next_frame": Words("To the next frame"),
    "collapse": Words("Collapse or expand"),
    "align_left": Words("Align left"),
    "align_center": Words("Align centers"),
    "align_right": Words("Align right"),
    "align_top": Words("Align tops"),
    "align_middle": Words("Align middles"),
    "align_bottom": Words("Align bottoms"),
    "distribute_across": Words("Distribute across"),
    "distribute_down": Words("Distribute down"),
    "tidy": Words("Tidy up"),
}
_ARROWS: Final = "←→↑↓"
_MOVES: Final = (
    (Words("To the block beside it"), ("Left", "Right", "Up", "Down")),
    (Words("To the next block"), ("Tab",)),
    (Words("Move what is selected"), ("Alt+Left", "Alt+Right", "Alt+Up", "Alt+Down")),
    (Words("Pull the canvas along"), ("Space",)),
)


def groups() -> tuple[Group, ...]:
    """As they are shown: first what holds everywhere."""
    window = tuple(Known(shown(d.words).removesuffix("…"), _native(d.keys)) for d in declarations())
    moves = tuple(Known(shown(words), _native(*keys)) for words, keys in _MOVES)
    return (
        Group(shown(Words("Everywhere")), window),
        Group(shown(Words("Look at the canvas")), (*moves, *_commands(LOOK))),
        Group(shown(Words("Draw")), tuple(_commands(DRAW))),
        Group(shown(Words("Arrange")), tuple(_commands(ARRANGE))),
    )


def declarations() -> Iterator[Declaration]:
    """The actions of the window that have keys."""
    for value in vars(actions).values():
        if isinstance(value, Declaration) and value.keys:
            yield value


def _commands(named: dict[str, Words]) -> Iterator[Known]:
    for command, words in named.items():
        keys = [keys for keys, does in KEYS.items() if does == command]
        yield Known(shown(words), _native(*keys[:2]))


def _native(*keys: str) -> tuple[str, ...]:
    """The four arrows share one cap."""
    shown = [QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in keys]
    if len(keys) == len(_ARROWS):
        return (shown[0].removesuffix(_native("Left")[0]) + " ".join(_ARROWS),)
    return tuple(shown)
