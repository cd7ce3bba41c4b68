"""A topic is deleted, after what that costs, and brought back."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from otn_studio.policy.calendar import Frequency
from otn_studio.studio.pages.topics.topic_model import Column
from otn_studio.studio.widgets import notice
from tests.studio.pages.fakes import row


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


def test_who_has_stopped_is_counted_among_what_a_deletion_costs(desk):
    it = desk(row("Deals", held=2, stopped=1, frequency=Frequency.WEEKLY))
    it.press_cell("Deals", Column.DELETE)
    assert it.says("delete_cost") == "If you delete “Deals”, 3 permissions would be lost."
