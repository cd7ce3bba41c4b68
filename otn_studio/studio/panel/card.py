"""A card for one of several parts, with what can be done with it: move it, take it away."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QWidget

from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.controls import IconButton
from otn_studio.studio.words import _

UP, DOWN = -1, 1


class Actions(QWidget):
    """Quiet until their card is pointed at or has the focus, and always there for the keyboard."""

    moved = Signal(int)
    removed = Signal()

    def __init__(self, theme: Theme, path: str, name: str) -> None:
        super().__init__()
        self.up = IconButton(theme, "chevron-up", _("Move {name} up", name=name))
        self.down = IconButton(theme, "chevron-down", _("Move {name} down", name=name))
        self.bin = IconButton(theme, "trash-2", _("Remove {name}", name=name))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        for button, what in ((self.up, "up"), (self.down, "down"), (self.bin, "remove")):
            button.setObjectName(f"{path} {what}")
            line.addWidget(button)
        self.up.clicked.connect(lambda: self.moved.emit(UP))
        self.down.clicked.connect(lambda: self.moved.emit(DOWN))
        self.bin.clicked.connect(self.removed)

    def stand_at(self, index: int, count: int) -> None:
        """The first can't go up, the last can't go down."""
        self.up.setEnabled(index > 0)
        self.down.setEnabled(index < count - 1)
        for button in (self.up, self.down):
            button.setVisible(count > 1)

    def show_icons(self, shows: bool) -> None:
        for button in (self.up, self.down, self.bin):
            button.show_icon(shows)

    def focus_mover(self, direction: int) -> None:
        """Go on with a move in the same direction, as far as there is one."""
        wanted, other = (self.up, self.down) if direction == UP else (self.down, self.up)
        (wanted if wanted.isEnabled() else other).setFocus()

    def stops(self) -> Iterator[QWidget]:
        yield from (self.up, self.down, self.bin)


class Card(QFrame):
    """Shows its actions while it is pointed at or the focus is in it. Keys: Alt+Up, Alt+Down.

    ``dragged`` and ``dropped`` tell the height on the screen. Escape ends a drag: ``let_go``.
    """

    clicked = Signal()
    dragged = Signal(int)
    dropped = Signal(int)
    let_go = Signal()

    def __init__(self, theme: Theme, path: str, name: str) -> None:
        super().__init__()
        self.actions = Actions(theme, path, name)
        self.actions.show_icons(False)
        self._pressed: QPoint | None = None
        self._is_dragged = False
        QApplication.instance().focusChanged.connect(self._enliven)

    def middle(self) -> int:
        """The height of its middle on the screen."""
        return self.mapToGlobal(self.rect().center()).y()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self._enliven()
        return super().event(event)

    def keyPressEvent(self, event) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and event.key() == Qt.Key.Key_Up:
            self.actions.moved.emit(UP)
        elif alt and event.key() == Qt.Key.Key_Down:
            self.actions.moved.emit(DOWN)
        elif event.key() == Qt.Key.Key_Escape and self._is_dragged:
            self._end_drag()
            self.let_go.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.globalPosition().toPoint()

    def mouseMoveEvent(self, event) -> None:
        if self._pressed is None:
            return
        here = event.globalPosition().toPoint()
        far = (here - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if far and not self._is_dragged:
            self._is_dragged = True
            self.grabKeyboard()
            QApplication.setOverrideCursor(Qt.CursorShape.ClosedHandCursor)
        if self._is_dragged:
            self.dragged.emit(here.y())

    def mouseReleaseEvent(self, event) -> None:
        if self._pressed is None:
            return
        was_dragged = self._is_dragged
        self._end_drag()
        if was_dragged:
            self.dropped.emit(event.globalPosition().toPoint().y())
        elif self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def hideEvent(self, event) -> None:
        """What is gone is not dragged any more."""
        self._end_drag()

    def _end_drag(self) -> None:
        self._pressed = None
        if self._is_dragged:
            self._is_dragged = False
            self.releaseKeyboard()
            QApplication.restoreOverrideCursor()

    def _enliven(self, *_change: QWidget | None) -> None:
        focus = QApplication.focusWidget()
        has_focus = focus is not None and (focus is self or self.isAncestorOf(focus))
        self.actions.show_icons(has_focus or self.underMouse())
