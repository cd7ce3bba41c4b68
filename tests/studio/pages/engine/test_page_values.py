"""The values of the Page on the page of its contents, with hands."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from otn_studio.blocks.field import FieldType
from otn_studio.studio.pages.engine.page_values import PageValuesCard
from otn_studio.studio.services.page_values import ValueRow
from tests.studio.pages.engine.valuing import FakePageValues


@pytest.fixture
def values():
    left = ValueRow("left", "Pairs left", FieldType.NUMBER, "12", ("Shop",))
    return FakePageValues(left, ValueRow("slogan", "Slogan", FieldType.TEXT, ""))


@pytest.fixture
def card(qtbot, values):
    made = PageValuesCard(values)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.findChild(QLineEdit, "page_value_left") is not None)
    return made


def line(card, key: str) -> QLineEdit:
    return card.findChild(QLineEdit, f"page_value_{key}")


def test_a_value_is_written_and_kept(qtbot, card, values):
    assert line(card, "left").text() == "12"
    line(card, "left").selectAll()
    qtbot.keyClicks(line(card, "left"), "7")
    qtbot.keyClick(line(card, "left"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: values.rows["left"].value == "7")


def test_what_does_not_fit_is_said(qtbot, card, values):
    qtbot.keyClicks(line(card, "left"), "x")
    qtbot.keyClick(line(card, "left"), Qt.Key.Key_Return)
    problem = card.findChild(QLabel, "page_value_problem")
    qtbot.waitUntil(lambda: problem.isVisible() and problem.text() == "That is no number.")
    assert values.rows["left"].value == "12"
    qtbot.keyClicks(line(card, "slogan"), "Run!")
    qtbot.keyClick(line(card, "slogan"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not problem.isVisible())
    assert values.rows["slogan"].value == "Run!"
