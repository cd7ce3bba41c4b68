"""Contents › OTN Topics, used as a person uses it: by mouse and keyboard."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from otn_studio.policy.calendar import Frequency
from otn_studio.studio.pages.topics.page import TopicsPage
from otn_studio.studio.pages.topics.topic_model import Column
from otn_studio.studio.widgets import notice
from tests.studio.pages.fakes import NOW, FakeTopics, row

LEFT = Qt.MouseButton.LeftButton


class Desk:
    """The page with what a person can do on it."""

    def __init__(self, qtbot, theme, *rows) -> None:
        self.qtbot = qtbot
        self.topics = FakeTopics(*rows)
        self.page = TopicsPage(self.topics, theme, lambda: NOW)
        self.renamed: list[tuple[str, str]] = []
        self.page.renamed.connect(lambda id, name: self.renamed.append((id, name)))
        qtbot.addWidget(self.page)
        self.page.resize(1_000, 600)
        self.page.show()
        self.table = self.page.findChild(QWidget, "topics")
        qtbot.waitUntil(lambda: self.names() == self.topics.names() and self.is_answered())

    def is_answered(self) -> bool:
        return bool(self.names()) or self.find(QWidget, "no_topics").isVisible()

    def find(self, kind, name):
        return self.page.findChild(kind, name)

    def names(self) -> list[str]:
        return [self.cell(place, Column.NAME) for place in range(self.table.model().rowCount())]

    def cell(self, place: int, column: Column) -> str:
        return self.index(place, column).data()

    def index(self, place: int, column: Column):
        return self.table.model().index(place, column)

    def point(self, name: str, column: Column) -> QPoint:
        return self.table.visualRect(self.index(self.names().index(name), column)).center()

    def press_cell(self, name: str, column: Column) -> None:
        self.qtbot.mouseClick(self.table.viewport(), LEFT, pos=self.point(name, column))

    def press(self, name: str) -> None:
        self.qtbot.mouseClick(self.find(QPushButton, name), LEFT)

    def type(self, kind, name: str, words: str) -> QWidget:
        field = self.find(kind, name)
        self.qtbot.keyClicks(field, words)
        return field

    def says(self, name: str) -> str:
        labels = self.page.findChildren(QLabel, name)
        return next((label.text() for label in labels if label.isVisible()), "")

    def wait_for(self, *names: str) -> None:
        self.qtbot.waitUntil(lambda: self.names() == list(names))

    def selected(self) -> str | None:
        current = self.table.currentIndex()
        return self.cell(current.row(), Column.NAME) if current.isValid() else None

    def editor(self) -> QLineEdit | None:
        editors = self.page.findChildren(QLineEdit, "topic_name")
        return next((editor for editor in editors if editor.isVisible()), None)

    def menu(self, name: str, *, by_keyboard: bool = False) -> list[str]:
        """Open the menu of a row."""
        reason = (
            QContextMenuEvent.Reason.Keyboard if by_keyboard else QContextMenuEvent.Reason.Mouse
        )
        place = self.point(name, Column.USED)
        viewport = self.table.viewport()
        event = QContextMenuEvent(reason, place, viewport.mapToGlobal(place))
        QApplication.sendEvent(viewport, event)
        return [action.text().partition("\t")[0] for action in self._menu().actions()]

    def choose(self, words: str) -> None:
        menu = self._menu()
        action = next(a for a in menu.actions() if a.text().startswith(words))
        self.qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())

    def _menu(self) -> QMenu:
        return self.page.findChildren(QMenu, "row_menu")[-1]

    def window(self, name: str) -> QDialog | None:
        return self.find(QDialog, name)


@pytest.fixture
def desk(qtbot, theme):
    desks: list[Desk] = []

    def made(*rows) -> Desk:
        desks.append(Desk(qtbot, theme, *rows))
        return desks[-1]

    yield made
    for it in desks:
        for window in it.page.findChildren(QDialog):
            window.close()


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


def test_a_press_on_a_name_turns_it_into_a_field_and_enter_saves(desk, qtbot):
    it = desk(row("Blue", held=3))
    it.press_cell("Blue", Column.NAME)
    editor = it.editor()
    qtbot.keyClicks(editor, "Red")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    it.wait_for("Red")
    qtbot.waitUntil(lambda: it.renamed == [("blue", "Red")])
    assert it.topics.names() == ["Red"]
    assert it.cell(0, Column.WAITING) == "3"


def test_esc_leaves_the_name_as_it_was(desk, qtbot):
    it = desk(row("Blue"))
    it.press_cell("Blue", Column.NAME)
    qtbot.keyClicks(it.editor(), "Red")
    qtbot.keyClick(it.editor(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: it.editor() is None)
    assert it.names() == it.topics.names() == ["Blue"]
    assert it.renamed == []


def test_f2_renames_from_the_keyboard(desk, qtbot):
    it = desk(row("Blue"), row("Green"))
    it.table.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(it.table, Qt.Key.Key_Down)
    qtbot.keyClick(it.table, Qt.Key.Key_F2)
    qtbot.keyClicks(it.editor(), "Gold")
    qtbot.keyClick(it.editor(), Qt.Key.Key_Return)
    it.wait_for("Blue", "Gold")


def test_a_wrong_name_stays_in_the_field_until_it_is_right(desk, qtbot):
    it = desk(row("Blue"), row("Green"))
    it.press_cell("Green", Column.NAME)
    qtbot.keyClicks(it.editor(), "blue")
    assert it.says("topic_name_problem").startswith("There is a topic “Blue” already.")
    qtbot.keyClick(it.editor(), Qt.Key.Key_Return)
    assert it.editor().text() == "blue"
    qtbot.keyClicks(it.editor(), " 2")
    assert it.says("topic_name_problem") == ""
    qtbot.keyClick(it.editor(), Qt.Key.Key_Return)
    it.wait_for("Blue", "blue 2")


def test_a_name_that_the_database_refuses_comes_back_to_be_corrected(desk, qtbot):
    it = desk(row("Blue"))
    it.press_cell("Blue", Column.NAME)
    qtbot.keyClicks(it.editor(), "Red")
    it.topics.problem = "The disk is full."
    qtbot.keyClick(it.editor(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: it.says("topic_name_problem") == "The disk is full.")
    assert it.editor().text() == "Red"
    assert it.renamed == []
    qtbot.keyClick(it.editor(), Qt.Key.Key_Escape)


def test_what_is_heard_while_a_name_is_typed_waits_until_it_is_done(desk, qtbot):
    it = desk(row("Green"))
    it.topics.rows["blue"] = row("Blue")
    it.topics.may_answer.clear()
    it.page.hide()
    it.page.show()
    it.press_cell("Green", Column.NAME)
    qtbot.keyClicks(it.editor(), "Gol")
    it.topics.may_answer.set()
    qtbot.wait(100)
    assert it.names() == ["Green"]
    assert it.editor().text() == "Gol"
    qtbot.keyClick(it.editor(), Qt.Key.Key_Escape)
    it.wait_for("Blue", "Green")


def test_the_bin_says_what_it_costs_and_delete_can_be_undone(desk, qtbot):
    it = desk(row("Blue", held=218, flows=("Back in stock", "Events", "Cooking")), row("Green"))
    it.press_cell("Blue", Column.DELETE)
    assert it.says("delete_cost") == (
        "“Blue” is used in “Back in stock” and 2 more flows, and 218 permissions would be lost."
    )
    it.press("delete_topic")
    it.wait_for("Green")
    qtbot.waitUntil(lambda: it.says("notice_words") == "“Blue” is deleted.")
    it.press("undo")
    it.wait_for("Blue", "Green")
    assert it.selected() == "Blue"
    assert it.cell(0, Column.WAITING) == "218"


def test_keeping_it_is_what_enter_does(desk, qtbot):
    it = desk(row("Blue", held=1))
    it.press_cell("Blue", Column.DELETE)
    window = it.window("delete_topic_window")
    assert it.says("delete_cost") == "If you delete “Blue”, 1 permission would be lost."
    qtbot.keyClick(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: it.window("delete_topic_window") is None)
    assert it.topics.names() == ["Blue"]


def test_a_topic_that_nobody_would_miss_is_deleted_at_once(desk, qtbot):
    it = desk(row("Blue", used=5), row("Green"))
    it.table.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(it.table, Qt.Key.Key_Delete)
    it.wait_for("Green")
    qtbot.waitUntil(lambda: it.find(QPushButton, "undo").isVisible())


def test_the_bar_goes_by_itself(desk, qtbot, monkeypatch):
    monkeypatch.setattr(notice, "SECONDS", 0.05)
    it = desk(row("Blue"))
    it.press_cell("Blue", Column.DELETE)
    bar = it.find(QWidget, "notice")
    qtbot.waitUntil(bar.isVisible)
    qtbot.waitUntil(bar.isHidden)


def test_what_can_not_be_brought_back_is_said(desk, qtbot):
    it = desk(row("Blue"), row("Green"))
    it.press_cell("Blue", Column.DELETE)
    qtbot.waitUntil(lambda: it.says("notice_words") == "“Blue” is deleted.")
    it.topics.rows["green"] = replace(row("Blue"), id="green")
    it.press("undo")
    problem = "There is a topic “Blue” already. Choose another name."
    qtbot.waitUntil(lambda: it.says("notice_words") == problem)
    assert not it.find(QPushButton, "undo").isVisible()


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


def test_nobody_to_announce_to_is_said_by_the_tooltip(desk, qtbot):
    it = desk(row("Blue"))
    it.press_cell("Blue", Column.ANNOUNCE)
    assert it.window("announce_window") is None
    tip = it.index(0, Column.ANNOUNCE).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.startswith("Nobody is waiting")


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
        "One yes is good for one message a week, until they stop it."
        " Before it ends, Messenger asks whether to go on."
    )


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


def test_who_has_stopped_is_counted_among_what_a_deletion_costs(desk):
    it = desk(row("Deals", held=2, stopped=1, frequency=Frequency.WEEKLY))
    it.press_cell("Deals", Column.DELETE)
    assert it.says("delete_cost") == "If you delete “Deals”, 3 permissions would be lost."


def test_an_announcement_on_a_recurring_topic_uses_up_no_permission(desk, qtbot):
    it = desk(row("Deals", held=2, frequency=Frequency.WEEKLY))
    it.press_cell("Deals", Column.ANNOUNCE)
    said = "It goes to 2 people, as their one message of this week."
    qtbot.waitUntil(lambda: it.says("announce_reach") == said)
