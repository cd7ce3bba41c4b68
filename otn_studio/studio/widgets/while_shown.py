"""What is to be looked at anew again and again, as long as somebody sees it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


class WhileShown(QTimer):
    """Does ``first`` when a widget is shown, else what it does ``again`` every so many milliseconds."""

    def __init__(
        self,
        widget: QWidget,
        milliseconds: int,
        again: Callable[[], None],
        first: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(widget, interval=milliseconds)
        self._first = first or again
        self.timeout.connect(again)
        widget.installEventFilter(self)

    def eventFilter(self, widget: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._first()
            self.start()
        elif event.type() == QEvent.Type.Hide:
            self.stop()
        return False
