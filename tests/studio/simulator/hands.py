"""What a person does with the simulator, and sees in it."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListWidget, QMenu

from otn_studio.studio.phone.bubbles import Bubble
from otn_studio.studio.phone.phone import Phone
from otn_studio.studio.simulator.facts import FactsView
from tests.studio.desk import Desk


class Hands:
    """Writes, taps, lets time pass."""

    def __init__(self, desk: Desk, path: Path) -> None:
        self.desk, self.path = desk, path

    @property
    def phone(self) -> Phone:
        return self.desk.window.builder.simulator.talk.phone

    @property
    def bubbles(self) -> list[Bubble]:
        return [part.bubble for part in self.phone.parts]

    @property
    def texts(self) -> list[str]:
        """What the phone says, lines and all."""
        return [getattr(b, "text", "") or getattr(b, "title", "") for b in self.bubbles]

    @property
    def facts(self) -> tuple[str, ...]:
        view = self.desk.find("simulator.facts")
        assert isinstance(view, FactsView)
        return view.texts

    @property
    def happened(self) -> list[str]:
        return rows(self.desk, "simulator.happened")

    @property
    def lit(self) -> set[str]:
        return set(self.desk.canvas.scene.spotlight.lit)

    def write(self, text: str) -> None:
        self.desk.bot.keyClicks(self.desk.find("practice.text"), text)
        self.desk.bot.keyClick(self.desk.find("practice.text"), Qt.Key.Key_Return)

    def wait_for(self, text: str) -> None:
        self.desk.bot.waitUntil(lambda: text in self.texts, timeout=3_000)

    def choose(self, button: str, words: str) -> None:
        """Open a menu, and take something of it."""
        self.desk.press(button)
        self.desk.bot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        menu = QApplication.activePopupWidget()
        action = next(action for action in menu.actions() if action.text() == words)
        place = menu.actionGeometry(action).center()
        self.desk.bot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place)

    def press_row(self, name: str, row: int) -> None:
        found = self.desk.find(name)
        assert isinstance(found, QListWidget)
        place = found.visualItemRect(found.item(row)).center()
        self.desk.bot.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=place)


def rows(desk: Desk, name: str) -> list[str]:
    found = desk.find(name)
    assert isinstance(found, QListWidget)
    return [found.item(row).text() for row in range(found.count())]
