"""What is made when it is first shown, since most of it is not shown in most sessions."""

from collections.abc import Callable
from functools import cached_property
from typing import Generic, TypeVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

W = TypeVar("W", bound=QWidget)


class Later(QFrame, Generic[W]):
    """Keeps the place of a widget in a stack."""

    def __init__(self, make: Callable[[], W]) -> None:
        super().__init__()
        self._make = make
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    @cached_property
    def made(self) -> W:
        """The widget itself."""
        widget = self._make()
        self._layout.addWidget(widget)
        self.setFocusProxy(widget)
        widget.show()
        return widget

    def setVisible(self, visible: bool) -> None:
        """Where it is to be seen at once, it is whole by then."""
        if visible and self.parentWidget() is not None and self.parentWidget().isVisible():
            _ = self.made
        super().setVisible(visible)

    def showEvent(self, event: QShowEvent) -> None:
        """It comes into view with all around it."""
        _ = self.made
        super().showEvent(event)
