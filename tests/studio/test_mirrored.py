"""From right to left everything stands on the other side, and the canvas as it is."""

import pytest
from PySide6.QtCore import Qt

from otn_studio import shipped
from otn_studio.flow.reading import load
from otn_studio.studio import words
from otn_studio.studio.flows.document import Document
from tests.studio.desk import Desk
from tests.studio.mirror import mirror


@pytest.fixture
def mirrored_desk(qapp, qtbot, theme, tmp_path):
    before = words._TRANSLATOR
    mirror(qapp)
    desk = Desk(qtbot, theme, tmp_path)
    desk.window.open(Document(load(shipped.path("flows/back-in-stock.json"))))
    yield desk
    desk.window.close()
    words._TRANSLATOR = before
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def left_of(desk, name: str) -> int:
    widget = desk.find(name)
    return widget.mapTo(desk.window, widget.rect().topLeft()).x()


def test_menu_and_panel_change_sides(mirrored_desk):
    assert left_of(mirrored_desk, "panel") < left_of(mirrored_desk, "canvas_view")
    assert left_of(mirrored_desk, "canvas_view") < left_of(mirrored_desk, "menu_flows")
    assert left_of(mirrored_desk, "publish") < left_of(mirrored_desk, "flow_menu")


def test_the_canvas_goes_on_from_left_to_right(mirrored_desk):
    plan = mirrored_desk.canvas.plan
    start = mirrored_desk.pixel(plan.boxes["start"].corner)
    asked = mirrored_desk.pixel(plan.boxes["ask"].corner)
    assert start.x() < asked.x()


def test_a_block_is_found_where_it_is_seen(mirrored_desk):
    mirrored_desk.canvas.view.fit()
    mirrored_desk.click(mirrored_desk.middle("ask"))
    assert mirrored_desk.window.builder.selection.only == "ask"
