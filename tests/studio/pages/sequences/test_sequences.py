"""The tab of sequences, with hands."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from otn_studio.blocks.duration import Duration
from otn_studio.blocks.logic.wait import Wait
from otn_studio.checks.check import check
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from otn_studio.studio.pages.broadcasts.page import BroadcastsPage
from otn_studio.studio.pages.sequences.table import Column, SequenceTable
from tests.studio.pages.broadcasts.broadcasting import FakeBroadcasts
from tests.studio.pages.sequences.sequencing import SEQUENCES, FakeSequences


class Hands:
    """The page with its second tab open, and what a person does there."""

    def __init__(self, qtbot, theme, *rows) -> None:
        self.bot = qtbot
        self.sequences = FakeSequences(*rows)
        self.page = BroadcastsPage(FakeBroadcasts(), self.sequences, theme)
        self.drawn: list[Flow] = []
        self.page.drawn.connect(self.drawn.append)
        qtbot.addWidget(self.page)
        self.page.resize(1200, 700)
        self.page.show()
        qtbot.waitExposed(self.page)
        tabs = self.page.tabs
        qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(1).center())

    def find(self, name: str, kind: type[QWidget] = QWidget) -> QWidget:
        found = [w for w in self.page.findChildren(kind, name) if w.isVisible()]
        assert found, f"there is no {name!r} to be seen"
        return found[-1]

    def press(self, name: str) -> None:
        self.bot.mouseClick(self.find(name), Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def type(self, name: str, words: str, kind: type[QWidget] = QLineEdit) -> None:
        self.bot.keyClicks(self.find(name, kind), words)

    def choose(self, name: str, words: str) -> None:
        box = self.find(name, QComboBox)
        self.bot.waitUntil(lambda: box.findText(words) >= 0)
        box.setCurrentIndex(box.findText(words))

    def says(self, name: str) -> str:
        return self.find(name, QLabel).text()

    @property
    def table(self) -> SequenceTable:
        return self.find("sequences", SequenceTable)

    def cells(self, row: int) -> list[str]:
        model = self.table.model()
        return [model.index(row, column).data() for column in Column]

    def select(self, row: int) -> None:
        self.bot.waitUntil(lambda: self.page._sequences._table.model().rowCount() > row)
        place = self.table.visualRect(self.table.model().index(row, Column.NAME)).center()
        self.bot.mouseClick(self.table.viewport(), Qt.MouseButton.LeftButton, pos=place)


@pytest.fixture
def hands(qtbot, theme):
    return Hands(qtbot, theme, *SEQUENCES)


def test_every_sequence_is_listed_with_the_people_on_it(hands):
    hands.bot.waitUntil(lambda: hands.table.model().rowCount() == 2)
    assert hands.cells(0) == ["Running in ten days", "Running", "10", "1,204"]


def test_the_people_of_a_segment_are_put_on_it(hands):
    hands.select(1)
    hands.press("put_on_sequence")
    hands.choose("put_on_whom", "Regulars")
    hands.press("put_on")
    hands.bot.waitUntil(lambda: hands.sequences.told == [("welcome", 7)])
    hands.bot.waitUntil(lambda: hands.cells(1)[-1] == "12")


def test_what_goes_wrong_is_said_and_may_be_tried_again(hands):
    hands.sequences.problem = "That sequence is not live any more."
    hands.select(0)
    hands.press("put_on_sequence")
    hands.press("put_on")
    hands.bot.waitUntil(lambda: "not live" in hands.says("put_on_problem"))
    assert hands.find("put_on").isEnabled()
    hands.press("put_on_cancel")


@pytest.mark.parametrize(("answer", "people"), [("keep", 1_204), ("end", 0)])
def test_everybody_is_taken_off_once_that_is_agreed(hands, answer, people):
    hands.select(0)

    def decide() -> None:
        hands.press(answer)

    QTimer.singleShot(0, decide)
    hands.press("take_off_sequence")
    hands.bot.waitUntil(lambda: hands.sequences.rows["course"].people == people)


def test_a_new_sequence_is_drawn_as_a_flow_that_the_checks_pass(hands):
    hands.press("new_sequence")
    hands.bot.waitUntil(hands.find("draw_sequence").isEnabled)
    hands.press("draw_sequence")
    assert "name" in hands.says("new_sequence_problem")
    hands.type("new_sequence_name", "Course")
    hands.type("step_1_text", "Lesson 1", QPlainTextEdit)
    hands.press("add_sequence_message")
    hands.press("draw_sequence")
    assert "empty" in hands.says("new_sequence_problem")
    hands.type("step_2_text", "Lesson 2", QPlainTextEdit)
    hands.choose("step_2_when", "days after the one before")
    hands.press("draw_sequence")
    (flow,) = hands.drawn
    assert flow.name == "Course"
    assert check(Project.of(flow))[flow.id] == ()
    assert [b.for_ for b in flow.blocks.values() if isinstance(b, Wait)] == [Duration(1, "day")]


def test_a_message_can_be_taken_away_but_not_the_last(hands):
    hands.press("new_sequence")
    hands.press("add_sequence_message")
    hands.press("step_1_remove")
    hands.press("step_1_remove")
    assert hands.find("step_1_text", QPlainTextEdit)
    hands.press("new_sequence_cancel")


def test_where_there_is_none_the_first_step_is_offered(qtbot, theme):
    hands = Hands(qtbot, theme)
    qtbot.waitUntil(lambda: hands.find("no_sequences_step") is not None)
    hands.press("no_sequences_step")
    hands.press("new_sequence_cancel")
