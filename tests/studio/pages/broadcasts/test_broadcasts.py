"""The Broadcasts page, with hands."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QDateTime, Qt, QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QDateTimeEdit, QDialog, QLabel, QWidget

from otn_studio.studio.pages.broadcasts.page import BroadcastsPage
from otn_studio.studio.pages.broadcasts.table import BroadcastTable, Column
from otn_studio.studio.services.broadcasting import State
from tests.studio.pages.broadcasts.broadcasting import BROADCASTS, TOO_SOON, FakeBroadcasts
from tests.studio.pages.sequences.sequencing import FakeSequences


class Hands:
    """The page, and what a person does on it."""

    def __init__(self, qtbot, theme, *rows) -> None:
        self.bot = qtbot
        self.broadcasts = FakeBroadcasts(*rows)
        self.page = BroadcastsPage(self.broadcasts, FakeSequences(), theme)
        qtbot.addWidget(self.page)
        self.page.resize(1200, 700)
        self.page.show()
        qtbot.waitExposed(self.page)

    def find(self, name: str, kind: type[QWidget] = QWidget) -> QWidget:
        found = [w for w in self.page.findChildren(kind, name) if w.isVisible()]
        assert found, f"there is no {name!r} to be seen"
        return found[-1]

    def press(self, name: str) -> None:
        self.bot.mouseClick(self.find(name), Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def says(self, name: str) -> str:
        return self.find(name, QLabel).text()

    def waits(self, holds) -> None:
        self.bot.waitUntil(lambda: bool(holds()))

    def cell(self, row: int, column: Column) -> str:
        return self.table.model().index(row, column).data()

    @property
    def table(self) -> BroadcastTable:
        return self.find("broadcasts", BroadcastTable)

    def press_row(self, row: int) -> None:
        self.waits(lambda: self.page._table.model().rowCount() > row)
        place = self.table.visualRect(self.table.model().index(row, Column.WHAT)).center()
        self.bot.mouseClick(self.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QApplication.processEvents()

    def begin(self) -> None:
        self.press("new_broadcast")
        self.waits(self.find("broadcast_next").isEnabled)


@pytest.fixture
def hands(qtbot, theme):
    def made(*rows):
        return Hands(qtbot, theme, *rows)

    return made


def test_the_list_says_what_goes_to_whom_and_how_far_it_is(hands):
    it = hands(*BROADCASTS)
    it.waits(lambda: it.page._table.model().rowCount() == 4)
    assert [it.cell(0, column) for column in (Column.TOPIC, Column.TOLD, Column.STATE)] == [
        "Weekly deals",
        "61,250 of 143,000",
        "Sending",
    ]
    assert it.cell(1, Column.TOLD) == "–"
    assert it.table.horizontalHeader().count() == len(Column)


def test_where_there_are_none_the_first_step_is_offered(hands):
    it = hands()
    it.waits(lambda: it.page.findChild(QWidget, "no_broadcasts").isVisible())
    it.press("no_broadcasts_step")
    assert it.find("new_broadcast_window", QDialog).isVisible()
    it.press("broadcast_back")


def test_a_message_is_written_counted_and_sent(hands):
    it = hands()
    it.begin()
    it.press("broadcast_next")
    assert it.says("new_broadcast_problem") == "Write the message first."
    it.bot.keyClicks(it.find("broadcast_text"), "They are back!")
    it.press("broadcast_next")
    it.waits(lambda: "1,200 people can get it now" in it.says("broadcast_reach"))
    assert it.find("broadcast_next").text() == "Send to 1,200 people"
    it.press("broadcast_next")
    it.waits(lambda: len(it.broadcasts.sent) == 1)
    (draft,) = it.broadcasts.sent
    assert (draft.topic, draft.text, draft.flow, draft.at) == ("blue", "They are back!", None, None)
    it.waits(lambda: it.page._table.selected() == 1)
    assert it.says("broadcast_state") == "Sending"


def test_a_flow_is_planned_for_a_segment_at_a_time_of_the_page(hands):
    it = hands()
    it.begin()
    it.press("broadcast_kind_1")
    it.waits(lambda: it.find("broadcast_flow", QComboBox).count() == 1)
    it.press("broadcast_next")
    it.find("broadcast_segment", QComboBox).setCurrentIndex(1)
    it.press("broadcast_when_1")
    it.find("broadcast_at", QDateTimeEdit).setDateTime(QDateTime(2027, 1, 31, 9, 30, 0))
    it.waits(it.find("broadcast_next").isEnabled)
    assert it.find("broadcast_next").text() == "Plan it"
    it.press("broadcast_next")
    it.waits(lambda: len(it.broadcasts.sent) == 1)
    (draft,) = it.broadcasts.sent
    at = datetime(2027, 1, 31, 9, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    assert (draft.flow, draft.segment, draft.at) == ("restock", 7, at)


def test_only_a_recurring_topic_lets_anybody_wait(hands):
    it = hands()
    it.broadcasts.warning = TOO_SOON
    it.begin()
    it.find("broadcast_topic", QComboBox).setCurrentIndex(1)
    it.bot.keyClicks(it.find("broadcast_text"), "Deals")
    it.press("broadcast_next")
    it.find("broadcast_waits").click()
    it.waits(lambda: it.broadcasts.asked and it.broadcasts.asked[-1].waits is False)
    it.waits(lambda: it.says("broadcast_warning").startswith("People get this topic once a week"))
    it.press("broadcast_back")
    it.find("broadcast_topic", QComboBox).setCurrentIndex(0)
    it.press("broadcast_next")
    assert not it.page.findChild(QWidget, "broadcast_waits").isVisible()
    it.press("broadcast_back")
    it.press("broadcast_back")


def test_a_flow_that_is_not_there_can_not_be_chosen(hands):
    it = hands()
    it.begin()
    it.find("broadcast_topic", QComboBox).setCurrentIndex(1)
    it.press("broadcast_kind_1")
    it.press("broadcast_next")
    assert it.says("new_broadcast_problem").startswith("No published flow begins with")
    it.press("broadcast_back")


def test_nobody_to_send_to_is_nothing_to_send(hands):
    it = hands()
    it.broadcasts.reach = 0
    it.begin()
    it.bot.keyClicks(it.find("broadcast_text"), "Deals")
    it.press("broadcast_next")
    it.waits(lambda: "0 people" in it.says("broadcast_reach"))
    assert not it.find("broadcast_next").isEnabled()
    it.press("broadcast_back")
    it.press("broadcast_back")


def test_the_report_says_what_became_of_everybody(hands):
    it = hands(*BROADCASTS)
    it.press_row(0)
    it.waits(lambda: it.says("broadcast_people") == "143,000 people")
    lines = [label.text() for label in it.page.findChildren(QLabel, "broadcast_line")]
    assert lines[0] == "sent"
    assert "not sent: they blocked the Page, or left the conversation" in lines


def test_the_report_is_closed_and_opened_again(hands):
    it = hands(*BROADCASTS)
    it.press_row(0)
    it.press("close_report")
    report = it.page.findChild(QWidget, "broadcast_report")
    assert not report.isVisible()
    assert not it.table.selectedIndexes()
    it.page.tabs.setCurrentIndex(1)
    it.page.tabs.setCurrentIndex(0)
    assert not report.isVisible()
    it.press_row(0)
    assert report.isVisible()
    it.find("close_report").setFocus()
    it.bot.keyClick(it.find("close_report"), Qt.Key.Key_Escape)
    assert not report.isVisible()


def test_one_is_paused_and_goes_on(hands):
    it = hands(*BROADCASTS)
    it.press_row(0)
    it.press("broadcast_pause")
    it.waits(lambda: it.says("broadcast_state") == "Paused")
    it.press("broadcast_resume")
    it.waits(lambda: it.says("broadcast_state") == "Sending")


def test_to_cancel_one_is_asked_first(hands):
    it = hands(*BROADCASTS)
    it.press_row(0)
    for answer, state in (("keep", State.SENDING), ("cancel", State.CANCELLED)):
        QTimer.singleShot(50, lambda answer=answer: it.press(answer))
        it.press("broadcast_cancel")
        it.waits(lambda state=state: it.broadcasts.rows[4].state is state)
    it.waits(lambda: it.says("broadcast_state") == "Canceled")
    assert not it.page.findChild(QWidget, "broadcast_pause").isVisible()


def test_what_did_not_work_is_said(hands):
    it = hands(*BROADCASTS)
    it.press_row(0)
    it.broadcasts.problem = "The broadcast has ended."
    it.press("broadcast_pause")
    it.waits(lambda: it.says("notice_words") == "The broadcast has ended.")
