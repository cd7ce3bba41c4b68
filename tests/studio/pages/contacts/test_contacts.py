"""Contacts, used as a person uses it: by mouse and keyboard."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from otn_studio.blocks.words import Words
from otn_studio.flow.audience import About, Audience, How, Rule
from otn_studio.studio.pages.contacts import row_cache
from otn_studio.studio.pages.contacts.page import ContactsPage
from otn_studio.studio.pages.contacts.people_model import AT_ONCE, Column
from otn_studio.studio.services.people import Moment, Side
from tests.studio.pages.contacts.people import PEOPLE, FakeContacts, person
from tests.studio.pages.fakes import NOW

WROTE = Words("Wrote")
LEFT = Qt.MouseButton.LeftButton
NAMES = ["Ann Müller", "Bob Lee", "No name, 7000000000000003", "Dana Núñez", "Eve"]


class Desk:
    """The page with what a person can do on it."""

    def __init__(self, qtbot, theme, *people) -> None:
        self.qtbot = qtbot
        self.contacts = FakeContacts(*people)
        self.page = ContactsPage(self.contacts, theme, lambda: NOW)
        qtbot.addWidget(self.page)
        self.page.resize(1_200, 700)
        self.page.show()
        self.table = self.page.findChild(QWidget, "people")
        qtbot.waitUntil(lambda: self.says("people_count") == self._people(len(people)))

    def _people(self, count: int) -> str:
        return f"{count:,} {'person' if count == 1 else 'people'}"

    def find(self, name: str, kind=QWidget):
        found = [widget for widget in self.page.findChildren(kind, name) if widget.isVisible()]
        assert found, f"there is no {name!r} to be seen"
        return found[-1]

    def is_seen(self, name: str) -> bool:
        return any(widget.isVisible() for widget in self.page.findChildren(QWidget, name))

    def press(self, name: str) -> None:
        self.qtbot.mouseClick(self.find(name), LEFT)

    def type(self, name: str, words: str) -> None:
        self.qtbot.keyClicks(self.find(name), words)

    def says(self, name: str) -> str:
        labels = self.page.findChildren(QLabel, name)
        return next((label.text() for label in labels if label.isVisible()), "")

    def all_said(self) -> list[str]:
        return [label.text() for label in self.page.findChildren(QLabel) if label.isVisible()]

    def names(self) -> list[str]:
        model = self.table.model()
        return [model.index(row, Column.NAME).data() for row in range(model.rowCount())]

    def wait_for(self, *names: str) -> None:
        self.qtbot.waitUntil(lambda: self.names() == list(names))

    def open(self, name: str, part: int = 0) -> None:
        """Press on somebody's row; 1 are the details."""
        self.qtbot.waitUntil(lambda: name in self.names())
        index = self.table.model().index(self.names().index(name), Column.ANSWERED)
        self.qtbot.mouseClick(
            self.table.viewport(), LEFT, pos=self.table.visualRect(index).center()
        )
        self.qtbot.waitUntil(lambda: self.says("person_name") == name)
        self.press(f"person_part_{part}")

    def choose(self, menu_name: str, *path: str) -> None:
        """From a menu, by the words of its entries."""
        top = menu = self.find(menu_name, QMenu)
        for words in path[:-1]:
            menu = next(a for a in menu.actions() if a.text() == words).menu()
        next(a for a in menu.actions() if a.text() == path[-1]).trigger()
        top.close()

    def filter(self, *path: str) -> None:
        self.qtbot.waitUntil(lambda: bool(self.page._filters.known.fields))
        self.press("add_filter")
        self.choose("filter_menu", *path)


@pytest.fixture
def desk(qtbot, theme):
    desks: list[Desk] = []

    def made(*people) -> Desk:
        desks.append(Desk(qtbot, theme, *(people or PEOPLE)))
        return desks[-1]

    yield made
    for it in desks:
        it.contacts.may_answer.set()
        for window in it.page.findChildren(QDialog):
            window.close()


@pytest.fixture
def nobody(qtbot, theme):
    return Desk(qtbot, theme)


