"""Lets a row be dragged by whatever stands in it, as a finger does on a phone."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget

from otn_studio.studio.theme import sides


class Dragging(QObject):
    """A press that hardly moves stays what it is; one that moves away scrolls, and taps nothing."""

    let_go = Signal()

    def __init__(self, area: QScrollArea, ground: QWidget) -> None:
        super().__init__(area)
        self._bar = area.horizontalScrollBar()
        self._ground = ground
        self._pressed: QPoint | None = None
        self._began_at = 0
        self._drags = False
        self.take(ground)

    def take(self, thing: QWidget) -> None:
        thing.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.MouseButtonPress if event.button() == Qt.MouseButton.LeftButton:
                self._pressed = event.globalPosition().toPoint()
                self._began_at, self._drags = self._bar.value(), False
                return watched is self._ground
            case QEvent.Type.MouseMove if self._pressed is not None:
                return self._move(watched, event.globalPosition().toPoint())
            case QEvent.Type.MouseButtonRelease if self._pressed is not None:
                return self._release()
        return False

    def _move(self, watched: QObject, here: QPoint) -> bool:
        assert self._pressed is not None
        by = here.x() - self._pressed.x()
        if not self._drags and abs(by) >= QApplication.startDragDistance():
            self._drags = True
            if isinstance(watched, QAbstractButton):
                watched.setDown(False)
        if self._drags:
            self._bar.setValue(self._began_at + (by if sides.are_swapped() else -by))
        return self._drags

    def _release(self) -> bool:
        self._pressed = None
        if self._drags:
            self.let_go.emit()
        return self._drags
