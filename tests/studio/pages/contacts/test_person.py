"""One person beside the list: their timeline, and writing to them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from otn_studio.blocks.words import Words
from otn_studio.studio.services.people import Moment, Side
from tests.studio.pages.contacts.people import PEOPLE, person
from tests.studio.pages.fakes import NOW

WROTE = Words("Wrote")
IN_LINE = ("close_person", "field_size", "by_hand")


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


def test_a_scroll_bar_pushes_nothing_out_of_line(desk, qtbot):
    it = desk()
    it.page.resize(1_200, 500)
    it.open("Ann Müller", part=1)
    room = it.find("person_details")
    qtbot.waitUntil(lambda: room.verticalScrollBar().isVisible())
    edges = {it.find(name).mapTo(it.page, it.find(name).rect().topRight()).x() for name in IN_LINE}
    assert len(edges) == 1


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
    it.contacts.problem = "The person can’t be reached."
    it.press("send_by_hand")
    qtbot.waitUntil(lambda: it.says("notice_words") == "The person can’t be reached.")
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
