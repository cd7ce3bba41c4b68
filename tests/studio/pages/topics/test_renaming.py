"""A topic gets another name where it stands."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel

from otn_studio.policy.calendar import Frequency
from otn_studio.studio.pages.topics.topic_model import Column
from tests.studio.pages.fakes import NOW, row


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


@pytest.mark.usefixtures("direction")
def test_what_is_wrong_with_a_name_begins_where_its_field_does(desk, qtbot):
    it = desk(row("Blue"), row("Green"))
    it.press_cell("Green", Column.NAME)
    qtbot.keyClicks(it.editor(), "blue")
    field, wrong = (
        part.rect().translated(part.mapTo(it.page.window(), QPoint()))
        for part in (it.editor(), it.page.window().findChild(QLabel, "topic_name_problem"))
    )
    assert wrong.width() > field.width()
    if it.page.isRightToLeft():
        assert wrong.right() == field.right()
    else:
        assert wrong.left() == field.left()


def test_what_is_wrong_with_a_name_covers_nothing_below_the_table(desk, qtbot):
    asked = {"frequency": Frequency.WEEKLY, "asked": 9, "asked_next": NOW + timedelta(days=3)}
    it = desk(row("Blue"), row("Deals", held=9, days=20, ending=9, **asked))
    it.press_cell("Deals", Column.NAME)
    qtbot.keyClicks(it.editor(), "blue")
    told, wrong = (
        label.rect().translated(label.mapTo(it.page.window(), QPoint()))
        for name in ("foreseen_words", "topic_name_problem")
        if (label := it.page.window().findChild(QLabel, name)).isVisible()
    )
    assert not told.intersects(wrong)


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