def test_everybody_is_there_the_newest_first(desk):
    it = desk()
    it.wait_for(*NAMES)
    shown = [it.table.model().index(0, column).data() for column in Column]
    assert shown[:3] == ["Ann Müller", "vip, summer", "Blue sneakers, Weekly deals"]
    assert shown[3].startswith("today")


def test_tooltips_say_what_a_sign_stands_for(desk):
    it = desk()
    it.wait_for(*NAMES)
    model, tip = it.table.model(), Qt.ItemDataRole.ToolTipRole
    assert "Can be answered until tomorrow" in model.index(0, Column.ANSWERED).data(tip)
    assert model.index(1, Column.ANSWERED).data(tip) is None
    assert "blocked the Page" in model.index(3, Column.NAME).data(tip)


def test_of_many_people_only_those_are_asked_for_who_are_seen(desk, qtbot, monkeypatch):
    monkeypatch.setattr(row_cache, "KEPT", 200)
    it = desk(*(person(f"P{number}") for number in range(5_000)))
    model, bar = it.table.model(), it.table.verticalScrollBar()
    assert model.rowCount() == 5_000
    for place in (0.5, 1.0, 0.2):
        bar.setValue(round(bar.maximum() * place))
        row = it.table.rowAt(60)
        qtbot.waitUntil(lambda row=row: model.index(row, Column.NAME).data() == f"P{row}")
    assert max(it.contacts.asked) <= AT_ONCE
    assert sum(it.contacts.asked) < 1_000
    assert len(it.page._cache._rows) <= 200


def test_what_is_typed_is_searched_for_and_esc_shows_everybody(desk, qtbot):
    it = desk()
    it.type("search_people", "bob")
    it.wait_for("Bob Lee")
    assert it.says("people_count") == "1 person"
    qtbot.keyClick(it.find("search_people"), Qt.Key.Key_Escape)
    it.wait_for(*NAMES)


def test_who_fits_nothing_is_said_with_a_way_back(desk, qtbot):
    it = desk()
    it.type("search_people", "zoe")
    qtbot.waitUntil(lambda: it.is_seen("no_people"))
    assert "Nobody fits what you are looking for." in it.all_said()
    it.press("no_people_step")
    it.wait_for(*NAMES)
    assert it.find("search_people", QLineEdit).text() == ""


def test_a_page_without_people_says_what_will_be_here(nobody):
    assert nobody.is_seen("no_people")
    assert any("everybody who writes to your Page" in said for said in nobody.all_said())
    assert not nobody.find("export_people").isEnabled()


def test_a_search_that_fails_says_why_and_can_be_tried_again(desk, qtbot):
    it = desk()
    it.contacts.problem = "The disk is full."
    it.type("search_people", "b")
    qtbot.waitUntil(lambda: not it.page._finder.is_busy and bool(it.page._finder.problem))
    it.contacts.problem = ""
    it.filter("Tag", "vip")
    it.find("remove_filter_0").click()
    it.wait_for("Bob Lee")


def test_filters_are_chosen_turned_round_joined_and_removed(desk):
    it = desk()
    it.wait_for(*NAMES)
    it.filter("Tag", "vip")
    it.wait_for("Ann Müller", "Dana Núñez")
    assert not it.is_seen("all_or_any")
    it.filter("Tag", "late")
    it.wait_for("Dana Núñez")
    it.press("all_or_any")
    it.wait_for("Ann Müller", "Dana Núñez")
    it.press("all_or_any")
    it.press("filter_1")
    assert it.find("filter_1").text() == "Without tag: late"
    it.wait_for("Ann Müller")
    it.press("remove_filter_0")
    it.press("remove_filter_0")
    it.wait_for(*NAMES)


RULES = [
    (("Permission", "Blue sneakers"), Rule(About.TOPIC, How.YES, "blue")),
    (("Answered", "Answered within 7 days"), Rule(About.ANSWERED, How.WITHIN, value="7")),
    (("Answered", "No answer for 1 day"), Rule(About.ANSWERED, How.BEFORE, value="1")),
    (("First seen", "New within 30 days"), Rule(About.SEEN, How.WITHIN, value="30")),
    (("Can be answered now",), Rule(About.WINDOW, How.YES)),
    (("Can’t be reached",), Rule(About.REACHABLE, How.NO)),
]


