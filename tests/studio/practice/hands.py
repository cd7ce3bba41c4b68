"""What a person does with the practice chat, and sees in it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QMenu

from otn_studio.studio.practice.chat import PracticeChat


class Hands:
    """Clicks and types. ``wait_for`` waits until the phone shows a bubble."""

    def __init__(self, qtbot, chat: PracticeChat) -> None:
        self.qtbot = qtbot
        self.chat = chat

    def write(self, text: str) -> None:
        self.qtbot.keyClicks(self.line, text)
        self.qtbot.keyClick(self.line, Qt.Key.Key_Return)

    def press(self, name: str) -> None:
        self.qtbot.mouseClick(self.button(name), Qt.MouseButton.LeftButton)

    def choose(self, words: str) -> None:
        """Open the list of what else there is to do, and take something of it."""
        self.press("practice.more")
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(action for action in menu.actions() if action.text() == words)
        place = menu.actionGeometry(action).center()
        self.qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place)

    def button(self, name: str) -> QAbstractButton:
        """What is new in a row is shown a moment after it was added."""
        self.qtbot.waitUntil(lambda: self.shows(name), timeout=3_000)
        return next(b for b in self.chat.findChildren(QAbstractButton, name) if b.isVisible())

    def shows(self, name: str) -> bool:
        return any(b.isVisible() for b in self.chat.findChildren(QAbstractButton, name))

    def wait_for(self, bubble) -> None:
        self.qtbot.waitUntil(lambda: bubble in self.bubbles, timeout=3_000)

    def wait_until_told(self, sentence: str) -> None:
        self.qtbot.waitUntil(lambda: self.problem == sentence, timeout=3_000)

    @property
    def bubbles(self) -> list:
        return [part.bubble for part in self.chat.phone.parts]

    @property
    def line(self) -> QLineEdit:
        return self.chat.findChild(QLineEdit, "practice.text")

    @property
    def clock(self) -> str:
        return self.chat.findChild(QLabel, "practice.clock").text()

    @property
    def problem(self) -> str:
        label = self.chat.findChild(QLabel, "practice.problem")
        return label.text() if label.isVisible() else ""
