"""A new topic, and what it may be called."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QWidget

from otn_studio.policy.calendar import Frequency
from tests.studio.pages.fakes import row
from tests.studio.pages.topics.hands import LEFT


def test_a_new_topic_is_typed_added_and_shows_selected(desk, qtbot):
    it = desk(row("Blue"), row("Yellow"))
    it.press("new_topic")
    it.type(QLineEdit, "new_topic_name", "Green  sneakers")
    assert it.says("new_topic_count") == "14 / 65"
    qtbot.mouseClick(it.find(QPushButton, "add_topic"), LEFT)

    it.wait_for("Blue", "Green sneakers", "Yellow")
    assert it.selected() == "Green sneakers"
    qtbot.waitUntil(lambda: it.window("new_topic_window") is None)
    assert it.topics.names() == ["Blue", "Green sneakers", "Yellow"]


def test_enter_adds_and_the_topic_shows_even_while_something_else_is_searched(desk, qtbot):
    it = desk(row("Blue"))
    it.type(QLineEdit, "search_topics", "blu")
    it.press("new_topic")
    name = it.type(QLineEdit, "new_topic_name", "Green")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    it.wait_for("Blue", "Green")
    assert it.selected() == "Green"


def test_a_name_that_is_taken_is_said_beside_the_field(desk, qtbot):
    it = desk(row("Blue"))
    it.press("new_topic")
    name = it.type(QLineEdit, "new_topic_name", "bLUE")
    problem = "There is a topic “Blue” already. Choose another name."
    assert it.says("new_topic_problem") == problem
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert it.window("new_topic_window").isVisible()
    assert it.topics.names() == ["Blue"]
    qtbot.keyClicks(name, " 2")
    assert it.says("new_topic_problem") == ""


def test_a_name_needs_letters_and_at_most_65(desk, qtbot):
    it = desk()
    it.press("new_topic")
    it.press("add_topic")
    assert it.says("new_topic_problem") == "A topic needs a name."
    it.type(QLineEdit, "new_topic_name", "x" * 67)
    assert it.says("new_topic_count") == "67 / 65"
    assert it.says("new_topic_problem").endswith("Shorten it by 2.")


def test_what_the_database_refuses_is_said_in_the_window(desk, qtbot):
    it = desk()
    it.press("new_topic")
    name = it.type(QLineEdit, "new_topic_name", "Blue")
    it.topics.problem = "The disk is full."
    qtbot.keyClick(name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: it.says("new_topic_problem") == "The disk is full.")
    assert it.find(QPushButton, "add_topic").isEnabled()


def test_a_window_that_is_closed_while_it_adds_is_missed_by_nobody(desk, qtbot):
    it = desk(row("Yellow"))
    it.press("new_topic")
    name = it.type(QLineEdit, "new_topic_name", "Blue")
    it.topics.may_answer.clear()
    qtbot.keyClick(name, Qt.Key.Key_Return)
    it.press("cancel_topic")
    qtbot.waitUntil(lambda: it.window("new_topic_window") is None)
    it.topics.may_answer.set()
    it.wait_for("Blue", "Yellow")


def test_a_recurring_topic_is_made_with_its_frequency_and_without_asking_again(desk, qtbot):
    it = desk()
    it.press("new_topic")
    it.type(QLineEdit, "new_topic_name", "Deals")
    assert not it.find(QWidget, "new_topic_asks_again").isVisible()
    it.press("new_topic_often_2")
    assert it.says("new_topic_explained").startswith("One yes is good for one message a week")
    it.find(QCheckBox, "new_topic_asks_again").click()
    it.press("add_topic")
    it.wait_for("Deals")
    (made,) = it.topics.rows.values()
    assert (made.frequency, made.asks_again) == (Frequency.WEEKLY, False)
