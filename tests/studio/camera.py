"""Pictures of a window with everything that is open above it."""

import time
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget

from otn_studio.studio.theme.theme import Theme

SECONDS = 0.5
"""Until everything has come to rest."""


class Camera:
    """``shoot`` keeps a picture by the screen's name; ``suffix`` tells the theme and size."""

    def __init__(self, window: QMainWindow, theme: Theme, folder: Path, suffix: str) -> None:
        self._window = window
        self._theme = theme
        self._folder = folder
        self._suffix = suffix

    def settle(self) -> None:
        """Let everything come to rest."""
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            QApplication.processEvents()
            time.sleep(0.01)

    def shoot(self, screen: str) -> None:
        self.settle()
        picture = self._window.grab()
        painter = QPainter(picture)
        for widget in sorted(QApplication.topLevelWidgets(), key=_depth):
            if widget.isVisible() and widget is not self._window:
                self._draw(painter, widget)
        painter.end()
        picture.save(str(self._folder / f"{screen}-{self._suffix}.png"))

    def _draw(self, painter: QPainter, widget: QWidget) -> None:
        """Dialogs in the middle and with an edge, as the desktop shows them; menus where they are."""
        if isinstance(widget, QDialog):
            place = self._window.rect().center() - widget.rect().center()
        else:
            place = self._window.mapFromGlobal(widget.mapToGlobal(QPoint()))
        painter.drawPixmap(place, widget.grab())
        if isinstance(widget, QDialog):
            painter.setPen(self._theme.roles.color("hairline"))
            painter.drawRect(widget.rect().translated(place).adjusted(-1, -1, 0, 0))


def _depth(widget: QWidget) -> int:
    """How many windows it stands above."""
    parent = widget.parentWidget()
    return 0 if parent is None else 1 + _depth(parent.window())
