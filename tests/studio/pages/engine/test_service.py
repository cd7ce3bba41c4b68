"""Always on, on the Engine page, with hands."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from otn_studio.studio.pages.engine.service import ServiceCard
from tests.studio.pages.engine.serving import FakeService


class Hands:
    def __init__(self, qtbot, service: FakeService) -> None:
        self.bot, self.service = qtbot, service
        self.changes: list[None] = []
        self.card = ServiceCard(service, lambda: self.changes.append(None))
        qtbot.addWidget(self.card)
        self.card.show()
        qtbot.waitUntil(lambda: self.card._state is not None)

    @property
    def switch(self) -> QPushButton:
        return self.card.findChild(QPushButton, "service_switch")

    def press(self) -> None:
        self.bot.mouseClick(self.switch, Qt.MouseButton.LeftButton)

    def says(self, words: str) -> None:
        label = self.card.findChild(QLabel, "service_state")
        self.bot.waitUntil(lambda: label.text() == words)


@pytest.fixture
def here(qtbot):
    return lambda service: Hands(qtbot, service)


def test_one_press_switches_it_on_and_another_off(here):
    hands = here(FakeService())
    assert hands.switch.text() == "Switch on"
    hands.press()
    hands.says("It is on, and runs now.")
    assert hands.service.now.installed
    assert hands.switch.text() == "Switch off"
    hands.press()
    hands.says("")
    assert not hands.service.now.installed
    assert len(hands.changes) == 2


def test_where_it_can_not_be_one_the_card_says_why(here):
    hands = here(FakeService("First connect a Page."))
    assert not hands.switch.isEnabled()
    hands.says("First connect a Page.")


def test_one_that_is_there_can_always_be_switched_off(here):
    service = FakeService()
    service.install()
    service.now = type(service.now)(True, False, "First connect a Page.")
    hands = here(service)
    hands.says("It is on, and does not run now.")
    hands.press()
    hands.says("First connect a Page.")
    assert not hands.switch.isEnabled()


def test_what_the_system_does_not_do_is_said_and_can_be_tried_again(here):
    service = FakeService()
    service.problem = "This system keeps no services."
    hands = here(service)
    hands.press()
    hands.says("This system keeps no services.")
    service.problem = ""
    hands.press()
    hands.says("It is on, and runs now.")
