"""The problems: told at the foot, listed, jumped to and repaired."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QTableView

from otn_studio.blocks.start.keyword import Keyword
from otn_studio.blocks.words import Words
from otn_studio.flow.changes import removal
from otn_studio.flow.document import Flow
from otn_studio.studio.document.checker import Checker
from otn_studio.studio.document.document import Document
from otn_studio.studio.document.selection import Selection
from otn_studio.studio.problems.problems import Problems
from tests.builders import START, a_flow, ask, say

LEFT = Qt.MouseButton.LeftButton
WRONG = a_flow(
    {"start": Keyword(keywords=("hello", "")), "it": ask("x" * 70), "lost": say()}, "start > it"
)


class Desk:
    def __init__(self, qtbot, theme, flow: Flow) -> None:
        self.qtbot = qtbot
        self.selection = Selection()
        self.shown: list[tuple[str, str]] = []
        self.selection.shown.connect(lambda id: self.shown.append((id, self.selection.field)))
        self.document = Document(flow)
        self.checker = Checker(self.document)
        self.problems = Problems(self.document, self.selection, self.checker, theme)
        for part in (self.document, self.selection):
            part.setParent(self.problems)  # they end together, as in the window
        qtbot.addWidget(self.problems)
        self.problems.resize(900, 300)
        self.problems.show()
        self.toggle = self.problems.findChild(QPushButton, "problems_toggle")
        qtbot.waitSignal(self.checker.changed).wait()

    @property
    def table(self) -> QTableView | None:
        return self.problems.findChild(QTableView, "problems")

    @property
    def is_unfolded(self) -> bool:
        return self.table is not None and self.table.isVisible()

    def words(self) -> str:
        return self.problems.findChild(QLabel, "problems_words").text()

    def first(self) -> str:
        return self.problems.findChild(QLabel, "first_problem").text()

    def listed(self) -> list[tuple[str, str]]:
        model = self.table.model()
        rows = range(model.rowCount())
        return [(model.index(row, 0).data(), model.index(row, 2).data()) for row in rows]

    def unfold(self) -> None:
        self.qtbot.mouseClick(self.toggle, LEFT)

    def press(self, row: int, column: int) -> None:
        place = self.table.visualRect(self.table.model().index(row, column)).center()
        self.qtbot.mouseClick(self.table.viewport(), LEFT, pos=place)

    def wait_for_words(self, words: str) -> None:
        self.qtbot.waitUntil(lambda: self.words() == words)


@pytest.fixture
def desk(qtbot, theme):
    return lambda flow: Desk(qtbot, theme, flow)


def test_a_problem_has_a_menu(desk):
    it = desk(WRONG)
    it.unfold()
    place = it.table.visualRect(it.table.model().index(0, 0)).center()
    viewport = it.table.viewport()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, viewport.mapToGlobal(place))
    QApplication.sendEvent(viewport, event)
    menu = it.table.findChild(QMenu, "row_menu")
    offered = [action.text() for action in menu.actions()]
    assert offered == ["Go there", it.listed()[0][1], "More about this"]
    menu.actions()[0].trigger()
    assert it.shown == [("start", "keywords.1")]
    menu.close()


def test_everything_in_order_is_said_and_nothing_unfolds(desk):
    it = desk(a_flow({"start": START, "it": say()}, "start > it"))
    assert it.words() == "Everything is in order"
    it.unfold()
    assert not it.is_unfolded


def test_problems_are_counted_and_the_first_is_told(desk):
    it = desk(WRONG)
    assert it.words() == "4 problems"
    assert "“hello”, “”: A keyword is empty." in it.first()
    assert not it.is_unfolded


def test_the_list_says_how_bad_where_and_what(desk):
    it = desk(WRONG)
    it.unfold()
    assert it.is_unfolded
    assert it.first() == ""
    assert it.listed() == [
        (
            "Error, Someone writes “hello”, “”: A keyword is empty. Write a word, or remove it.",
            "Remove",
        ),
        (
            "Error, Send Message: “Opt-in message” has 70 characters; Messenger takes 65. Shorten"
            " it by 5.",
            "Shorten",
        ),
        (
            "Warning, Send Message: Nothing leads to this block. Connect it, or remove it.",
            "Remove block",
        ),
        (
            "Warning, Send Message: “Notify Me tapped” leads nowhere. Connect it to what follows.",
            "",
        ),
    ]


def test_a_press_jumps_to_the_field(desk):
    it = desk(WRONG)
    it.unfold()
    it.press(1, 0)
    assert it.shown == [("it", "elements.0.title")]
    assert it.selection.only == "it"


def test_enter_jumps_from_the_keyboard(desk, qtbot):
    it = desk(WRONG)
    it.unfold()
    it.table.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(it.table, Qt.Key.Key_Down)
    qtbot.keyClick(it.table, Qt.Key.Key_Return)
    assert it.shown == [("it", "elements.0.title")]


def test_a_problem_of_the_whole_flow_leads_nowhere(desk):
    it = desk(a_flow({"it": say()}))
    it.unfold()
    assert it.listed()[0][0].startswith("Error, This flow: Nothing starts this flow.")
    it.press(0, 0)
    assert it.shown == []


def test_one_press_repairs_and_undo_brings_the_problem_back(desk):
    it = desk(WRONG)
    it.unfold()
    it.press(1, 2)
    assert it.document.flow.blocks["it"].elements[0].title == "x" * 65
    assert str(it.document.undo_words()) == "Shorten"
    it.wait_for_words("3 problems")
    it.document.undo()
    it.wait_for_words("4 problems")


def test_repairs_can_be_pressed_one_after_the_other_from_the_keyboard(desk, qtbot):
    it = desk(WRONG)
    it.unfold()
    it.table.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(it.table, Qt.Key.Key_Right)
    for left in ("3 problems", "2 problems", "1 problem"):
        qtbot.keyClick(it.table, Qt.Key.Key_Return)
        it.wait_for_words(left)
    assert "lost" not in it.document.flow.blocks
    assert it.document.flow.blocks["start"].keywords == ("hello",)


def test_a_place_without_a_repair_jumps(desk):
    it = desk(WRONG)
    it.unfold()
    it.press(3, 2)
    assert it.shown == [("it", "card.opted_in")]


def test_a_block_that_has_just_gone_is_neither_shown_nor_repaired(desk):
    it = desk(WRONG)
    it.unfold()
    it.document.do(removal(it.document.flow, "lost"), Words("Remove block"))
    flow = it.document.flow
    it.press(2, 0)
    it.press(2, 2)
    assert it.shown == []
    assert it.document.flow is flow


def test_a_row_is_as_high_as_its_sentence_needs(desk):
    late = {"start": START, "ask": ask(), "it": say()}
    it = desk(a_flow(late, "start > ask", "ask.card.opted_in > it"))
    it.unfold()
    for width, is_higher in ((2_400, False), (640, True), (2_400, False)):
        it.problems.resize(width, 300)
        assert (it.table.rowHeight(0) > 40) == is_higher
    assert it.table.sizeHint().height() == 40
