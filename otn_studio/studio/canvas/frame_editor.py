"""Writing on a frame, in its place: the first line is the title, what follows is the note."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QPlainTextEdit

from otn_studio.studio.canvas.frames import HEAD
from otn_studio.studio.canvas.framing import Framing
from otn_studio.studio.canvas.view import View
from otn_studio.studio.words import _

LEAST = 200, 84
MOST = 480, 240
INSET = 5
"""The frame's own edge, with its round corners, stays in sight."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FrameEditor(QPlainTextEdit):
    """Enter keeps it, as does a press elsewhere; Shift+Enter begins a new line, Esc gives it up."""

    def __init__(self, view: View, framing: Framing) -> None:
        super().__init__(view.viewport())
        self._view = view
        self._framing = framing
        self._id: str | None = None
        self.setObjectName("frame_editor")
        self.setAccessibleName(_("Title and note of the frame"))
        self.setPlaceholderText(_("Title; Shift+Enter for a note below"))
        self.setTabChangesFocus(True)
        view.moved.connect(self._place)
        self.hide()

    def open(self, id: str) -> None:
        """Write on this one."""
        frame = self._framing[id]
        self._id = id
        self.setPlainText(f"{frame.title}\n{frame.note}" if frame.note else frame.title)
        self.selectAll()
        self._place()
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_again(self, *, keep: bool) -> None:
        """Done; ``keep`` what was written."""
        id, self._id = self._id, None
        self.hide()
        if id is not None and keep and id in self._view.plan.frames.boxes:
            self._framing.write(id, self.toPlainText())
        if id is not None:
            self._view.setFocus()

    def keyPressEvent(self, event) -> None:
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() == Qt.Key.Key_Escape:
            self.close_again(keep=False)
        elif event.key() in _ENTER and not shift:
            self.close_again(keep=True)
        elif event.key() in _ENTER:
            self.insertPlainText("\n")
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self.close_again(keep=True)

    def _place(self) -> None:
        if self._id is None or self._id not in self._view.plan.frames.boxes:
            return
        box = self._view.plan.frames.boxes[self._id]
        corner = self._view.to_window(box.corner)
        across, down = box.width * self._view.zoom, box.height * self._view.zoom
        width = min(MOST[0], max(LEAST[0], across))
        height = min(MOST[1], max(LEAST[1], down if self._is_note() else HEAD))
        whole = QRectF(corner.x(), corner.y(), width, height)
        self.setGeometry(whole.adjusted(INSET, INSET, -INSET, -INSET).toRect())

    def _is_note(self) -> bool:
        assert self._id is not None
        held = self._view.plan.held_by([self._id])
        return not held
