"""A sentence at the foot of the canvas: which keys do what now, or why something did not happen."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from otn_studio.studio.canvas.floating import Floating
from otn_studio.studio.theme.theme import Theme

SHOWN_MILLISECONDS = 5_000


class Notice(Floating):
    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent, theme)
        self._label = QLabel(self.body)
        self._label.setObjectName("canvas_notice")
        layout = QHBoxLayout(self.body)
        layout.setContentsMargins(9, 3, 9, 3)
        layout.addWidget(self._label)
        self._end = QTimer(self, singleShot=True, interval=SHOWN_MILLISECONDS)
        self._end.timeout.connect(self.hide)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def say(self, words: str, *, stays: bool = False) -> None:
        """Show a sentence, for a while or until `hide`."""
        self._label.setText(words)
        self.adjustSize()
        self.place()
        self.show()
        self.raise_()
        self._end.stop()
        if not stays:
            self._end.start()

    def place(self) -> None:
        """In the middle of the parent's foot."""
        room = self.parentWidget().rect()
        self.move((room.width() - self.width()) // 2, room.height() - self.height() - 8)
