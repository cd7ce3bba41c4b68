"""Lengths of time, numbers, fields: each by its own editor."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTime
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from otn_studio.blocks.actions.set_field import SetField
from otn_studio.blocks.actions.set_page_value import SetPageValue
from otn_studio.blocks.duration import Duration
from otn_studio.blocks.field import Field, FieldType
from otn_studio.blocks.local_time import Weekday
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.logic.wait_until_time import WaitUntilTime
from tests.builders import a_flow, started


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


def test_what_a_field_holds_is_chosen_beside_it(here):
    kind = here.find("field type")
    assert not kind.isVisible()
    here.type("size")
    here.press(Qt.Key.Key_Return)
    assert kind.isVisible()
    kind.setFocus()
    here.type("Nu")
    assert here.flow.fields["size"].type is FieldType.NUMBER
    assert here.undo_says() == "Change what “Size” holds"
    here.document.undo()
    assert here.flow.fields["size"].type is FieldType.TEXT
    assert kind.currentText() == "Text"


def test_a_value_of_the_page_is_created_on_the_spot(stage):
    here = stage(a_flow({"it": SetPageValue(value="{{ page.left }}")}))
    here.select("it", "field")
    here.type("Pairs left")
    here.press(Qt.Key.Key_Return)
    assert here.flow.fields["pairs_left"] == Field("Pairs left", of_page=True)
    assert here.block().field == "pairs_left"


def test_a_time_of_day_and_weekdays_are_chosen(stage):
    here = stage(a_flow({"it": WaitUntilTime()}))
    here.select("it", "at")
    here.find("at").setTime(QTime(18, 30))
    here.find("weekdays friday").click()
    here.find("weekdays monday").click()
    assert here.block() == WaitUntilTime(at="18:30", weekdays=["monday", "friday"])
    here.find("weekdays monday").click()
    assert here.block().weekdays == (Weekday.FRIDAY,)
    here.document.undo()
    assert here.find("weekdays monday").isChecked()
