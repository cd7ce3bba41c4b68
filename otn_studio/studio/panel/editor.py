"""What an editor of a value is to the form around it."""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from otn_studio.blocks.finding import Finding
from otn_studio.blocks.words import Words
from otn_studio.flow.changes import Change
from otn_studio.studio.panel.place import Place
from otn_studio.studio.panel.target import Target
from otn_studio.studio.panel.watch import Watch
from otn_studio.studio.widgets import controls
from otn_studio.studio.words import _


class Editor(QWidget):
    """Shows one value and sends what a person makes of it; it keeps nothing else.

    ``remarked``: something to say about what was typed, before it is a value; empty takes it back.
    """

    remarked = Signal(str)

    shows_label = True
    """Whether the form writes the option's label above."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(8)

    def show_value(self, value: Any) -> None:
        """Show a value; one that is shown already leaves the cursor where it is."""
        raise NotImplementedError

    def hint(self, text: str) -> bool:
        """Show a help text within the editor, where it has a place for it."""
        return False

    def mark(self, findings: list[Finding]) -> None:
        """Wear the problems of this field."""
        if proxy := self.focusProxy():
            controls.set_look(proxy, "problem", bool(findings))

    def stops(self) -> Iterator[QWidget]:
        """Where the Tab key stops, in order."""
        if proxy := self.focusProxy():
            yield proxy

    def targets(self) -> Iterator[Target]:
        """Places further in that show their own problems."""
        return iter(())

    def reach(self, field: str) -> None:
        """Make what this field, or one further in, is edited with, if there was no time for it yet."""

    def send(self, value: Any, *first: Change, words: Words | None = None) -> None:
        """Make this the value. One that the declaration does not take is only remarked on."""
        try:
            self.place.write(value, *first, words=words)
        except ValueError:
            self.remarked.emit(_("This can’t be kept here. Write it in another way."))
        else:
            self.remarked.emit("")

    def focus_on(self, field: str) -> None:
        """Go to the input of this field, or of one below it, unless the focus is there already."""
        focus = QApplication.focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            self.setFocus()
            _go_to_the_end(self.focusProxy())

    def watch(self, input: QWidget, path: str = "") -> None:
        """Let an input take part in the selection and in the document's history."""
        Watch(input, self.place.tools.document, lambda: self.place.point(path))

    def use(self, input: QWidget) -> None:
        """Let this be the input that has the focus and the name of the field."""
        input.setObjectName(self.place.path)
        input.setAccessibleName(_(self.place.option.label))
        self.setFocusProxy(input)


def _go_to_the_end(input: QWidget | None) -> None:
    """Where one goes on writing, unless the cursor has been somewhere already."""
    match input:
        case QLineEdit() if input.cursorPosition() == 0:
            input.end(False)
        case QPlainTextEdit() if input.textCursor().position() == 0:
            input.moveCursor(QTextCursor.MoveOperation.End)
