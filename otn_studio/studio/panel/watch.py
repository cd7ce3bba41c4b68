"""What every input has in common, whatever it is: which field is meant, and one history for all."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from otn_studio.studio.document.document import Document

_FOLLOWED = frozenset(
    (
        QEvent.Type.FocusIn,
        QEvent.Type.FocusOut,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.KeyPress,
    )
)
_UNDO, _REDO = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo


class Watch(QObject):
    """Follows one input: tells ``focused`` of its focus, and ends the step of typing after it.

    Undo and redo are the document's: an input's own history would be a second one.
    """

    def __init__(
        self, input: QWidget, document: Document, focused: Callable[[], None] = lambda: None
    ) -> None:
        super().__init__(input)
        self._document, self._focused = document, focused
        input.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _FOLLOWED:
            return False
        match event.type():
            case QEvent.Type.FocusIn:
                self._focused()
            case QEvent.Type.FocusOut:
                self._document.end_merging()
            case QEvent.Type.ShortcutOverride if event.matches(_UNDO) or event.matches(_REDO):
                event.ignore()
                return True
            case QEvent.Type.KeyPress if event.matches(_UNDO):
                self._document.undo()
                return True
            case QEvent.Type.KeyPress if event.matches(_REDO):
                self._document.redo()
                return True
        return False
