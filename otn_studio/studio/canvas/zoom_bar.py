"""How large it is shown: smaller, larger, all of it."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from otn_studio.studio.canvas.view import STEP, View
from otn_studio.studio.theme.type import LABEL, font
from otn_studio.studio.words import _


class ZoomBar(QFrame):
    """Shows and changes the zoom of a view."""

    def __init__(self, parent: QWidget, view: View) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.setObjectName("zoom_bar")
        self._view = view
        self._percent = QLabel()
        self._percent.setFont(font(LABEL, tabular=True))
        self._percent.setMinimumWidth(44)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 2, 4, 2)
        layout.setSpacing(0)
        smaller, larger = 1 / STEP, STEP
        layout.addWidget(_button("−", "zoom_out", _("Zoom out (-)"), self._by(smaller)))
        layout.addWidget(self._percent)
        layout.addWidget(_button("+", "zoom_in", _("Zoom in (+)"), self._by(larger)))
        layout.addWidget(_button(_("Fit"), "zoom_fit", _("Show all of it (F)"), view.fit))
        view.zoomed.connect(self._show)
        self._show()
        self.adjustSize()

    def _by(self, factor: float) -> Callable[[], None]:
        return lambda: self._view.zoom_to(self._view.zoom * factor)

    def _show(self) -> None:
        self._percent.setText(_("{percent} %", percent=round(self._view.zoom * 100)))


def _button(words: str, name: str, help: str, do: Callable[[], None]) -> QToolButton:
    button = QToolButton()
    button.setText(words)
    button.setObjectName(name)
    button.setToolTip(help)
    button.setAccessibleName(help)
    button.clicked.connect(lambda: do())
    return button
