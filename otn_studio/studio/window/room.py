"""Room for the window on every screen."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def with_room(whole: QWidget) -> QScrollArea:
    """At 300 % on a small screen there is not room for everything: then it can be scrolled."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setWidget(_Room(whole))
    return area


class _Room(QWidget):
    """As large as it is let, and never smaller than it must: what it would like does not count."""

    def __init__(self, whole: QWidget) -> None:
        super().__init__()
        self._whole = whole
        whole.setParent(self)

    def minimumSizeHint(self) -> QSize:
        return self._whole.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._whole.setGeometry(self.rect())

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)
