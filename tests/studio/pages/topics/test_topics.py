"""The topics under Contents: what a row tells, what is found, and what is foreseen."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from otn_studio.policy.calendar import Frequency
from otn_studio.studio.pages.topics.page import TopicsPage
from otn_studio.studio.pages.topics.topic_model import Column
from tests.studio.pages.fakes import NOW, FakeTopics, row
from tests.studio.pages.topics.hands import LEFT


def test_a_row_has_a_menu_for_the_right_mouse_button_and_the_menu_key(desk, qtbot):
    it = desk(row("Blue", held=1), row("Green"))
    assert it.menu("Blue") == ["Rename", "Announce…", "Delete"]
    assert it.menu("Green") == ["Rename", "Delete"]
    it.choose("Rename")
    assert it.editor().text() == "Green"
    qtbot.keyClick(it.editor(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: it.editor() is None)
    it.menu("Green", by_keyboard=True)
    it.choose("Delete")
    it.wait_for("Blue")


def test_the_arrows_go_to_the_actions_and_enter_presses_them(desk, qtbot):
    it = desk(row("Blue", held=2), row("Green", held=2))
    it.table.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return):
        qtbot.keyClick(it.table, key)
    assert it.window("announce_window").windowTitle() == "Announce “Green”"
    qtbot.keyClick(it.window("announce_window"), Qt.Key.Key_Escape)
    qtbot.keyClick(it.table, Qt.Key.Key_Right)
    qtbot.keyClick(it.table, Qt.Key.Key_Space)
    assert it.window("delete_topic_window") is not None
    it.press("keep_topic")


def test_search_leaves_what_fits_and_esc_shows_all_again(desk, qtbot):
    it = desk(row("Blue sneakers"), row("Green"), row("blue hats"))
    search = it.type(QLineEdit, "search_topics", "BLUE")
    assert it.names() == ["blue hats", "Blue sneakers"]
    qtbot.keyClicks(search, " x")
    assert it.names() == []
    empty = it.find(QWidget, "no_topics")
    assert empty.words.text() == "No topic has “BLUE x” in its name."
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    it.wait_for("blue hats", "Blue sneakers", "Green")


def test_an_empty_page_offers_the_first_step(desk, qtbot):
    it = desk()
    assert it.find(QWidget, "no_topics").words.text().startswith("Here you will see every topic")
    it.press("no_topics_step")
    assert it.window("new_topic_window").isVisible()
    it.press("cancel_topic")


def test_topics_that_can_not_be_read_can_be_asked_for_again(qtbot, theme):
    topics = FakeTopics(row("Blue"))
    topics.problem = "The database is on a disk that is not there."
    page = TopicsPage(topics, theme, lambda: NOW)
    qtbot.addWidget(page)
    page.show()
    empty = page.findChild(QWidget, "no_topics")
    qtbot.waitUntil(lambda: empty.words.text() == topics.problem and empty.isVisible())
    topics.problem = ""
    qtbot.mouseClick(page.findChild(QPushButton, "no_topics_step"), LEFT)
    qtbot.waitUntil(page.findChild(QWidget, "topics").isVisible)


def test_a_row_tells_everything_at_a_glance(desk):
    it = desk(
        row("A", held=1_930, used=148_930, days=9, flows=("Events", "Cooking"), ending=1_041),
        row("B", held=1, days=100),
        row("C", held=1, days=1, ending=1),
        row("D", held=1, days=0, ending=1),
        row("E"),
    )
    told = [[it.cell(place, column) for column in list(Column)[2:7]] for place in range(5)]
    later = (NOW + timedelta(days=100)).astimezone()
    assert told == [
        ["1,930", "–", "148,930", "in 9 days · 1,041 permissions", "Events, Cooking"],
        ["1", "–", "0", f"{later.day} Mar 2027", "no flow yet"],
        ["1", "–", "0", "tomorrow · 1 permission", "no flow yet"],
        ["1", "–", "0", "today · 1 permission", "no flow yet"],
        ["0", "–", "0", "–", "no flow yet"],
    ]
    tip = it.index(0, Column.ENDS).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "Ending within 30 days: 1,041 permissions, the first in 9 days"


def weekly(name: str, ends: int, ending: int = 0, asked: int = 0, asked_in: float = 0):
    at = NOW + timedelta(days=asked_in) if asked else None
    recurring = {"frequency": Frequency.WEEKLY, "asked": asked, "asked_next": at}
    return row(name, held=9, days=ends, ending=ending, **recurring)


def test_whom_messenger_asks_again_is_foreseen(desk, qtbot):
    it = desk(
        weekly("Deals", ends=20, ending=12, asked=1_012, asked_in=19),
        weekly("News", ends=100),
        weekly("Recipes", ends=3, ending=4, asked=4, asked_in=2),
    )
    told = it.page.findChild(QLabel, "foreseen_words")
    first = (NOW + timedelta(days=2)).astimezone()
    sentence = "Messenger asks {} people again within 30 days, the first on {} Nov 2026."
    assert told.isVisible()
    assert told.text() == sentence.format("1,016", first.day)
    assert it.cell(0, Column.ENDS) == "in 20 days · 1,012 asked again"
    tip = it.index(2, Column.ENDS).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == sentence.format("4", first.day)
    it.topics.rows.clear()
    it.topics.rows["news"] = weekly("News", ends=100)
    it.page.hide()
    it.page.show()
    it.wait_for("News")
    assert not told.isVisible()


@pytest.mark.parametrize(("asked_in", "when"), [(0.1, "today"), (1, "tomorrow")])
def test_one_person_who_is_asked_again_soon(desk, asked_in, when):
    it = desk(weekly("Deals", ends=2, ending=1, asked=1, asked_in=asked_in))
    told = it.page.findChild(QLabel, "foreseen_words").text()
    assert told == f"Messenger asks 1 person again within 30 days: {when}."


def test_figures_are_kept_fresh_while_the_page_is_seen(desk, qtbot):
    it = desk(row("Blue", held=1), row("Green"))
    it.press_cell("Green", Column.USED)
    it.topics.rows["blue"] = row("Blue", held=2)
    it.topics.rows["black"] = row("Black")
    it.page.hide()
    it.page.show()
    it.wait_for("Black", "Blue", "Green")
    assert it.cell(1, Column.WAITING) == "2"
    assert it.selected() == "Green"


def test_an_old_answer_does_not_bring_back_what_was_renamed(desk, qtbot):
    it = desk(row("Blue"))
    it.topics.may_answer.clear()
    it.page.hide()
    it.page.show()
    it.press_cell("Blue", Column.NAME)
    qtbot.keyClicks(it.editor(), "Red")
    qtbot.keyClick(it.editor(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: it.names() == ["Red"])
    it.topics.may_answer.set()
    seen = set()
    qtbot.waitUntil(lambda: seen.add(tuple(it.names())) or it.renamed == [("blue", "Red")])
    qtbot.wait(100)
    assert seen | {tuple(it.names())} == {("Red",)}


def test_a_recurring_topic_tells_how_often_and_how_many_have_stopped(desk):
    it = desk(row("Deals", held=1_218, stopped=31, frequency=Frequency.WEEKLY, days=100))
    assert [it.cell(0, column) for column in list(Column)[1:5]] == ["Weekly", "1,218", "31", "–"]
    tip = it.index(0, Column.HOW_OFTEN).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == (
        "One yes is good for one message a week, until people stop it."
        " If it runs out, Messenger asks again."
    )
