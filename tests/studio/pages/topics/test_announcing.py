"""Announcing to everybody who waits for a topic."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from otn_studio.policy.calendar import Frequency
from otn_studio.studio.pages.topics.topic_model import Column
from tests.studio.pages.fakes import row


def test_announcing_says_to_how_many_it_goes_before_and_after(desk, qtbot):
    it = desk(row("Blue", held=1_218, used=2))
    it.topics.people["blue"] = 1_200
    it.press_cell("Blue", Column.ANNOUNCE)
    people = "It goes to 1,200 people, and uses up one permission of each."
    qtbot.waitUntil(lambda: it.says("announce_reach") == people)
    assert it.find(QPushButton, "send").text() == "Send to 1,200 people"
    it.type(QPlainTextEdit, "announce_text", "They are back!")
    assert it.says("announce_count") == "14 / 2,000"
    it.press("send")
    said = "Your message about “Blue” goes to 1,200 people now."
    qtbot.waitUntil(lambda: it.says("notice_words") == said)
    assert it.topics.announced == [("blue", "They are back!")]
    qtbot.waitUntil(lambda: it.cell(0, Column.USED) == "1,202")


def test_an_announcement_needs_words_and_not_too_many(desk, qtbot):
    it = desk(row("Blue", held=2))
    it.press_cell("Blue", Column.ANNOUNCE)
    qtbot.waitUntil(it.find(QPushButton, "send").isEnabled)
    it.press("send")
    assert it.says("announce_problem") == "Write the message first."
    text = it.find(QPlainTextEdit, "announce_text")
    text.setPlainText("x" * 2_003)
    assert it.says("announce_problem").endswith("Shorten it by 3.")
    it.press("send")
    it.press("not_now")
    qtbot.waitUntil(lambda: it.window("announce_window") is None)
    assert it.topics.announced == []


def test_an_announcement_that_nobody_can_get_can_not_be_sent(desk, qtbot):
    it = desk(row("Blue", held=2))
    it.topics.people["blue"] = 0
    it.press_cell("Blue", Column.ANNOUNCE)
    nobody = "Nobody who holds a permission can be reached any more."
    qtbot.waitUntil(lambda: it.says("announce_reach") == nobody)
    assert not it.find(QPushButton, "send").isEnabled()
    it.press("not_now")


def test_nobody_to_announce_to_is_said_by_the_tooltip(desk, qtbot):
    it = desk(row("Blue"))
    it.press_cell("Blue", Column.ANNOUNCE)
    assert it.window("announce_window") is None
    tip = it.index(0, Column.ANNOUNCE).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.startswith("Nobody is waiting")


def test_an_announcement_on_a_recurring_topic_uses_up_no_permission(desk, qtbot):
    it = desk(row("Deals", held=2, frequency=Frequency.WEEKLY))
    it.press_cell("Deals", Column.ANNOUNCE)
    said = "It goes to 2 people, as their one message of this week."
    qtbot.waitUntil(lambda: it.says("announce_reach") == said)