@pytest.mark.parametrize(("path", "rule"), RULES)
def test_every_filter_is_in_the_menu(desk, path, rule):
    it = desk()
    it.filter(*path)
    assert it.page._filters.audience == Audience((rule,))
    assert it.find("filter_0").text() in (path[-1], "Permission: Blue sneakers")


def test_a_filter_that_compares_asks_for_its_value(desk):
    it = desk()
    it.filter("Field", "Size…")
    it.press("add_rule")
    assert it.says("rule_problem") == "Type what to look for."
    it.find("rule_how", QComboBox).setCurrentText("is more than")
    it.type("rule_value", "large")
    it.press("add_rule")
    assert it.says("rule_problem") == "“Size” has to be a number."
    it.find("rule_value", QLineEdit).clear()
    it.type("rule_value", "41,0")
    it.press("add_rule")
    assert it.page._filters.audience.rules == (Rule(About.FIELD, How.MORE, "size", "41"),)
    assert it.find("filter_0").text() == "Size more than 41"
    it.filter("Field", "City…")
    it.find("rule_how", QComboBox).setCurrentText("is not known")
    assert not it.is_seen("rule_value")
    it.press("add_rule")
    it.filter("Language…")
    it.type("rule_value", "de")
    it.press("add_rule")
    assert [it.find(f"filter_{place}").text() for place in (1, 2)] == [
        "City is not known",
        "Language: de",
    ]


def test_a_segment_is_kept_shown_again_and_removed_and_that_taken_back(desk, qtbot):
    it = desk()
    it.filter("Tag", "vip")
    it.press("segment_menu")
    it.choose("segments", "Keep as a segment…")
    it.press("keep_segment")
    assert it.says("segment_problem") == "A segment needs a name."
    it.type("segment_name", "Good friends")
    it.press("keep_segment")
    qtbot.waitUntil(lambda: it.find("segment_menu").text() == "Good friends")
    it.press("segment_menu")
    it.choose("segments", "Everybody")
    it.wait_for(*NAMES)
    it.press("segment_menu")
    it.choose("segments", "Good friends")
    it.wait_for("Ann Müller", "Dana Núñez")
    it.press("segment_menu")
    it.choose("segments", "Remove the segment “Good friends”")
    qtbot.waitUntil(lambda: it.contacts.segments == [] and it.is_seen("undo"))
    it.press("undo")
    qtbot.waitUntil(lambda: [row.name for row in it.contacts.segments] == ["Good friends"])


def test_a_press_on_a_row_opens_the_person_with_their_timeline(desk, qtbot):
    it = desk()
    it.open("Ann Müller")
    qtbot.waitUntil(lambda: "Are the blue ones back in 42?" in it.all_said())
    said = it.all_said()
    assert "Said yes to “Blue sneakers”" in said
    assert "Waits: a colleague answers by hand" in said
    assert "Not sent: the 24 hours since the person last wrote were over" in said
    assert "Messenger’s id: 7000000000000005" in said
    it.press("close_person")
    assert not it.is_seen("person")
    it.open("Ann Müller")
    qtbot.keyClick(it.find("by_hand"), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not it.is_seen("person"))


def test_the_arrow_keys_go_from_person_to_person(desk, qtbot):
    it = desk()
    it.open("Ann Müller")
    qtbot.keyClick(it.table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: it.says("person_name") == "Bob Lee")


def test_a_long_timeline_shows_what_was_earlier_on_demand(desk, qtbot):
    it = desk()
    it.contacts.stories[5] = [
        Moment(NOW - timedelta(minutes=n), Side.PERSON, WROTE, f"m{n}") for n in range(70)
    ]
    it.open("Ann Müller")
    qtbot.waitUntil(lambda: "m49" in it.all_said())
    assert "m50" not in it.all_said()
    it.press("earlier")
    qtbot.waitUntil(lambda: "m69" in it.all_said())
    assert not it.is_seen("earlier")


