"""Fields onto which files and addresses are dropped."""

from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from otn_studio.studio.panel.bringing import dropped
from otn_studio.studio.widgets.controls import set_look


class TakesDrops:
    """Stands before the widget's own class. Its ``_line`` shows that something can be dropped."""

    _line: QLineEdit

    def take(self, brought: Path | str) -> None:
        """Something was dropped."""
        raise NotImplementedError

    def dragEnterEvent(self, event) -> None:
        if dropped(event.mimeData()) is not None:
            set_look(self._line, "dropping", True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event) -> None:
        set_look(self._line, "dropping", False)

    def dropEvent(self, event) -> None:
        set_look(self._line, "dropping", False)
        brought = dropped(event.mimeData())
        if brought is not None:
            event.acceptProposedAction()
            self.take(brought)
