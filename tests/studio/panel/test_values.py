"""Lengths of time, numbers, fields: each by its own editor."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from otn_studio.blocks.actions.set_field import SetField
from otn_studio.blocks.duration import Duration
from otn_studio.blocks.logic.wait import Wait
from tests.builders import started


def test_a_length_of_time_is_an_amount_and_a_unit(stage):
    here = stage(started(Wait(for_="20 hours")))
    here.select("it", "for")
    here.focus.selectAll()
    here.type("3")
    assert here.block().for_ == Duration(3, "hour")
    here.find("for unit").setFocus()
    here.press(Qt.Key.Key_Down)
    assert here.block().for_ == Duration(3, "day")
    here.document.undo()
    here.document.undo()
    assert here.find("for").text() == "20"
    assert here.find("for unit").currentText() == "hours"


def test_the_unit_reads_as_one_says_it(stage):
    here = stage(started(Wait(for_="1 day")))
    here.select()
    assert here.find("for unit").currentText() == "day"


def test_arrows_count_and_an_empty_amount_changes_nothing(stage):
    here = stage(started(Wait(for_="1 day")))
    here.select("it", "for")
    here.press(Qt.Key.Key_Up)
    assert here.block().for_ == Duration(2, "day")
    here.focus.selectAll()
    here.press(Qt.Key.Key_Backspace)
    assert here.block().for_ == Duration(2, "day")


def test_the_wheel_scrolls_and_changes_no_choice(stage):
    here = stage(started(Wait(for_="1 day")))
    here.select()
    unit = here.find("for unit")
    place = QPointF(unit.rect().center())
    turn = QWheelEvent(
        place,
        unit.mapToGlobal(place),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(unit, turn)
    assert here.block().for_ == Duration(1, "day")


@pytest.fixture
def here(stage):
    made = stage(started(SetField()))
    made.select("it", "field")
    return made


def test_a_field_is_chosen_by_its_name(here):
    assert here.offers("field") == [
        "First name first_name",
        "Last name last_name",
        "Language locale",
        "Time zone time_zone",
        "Size size",
    ]
    here.type("size")
    here.press(Qt.Key.Key_Return)
    assert here.block().field == "size"
    assert here.find("field").text() == "Size"


def test_a_field_is_created_on_the_spot(here):
    here.type("Größe (EU)")
    assert here.offers("field") == ["+ Create field “Größe (EU)”"]
    here.press(Qt.Key.Key_Return)
    assert here.block().field == "grosse_eu"
    assert here.flow.fields["grosse_eu"].name == "Größe (EU)"
    assert here.undo_says() == "Create field “Größe (EU)”"
    here.document.undo()
    assert "grosse_eu" not in here.flow.fields
