"""A list of texts, one a line."""

import pytest
from PySide6.QtCore import Qt

from otn_studio.blocks.start.keyword import Keyword
from tests.builders import a_flow

ENTER, BACK = Qt.Key.Key_Return, Qt.Key.Key_Backspace


@pytest.fixture
def here(stage):
    made = stage(a_flow({"it": Keyword(keywords=("restock", "notify me"))}))
    made.select("it", "keywords")
    return made


def test_each_text_has_a_line_and_one_waits(here):
    lines = [here.find(f"keywords.{index}").text() for index in range(3)]
    assert lines == ["restock", "notify me", ""]
    assert not here.has("keywords.3")


def test_enter_goes_on_to_the_next_and_typing_there_adds_one(here):
    here.select("it", "keywords.1")
    here.press(ENTER)
    here.type("back")
    here.press(ENTER)
    here.type("again")
    assert here.block().keywords == ("restock", "notify me", "back", "again")
    assert here.undo_says() == "Edit “Keywords”"


def test_a_line_is_removed_by_its_button(here):
    line = here.find("keywords.0").parentWidget()
    here.qtbot.mouseClick(line.bin, Qt.MouseButton.LeftButton)
    assert here.block().keywords == ("notify me",)
    assert here.find("keywords.0").text() == "notify me"


def test_backspace_in_an_empty_line_goes_back(here):
    here.select("it", "keywords.2")
    here.press(BACK)
    assert here.focus.objectName() == "keywords.1"


def test_a_line_left_empty_goes_away_when_the_list_is_left(here):
    here.select("it", "keywords.0")
    here.focus.selectAll()
    here.press(BACK)
    assert here.block().keywords == ("", "notify me")
    here.click("title")
    assert here.block().keywords == ("notify me",)


def test_undo_brings_lines_back(here):
    line = here.find("keywords.0").parentWidget()
    here.qtbot.mouseClick(line.bin, Qt.MouseButton.LeftButton)
    here.document.undo()
    assert here.find("keywords.0").text() == "restock"
    assert here.find("keywords.1").text() == "notify me"


def test_the_line_with_the_problem_wears_it(stage):
    here = stage(a_flow({"it": Keyword(keywords=("a", " "))}))
    here.select()
    here.wait(lambda: here.find("keywords.1").property("problem"))
    assert not here.find("keywords.0").property("problem")
    assert here.said_beside("keywords") == ["A keyword is empty. Write a word, or remove it."]
