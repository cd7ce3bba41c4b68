"""Where a widget under test stands: in a window that leaves it its own size."""

from PySide6.QtWidgets import QWidget


def window_of(widget: QWidget, width: int, height: int) -> QWidget:
    """A window on the screen with this widget in it."""
    window = QWidget()
    window.resize(width, height)
    widget.setParent(window)
    widget.setGeometry(0, 0, width, height)
    window.show()
    return window
