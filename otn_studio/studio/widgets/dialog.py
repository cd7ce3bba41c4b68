"""Small windows: a heading, what is asked for, and verbs on the buttons."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from otn_studio.studio.widgets.look import look, text

LINE = 16


class SmallDialog(QDialog):
    """Opens over its page without stopping the program. ``column`` takes what stands in it."""

    def __init__(self, parent: QWidget, name: str, title: str, width: int = 420) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._width = width
        self.setFixedWidth(width)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(16)
        outer.addWidget(text(title, "heading", wraps=True))
        self.column = QVBoxLayout()
        self.column.setSpacing(4)
        outer.addLayout(self.column)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        outer.addLayout(self._buttons)

    def showEvent(self, event: QShowEvent) -> None:
        """As high as its words are at this width: of themselves they ask for more, or for less."""
        super().showEvent(event)
        self._fit(self._width, 0)

    def complain(self, words: str) -> None:
        """Say what is wrong, where `add_problem` put it; there is always room for one line."""
        self._problem.setText(words)
        self.grow()

    def grow(self) -> None:
        """Make room for all that it says now; it never gets smaller, so that nothing jumps."""
        self._fit(self.width(), self.height())

    def _fit(self, width: int, height: int) -> None:
        """At least so large; wider where words that can’t wrap need it: a layout that is too narrow
        for them lays one thing over another.
        """
        width = max(width, self.layout().totalMinimumSize().width())
        self.setFixedWidth(width)
        self.resize(width, max(height, self.layout().totalHeightForWidth(width)))

    def add_problem(self, name: str) -> None:
        self._problem = text("", "error", wraps=True)
        self._problem.setObjectName(name)
        self._problem.setMinimumHeight(LINE)
        self.column.addWidget(self._problem)

    def add_button(
        self, name: str, words: str, kind: str = "", *, default: bool = False
    ) -> QPushButton:
        """A button at the right end of those that are there. Enter presses the default one."""
        button = QPushButton(words)
        button.setObjectName(name)
        button.setAutoDefault(default)
        button.setDefault(default)
        if kind:
            look(button, kind)
        self._buttons.addWidget(button)
        return button
