"""The menu that puts a person's field into a text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from tests.builders import ask, started

TITLE = "elements.0.title"


@pytest.fixture
def here(stage):
    made = stage(started(ask("Hi , back!")))
    made.select("it", TITLE)
    made.press(Qt.Key.Key_Home)
    for _ in range(3):
        made.press(Qt.Key.Key_Right)
    return made


def choose(here, text: str) -> None:
    here.click(f"{TITLE} insert")
    menu = here.panel.findChild(QMenu, "insert menu")
    action = next(action for action in menu.actions() if action.text() == text)
    here.qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def test_a_field_goes_in_at_the_cursor_and_one_writes_on(here):
    choose(here, "First name")
    here.type("!")
    assert here.block().elements[0].title == "Hi {{ contact.first_name }}!, back!"


def test_a_new_field_is_named_and_inserted_in_one_step(here):
    choose(here, "New field…")
    here.type("Shoe colour")
    here.press(Qt.Key.Key_Return)
    assert here.block().elements[0].title == "Hi {{ contact.shoe_colour }}, back!"
    assert here.flow.fields["shoe_colour"].name == "Shoe colour"
    assert here.focus.objectName() == TITLE
    assert here.undo_says() == "Create field “Shoe colour”"
    here.document.undo()
    assert "shoe_colour" not in here.flow.fields
    assert here.focus.toPlainText() == "Hi , back!"


def test_a_name_that_is_there_already_means_that_field(here):
    before = dict(here.flow.fields)
    choose(here, "New field…")
    here.type("SIZE")
    here.press(Qt.Key.Key_Return)
    assert here.block().elements[0].title == "Hi {{ contact.size }}, back!"
    assert here.flow.fields == before


def test_escape_makes_no_field(here):
    before = here.flow
    choose(here, "New field…")
    here.type("Shoe")
    here.press(Qt.Key.Key_Escape)
    assert here.flow is before
    assert not here.find(f"{TITLE} new field").isVisible()
    assert here.focus.objectName() == TITLE
