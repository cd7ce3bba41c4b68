"""Every key of the canvas and what it does; what Qt calls the key is how it is written here.

Enter is either of the two: what Qt calls Return has that word on it, too.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from otn_studio.studio.canvas.direction import Direction

ARROWS = {
    Qt.Key.Key_Left: Direction.LEFT,
    Qt.Key.Key_Right: Direction.RIGHT,
    Qt.Key.Key_Up: Direction.UP,
    Qt.Key.Key_Down: Direction.DOWN,
}
KEYS = {
    "+": "zoom_in",
    "Ctrl++": "zoom_in",
    "=": "zoom_in",
    "Ctrl+=": "zoom_in",
    "-": "zoom_out",
    "Ctrl+-": "zoom_out",
    "0": "zoom_full",
    "Ctrl+0": "zoom_full",
    "F": "fit",
    "Z": "fit_selected",
    "Ctrl+2": "fit_selected",
    "B": "back",
    "W": "way",
    "Ctrl+Shift+I": "figures",
    "Ctrl+F": "find",
    "Ctrl+1": "fit",
    "/": "add",
    "Ctrl+K": "add",
    "C": "connect",
    "I": "insert",
    "N": "note",
    "Ctrl+G": "frame",
    "G": "next_frame",
    ".": "collapse",
    "Alt+A": "align_left",
    "Alt+H": "align_center",
    "Alt+D": "align_right",
    "Alt+W": "align_top",
    "Alt+V": "align_middle",
    "Alt+S": "align_bottom",
    "Ctrl+Alt+H": "distribute_across",
    "Ctrl+Alt+V": "distribute_down",
    "Ctrl+Shift+T": "tidy",
    "Enter": "edit",
    "Home": "start",
    "Menu": "menu",
    "Shift+F10": "menu",
    "Del": "delete",
    "Backspace": "delete",
    "Esc": "leave",
    "Ctrl+A": "select_all",
    "Ctrl+C": "copy",
    "Ctrl+X": "cut",
    "Ctrl+V": "paste",
    "Ctrl+D": "duplicate",
    "Ctrl+Z": "undo",
    "Ctrl+Shift+Z": "redo",
    "Ctrl+Y": "redo",
}
NUDGING = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier


def shown(command: str) -> str:
    """The first key of a command, as it is written on this computer's keyboard."""
    keys = next(keys for keys, does in KEYS.items() if does == command)
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def command(event: QKeyEvent) -> str | None:
    """What a key does; none for one that does nothing here."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.text() in KEYS and not modifiers & ~Qt.KeyboardModifier.ShiftModifier:
        return KEYS[event.text()]
    key = Qt.Key.Key_Enter if event.key() == Qt.Key.Key_Return else event.key()
    keys = QKeySequence(modifiers.value | key)
    return KEYS.get(keys.toString(QKeySequence.SequenceFormat.PortableText))