def test_writing_by_hand_goes_out_and_the_bot_is_quiet(desk, qtbot):
    it = desk()
    it.open("Ann Müller")
    qtbot.waitUntil(lambda: it.is_seen("by_hand"))
    assert it.says("may_write").startswith("They can be answered until tomorrow")
    assert not it.find("send_by_hand").isEnabled()
    it.type("by_hand", "They are!")
    qtbot.keyClick(it.find("by_hand"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: it.contacts.written == [(5, "They are!")])
    qtbot.waitUntil(lambda: it.is_seen("bot_is_quiet"))
    qtbot.waitUntil(lambda: "They are!" in it.all_said())
    assert it.find("by_hand", QPlainTextEdit).toPlainText() == ""


def test_what_was_typed_stays_where_it_could_not_be_sent(desk, qtbot):
    it = desk()
    it.open("Ann Müller")
    qtbot.waitUntil(lambda: it.is_seen("by_hand"))
    it.type("by_hand", "Hello")
    it.contacts.problem = "The person can't be reached."
    it.press("send_by_hand")
    qtbot.waitUntil(lambda: it.says("notice_words") == "The person can't be reached.")
    assert it.find("by_hand", QPlainTextEdit).toPlainText() == "Hello"


@pytest.mark.parametrize(
    ("name", "why"), [("Bob Lee", "too long ago"), ("Dana Núñez", "can’t be reached")]
)
def test_who_can_t_be_written_to_is_said(desk, qtbot, name, why):
    it = desk()
    it.open(name)
    qtbot.waitUntil(lambda: why in it.says("may_write"))
    assert not it.is_seen("by_hand")


def test_a_human_agent_may_answer_longer(desk, qtbot):
    bob = replace(PEOPLE[1], by_hand_ends=NOW + timedelta(days=5))
    it = desk(bob)
    it.open("Bob Lee")
    qtbot.waitUntil(lambda: "by hand until" in it.says("may_write"))
    assert it.is_seen("by_hand")


def details(it, id: int = 5):
    return it.contacts.people[id]


def test_tags_are_put_on_and_taken_off_and_that_taken_back(desk, qtbot):
    it = desk()
    it.open("Ann Müller", part=1)
    qtbot.waitUntil(lambda: it.is_seen("remove_tag_vip"))
    it.type("new_tag", "late ")
    qtbot.keyClick(it.find("new_tag"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: details(it).row.tags == ("late", "summer", "vip"))
    qtbot.waitUntil(lambda: it.is_seen("remove_tag_late"))
    it.press("remove_tag_vip")
    qtbot.waitUntil(lambda: details(it).row.tags == ("late", "summer"))
    qtbot.waitUntil(lambda: it.is_seen("undo"))
    it.press("undo")
    qtbot.waitUntil(lambda: details(it).row.tags == ("late", "summer", "vip"))


def test_fields_are_typed_over_emptied_and_added(desk, qtbot):
    it = desk()
    it.open("Ann Müller", part=1)
    qtbot.waitUntil(lambda: it.is_seen("field_size"))
    size = it.find("field_size")
    size.selectAll()
    it.type("field_size", "43")
    qtbot.keyClick(size, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ("size", "Size", "43") in details(it).fields)
    qtbot.waitUntil(lambda: it.says("notice_words") == "Size is “43” now.")
    it.press("undo")
    qtbot.waitUntil(lambda: ("size", "Size", "42") in details(it).fields)
    menu = it.page.findChild(QMenu, "new_fields")
    assert [action.text() for action in menu.actions()] == ["City"]
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: it.is_seen("field_city"))
    it.type("field_city", "Rome")
    qtbot.keyClick(it.find("field_city"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ("city", "City", "Rome") in details(it).fields)


def test_what_does_not_fit_a_field_is_said_and_can_be_corrected(desk, qtbot):
    it = desk()
    it.open("Ann Müller", part=1)
    qtbot.waitUntil(lambda: it.is_seen("field_size"))
    it.type("field_size", "x")
    qtbot.keyClick(it.find("field_size"), Qt.Key.Key_Return)
    assert it.says("notice_words") == "“Size” has to be a number."
    assert it.find("field_size").text() == "42x"
    qtbot.keyClick(it.find("field_size"), Qt.Key.Key_Backspace)
    it.type("field_size", ",50")
    qtbot.keyClick(it.find("field_size"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ("size", "Size", "42.5") in details(it).fields)


def test_what_was_typed_for_one_person_is_not_left_for_the_next(desk, qtbot):
    bob = person("Bob", hours=1, fields={"first_name": "Bob", "last_name": "Lee", "size": "40"})
    it = desk(PEOPLE[0], bob)
    it.open("Ann Müller", part=1)
    qtbot.waitUntil(lambda: it.is_seen("field_size"))
    it.type("field_size", "x")
    qtbot.keyClick(it.find("field_size"), Qt.Key.Key_Return)
    it.open("Bob", part=1)
    qtbot.waitUntil(lambda: it.is_seen("field_size"))
    assert it.find("field_size").text() == "40"


def test_a_field_that_is_left_as_it_was_is_not_written(desk, qtbot):
    it = desk()
    it.open("Ann Müller", part=1)
    qtbot.waitUntil(lambda: it.is_seen("field_size"))
    before = details(it)
    it.type("field_size", " ")
    qtbot.keyClick(it.find("field_size"), Qt.Key.Key_Return)
    QApplication.processEvents()
    assert details(it) is before


def test_permissions_tell_what_can_be_done_with_them_and_are_removed(desk, qtbot):
    it = desk()
    it.open("Ann Müller", part=1)
    qtbot.waitUntil(lambda: it.is_seen("remove_permission_1"))
    said = it.all_said()
    assert "One-time: can be used now" in said
    assert any(words.startswith("Weekly: can be used from 30 Nov 2026") for words in said)
    assert "One-time: used" in said
    assert not it.is_seen("remove_permission_3")
    it.press("remove_permission_1")
    qtbot.waitUntil(lambda: not it.is_seen("remove_permission_1"))
    qtbot.waitUntil(lambda: it.is_seen("undo"))
    it.press("undo")
    qtbot.waitUntil(lambda: it.is_seen("remove_permission_1"))


def test_somebody_is_deleted_for_good_after_a_question(desk, qtbot):
    it = desk()
    it.open("Bob Lee", part=1)
    it.press("forget_person")
    assert "Everything about Bob Lee is deleted" in it.says("forget_cost")
    it.press("keep_person")
    assert len(it.contacts.people) == 5
    qtbot.waitUntil(lambda: not it.is_seen("forget_window"))
    it.press("forget_person")
    it.press("forget_for_good")
    qtbot.waitUntil(lambda: len(it.names()) == 4)
    assert "Bob Lee" not in it.names()
    assert not it.is_seen("person")
    assert it.says("people_count") == "4 people"


def test_who_comes_meanwhile_shows_up(desk, qtbot):
    it = desk()
    it.wait_for(*NAMES)
    it.contacts.come(person("Fay"))
    it.page._timer.timeout.emit()
    it.wait_for("Fay", *NAMES)
    it.contacts._change(6, row=replace(details(it, 6).row, name="Fay Hill"))
    it.page._timer.timeout.emit()
    it.wait_for("Fay Hill", *NAMES)


def exports(it, monkeypatch, file, kind="") -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), kind))
    it.press("export_people")


def test_the_people_who_are_shown_are_exported(desk, qtbot, monkeypatch, tmp_path):
    it = desk()
    it.filter("Tag", "vip")
    it.wait_for("Ann Müller", "Dana Núñez")
    exports(it, monkeypatch, tmp_path / "friends", "Document (*.json)")
    qtbot.waitUntil(lambda: it.says("notice_words") == "2 people in friends.json.")
    assert (tmp_path / "friends.json").read_text() == "2"


def test_an_export_can_be_cancelled(desk, qtbot, monkeypatch, tmp_path):
    it = desk()
    it.contacts.may_answer.clear()
    exports(it, monkeypatch, tmp_path / "people.csv")
    it.press("cancel_export")
    it.contacts.may_answer.set()
    qtbot.waitUntil(lambda: not it.page.findChildren(QDialog, "export_window"))
    assert list(tmp_path.iterdir()) == []
    assert not it.is_seen("notice")


def test_an_export_that_fails_says_why(desk, qtbot, monkeypatch, tmp_path):
    it = desk()
    it.contacts.problem = "The disk is full."
    exports(it, monkeypatch, tmp_path / "people.csv")
    qtbot.waitUntil(lambda: it.says("notice_words") == "The disk is full.")
