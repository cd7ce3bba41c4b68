"""How near one looks, in a lower corner: − 100 % + Fit."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from otn_studio.studio.canvas.floating import Floating
from otn_studio.studio.canvas.navigation import STEP
from otn_studio.studio.canvas.view import View
from otn_studio.studio.theme import sides
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _

TARGET = 28
EDGE = 8


class ZoomBar(Floating):
    def __init__(self, parent: QWidget, view: View, theme: Theme) -> None:
        super().__init__(parent, theme)
        self._view = view
        self._layout = QHBoxLayout(self.body)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._add("zoom_out", "−", _("Zoom out"), "−", lambda: view.zoom_by(1 / STEP))
        self._level = self._add("zoom_full", "", _("Back to 100 %"), "0", lambda: view.zoom_to(1))
        self._level.setProperty("look", "level")
        self._add("zoom_in", "+", _("Zoom in"), "+", lambda: view.zoom_by(STEP))
        self._add("zoom_fit", _("Fit"), _("Show the whole flow"), "F", view.fit)
        view.moved.connect(self._show_level)
        self._show_level()
        self.adjustSize()

    def showEvent(self, event: QShowEvent) -> None:
        """Only now it is known how large the words are."""
        super().showEvent(event)
        self.adjustSize()
        self.place()

    def place(self) -> None:
        """In the lower corner of the parent where its lines begin."""
        room = self.parentWidget().rect()
        place = QRect(QPoint(EDGE, room.height() - self.height() - EDGE), self.size())
        self.move(sides.swapped(place, room).topLeft())

    def offer_figures(self, switch: Callable[[], object]) -> None:
        """Also let figures be shown and hidden from here."""
        keys = QKeySequence("Ctrl+Shift+I").toString(QKeySequence.SequenceFormat.NativeText)
        self._add("switch_figures", _("Figures"), _("Show or hide figures"), keys, switch)
        self.adjustSize()

    def _add(self, name: str, text: str, help: str, key: str, do) -> QToolButton:
        button = QToolButton(self.body)
        button.setObjectName(name)
        button.setText(text)
        button.setToolTip(_("{what} ({key})", what=help, key=key))
        button.setAccessibleName(help)
        button.setMinimumSize(TARGET, TARGET)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: do())
        self._layout.addWidget(button)
        return button

    def _show_level(self) -> None:
        text = _("{percent} %", percent=round(self._view.zoom * 100))
        if text != self._level.text():
            self._level.setText(text)
