"""A practice chat on the screen, over a practice in memory."""

import pytest
from PySide6.QtCore import QThreadPool

from otn_studio.studio.practice.chat import PracticeChat
from tests.studio.phone.screen import window_of
from tests.studio.practice.fakes import FakePractice
from tests.studio.practice.hands import Hands


@pytest.fixture
def practice():
    made = FakePractice()
    yield made
    made.let_go()
    QThreadPool.globalInstance().waitForDone()


@pytest.fixture
def hands(qtbot, theme, practice):
    """The chat as a person uses it, after its first look."""
    chat = PracticeChat(practice, theme, "Kicks & Co")
    window = window_of(chat, 344, 800)
    qtbot.addWidget(window)
    hands = Hands(qtbot, chat)
    qtbot.waitUntil(lambda: chat.phone.calm.startswith("Write something"))
    yield hands
    window.hide()
