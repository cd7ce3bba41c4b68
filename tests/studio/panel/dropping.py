"""Dropping a file or an address onto a widget, as a file manager or a browser does it."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

COPY = Qt.DropAction.CopyAction
LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier


def data_of(what: Path | str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(what)) if isinstance(what, Path) else QUrl(what)])
    return data


def hover(widget: QWidget, data: QMimeData, at: QPoint) -> bool:
    """Bring it there without letting go; whether it would be taken."""
    event = QDragEnterEvent(at, COPY, data, LEFT, NO_KEYS)
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def leave(widget: QWidget) -> None:
    QApplication.sendEvent(widget, QDragLeaveEvent())


def drop(widget: QWidget, what: Path | str, at: QPoint | None = None) -> bool:
    """Let it go over a place of the widget, its middle where none is said; whether it was taken."""
    at = widget.rect().center() if at is None else at
    data = data_of(what)
    taken = hover(widget, data, at)
    if taken:
        QApplication.sendEvent(widget, QDropEvent(at.toPointF(), COPY, data, LEFT, NO_KEYS))
    return taken
