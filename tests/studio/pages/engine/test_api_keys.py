"""The keys on the Engine page, with hands."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from otn_studio.studio.pages.engine.api_keys import ApiKeysCard
from tests.studio.pages.engine.access import FakeApiKeys
from tests.studio.pages.fakes import NOW


@pytest.fixture
def card(qtbot):
    made = ApiKeysCard(FakeApiKeys("Newsletter"), lambda: NOW)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.findChild(QPushButton, "withdraw_api_key_1") is not None)
    return made


def press(qtbot, card, name: str) -> None:
    qtbot.mouseClick(card.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def test_a_key_is_made_shown_once_and_copied(qtbot, card):
    qtbot.keyClicks(card.findChild(QLineEdit, "api_key_name"), "Stock system")
    press(qtbot, card, "make_api_key")
    shown = card.findChild(QLineEdit, "made_api_key")
    qtbot.waitUntil(lambda: shown.text().startswith("otn_2_"))
    press(qtbot, card, "copy_api_key")
    assert QApplication.clipboard().text() == shown.text()
    qtbot.waitUntil(lambda: card.findChild(QPushButton, "withdraw_api_key_2") is not None)
    card.hide()
    card.show()
    assert not shown.isVisible()
    assert shown.text() == ""


def test_a_key_is_withdrawn(qtbot, card):
    press(qtbot, card, "withdraw_api_key_1")
    qtbot.waitUntil(lambda: card.findChild(QPushButton, "withdraw_api_key_1") is None)


def test_a_key_needs_a_name(qtbot, card):
    press(qtbot, card, "make_api_key")
    problem = card.findChild(QLabel, "api_key_problem")
    qtbot.waitUntil(lambda: problem.text().startswith("A key needs a name"))
