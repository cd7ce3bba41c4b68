"""Asking for a page of help, from wherever one is in the window."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QWhatsThisClickedEvent
from PySide6.QtWidgets import QWidget


def ask_for_help(widget: QWidget, place: str) -> None:
    """Have the studio's window open the help there: ``topics.md``, or ``topics.md#a-part``."""
    window = widget.window()
    while (above := window.parentWidget()) is not None:
        window = above.window()
    QCoreApplication.sendEvent(window, QWhatsThisClickedEvent(place))
