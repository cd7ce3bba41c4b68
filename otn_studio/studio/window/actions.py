"""Everything that can be done in the window, each declared once: its words, its keys, its icon.

Menus, buttons, shortcuts and tooltips are made from these.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from otn_studio.blocks.words import Words
from otn_studio.studio.theme.icons import icon
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import shown


@dataclass(frozen=True)
class Declaration:
    """One thing to do. ``keys`` are written as Qt writes them."""

    name: str
    words: Words
    icon: str
    keys: str = ""
    help: Words | None = None


NEW = Declaration("new", Words("New flow"), "file-plus", "Ctrl+N")
OPEN = Declaration("open", Words("Open…"), "folder-open", "Ctrl+O")
SAVE = Declaration("save", Words("Save"), "save", "Ctrl+S")
SAVE_AS = Declaration("save_as", Words("Save as…"), "save", "Ctrl+Shift+S")
IMPORT = Declaration("import", Words("Import…"), "import", help=Words("Flows of another program"))
EXPORT = Declaration(
    "export",
    Words("Export as…"),
    "file-output",
    help=Words("A copy of the flow for somebody else: a picture, a graph, another program"),
)
CLOSE = Declaration("close", Words("Close flow"), "x", "Ctrl+W")
VERSIONS = Declaration(
    "versions",
    Words("Versions"),
    "history",
    "Ctrl+Shift+V",
    Words("What was published when, and the way back"),
)
COMPARE = Declaration(
    "compare",
    Words("Compare with a file…"),
    "git-compare",
    help=Words("What is different, drawn on the canvas"),
)
NEXT_FLOW = Declaration("next_flow", Words("Next flow"), "chevron-right", "Ctrl+Tab")
PREVIOUS_FLOW = Declaration(
    "previous_flow", Words("Previous flow"), "chevron-left", "Ctrl+Shift+Tab"
)
HELP = Declaration(
    "help",
    Words("Help"),
    "circle-question-mark",
    "Shift+F1",
    Words("About what you are looking at"),
)
KEYBOARD = Declaration("keyboard", Words("Keyboard"), "keyboard", "F1")
PREFERENCES = Declaration("preferences", Words("Preferences…"), "settings", "Ctrl+,")
UNDO = Declaration("undo", Words("Undo"), "undo-2", "Ctrl+Z")
REDO = Declaration("redo", Words("Redo"), "redo-2", "Ctrl+Shift+Z")
LANGUAGES = Declaration(
    "languages",
    Words("Languages"),
    "languages",
    "Ctrl+L",
    Words("Every text beside its translation"),
)
PRACTICE = Declaration(
    "practice",
    Words("Practice"),
    "smartphone",
    "Ctrl+P",
    Words("Chat with the published flow on a phone"),
)
SIMULATOR = Declaration(
    "simulator",
    Words("Simulator"),
    "play",
    "Ctrl+T",
    Words("Talk with the flow as it is drawn, at any time and as anybody"),
)
PUBLISH = Declaration(
    "publish",
    Words("Publish"),
    "zap",
    "Ctrl+Enter",
    Words("Make the flow live, as a new version"),
)


class Actions(QObject):
    """The declared actions of one window, by their names, as Qt's own."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._made: dict[str, tuple[Declaration, QAction]] = {}
        theme.changed.connect(self._recolor)

    def add(self, declaration: Declaration, do: Callable[[], object]) -> QAction:
        """Make an action that does ``do``."""
        action = QAction(shown(declaration.words), self._window)
        action.setObjectName(f"action_{declaration.name}")
        action.setShortcuts(_shortcuts(declaration.keys))
        action.setToolTip(_tooltip(declaration))
        action.triggered.connect(lambda: do())
        self._window.addAction(action)
        self._made[declaration.name] = declaration, action
        self._color(declaration.name)
        return action

    def __getitem__(self, declaration: Declaration) -> QAction:
        return self._made[declaration.name][1]

    def _recolor(self) -> None:
        for name in self._made:
            self._color(name)

    def _color(self, name: str) -> None:
        declaration, action = self._made[name]
        action.setIcon(icon(declaration.icon, self._theme.roles.text))


def _shortcuts(keys: str) -> list[QKeySequence]:
    """Enter is either of the two keys that are called so; Qt calls one of them Return."""
    return [
        QKeySequence(either) for either in dict.fromkeys((keys, keys.replace("Enter", "Return")))
    ]


def _tooltip(declaration: Declaration) -> str:
    keys = QKeySequence(declaration.keys).toString(QKeySequence.SequenceFormat.NativeText)
    words = shown(declaration.help or declaration.words)
    return f"{words} ({keys})" if keys else words
