"""Two files compared, on the canvas and in words."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFileDialog

from otn_studio.blocks.logic.wait import Wait
from otn_studio.flow import writing
from otn_studio.flow.changes import Connect, EditBlock, removal
from otn_studio.studio.compare import telling
from otn_studio.studio.compare.comparison import Comparison
from otn_studio.studio.document.document import Document
from tests.builders import START, a_flow, say

FLOW = a_flow({"start": START, "hello": say(), "wait": Wait()}, "start > hello", "hello > wait")


def after(*changes):
    flow = FLOW
    for change in changes:
        flow, _inverse = change.apply(flow)
    return flow


def lines(before, after) -> list[tuple[str, str]]:
    return [(told.title, told.about) for told in telling.told(before, after)]


def test_what_a_block_says_now_is_told_with_what_it_said():
    (line,) = lines(FLOW, after(EditBlock("hello", say("Welcome!"))))
    assert line[1] == "Text: “Welcome!”, was “Hello!”"


def test_connections_of_blocks_that_came_or_went_are_told_by_the_block():
    ((title, about),) = lines(FLOW, after(removal(FLOW, "wait")))
    assert about == "removed"
    assert "Wait" in title


def test_a_way_out_that_leads_elsewhere_is_told_twice():
    found = lines(FLOW, after(Connect("start", "next", "wait")))
    assert [about for _title, about in found] == ["connected", "no longer connected"]


@pytest.fixture
def comparison(qtbot, theme):
    comparison = Comparison(theme)
    qtbot.addWidget(comparison)
    comparison.resize(1000, 600)
    comparison.show()
    return comparison


def test_what_was_removed_is_still_drawn(comparison):
    comparison.compare(FLOW, after(removal(FLOW, "wait")))
    QApplication.processEvents()
    assert comparison.picture.scene.box_of("wait") is not None
    assert not comparison.grab().isNull()


def test_a_press_on_a_line_looks_at_its_block(comparison):
    comparison.compare(FLOW, after(EditBlock("hello", say("Welcome!"))))
    QApplication.processEvents()
    view = comparison.picture.view
    view.zoom_to(0.05)
    comparison._lines.setCurrentRow(0)
    box = comparison.picture.scene.box_of("hello")
    assert view.zoom == 1
    assert view.visible().holds(box)


def test_the_signs_are_painted_from_afar_too(comparison):
    comparison.compare(FLOW, after(removal(FLOW, "wait"), EditBlock("hello", say("Hi"))))
    view = comparison.picture.view
    view.zoom_to(0.1)
    view.settle()
    afar = comparison.grab().toImage()
    comparison.compare(FLOW, FLOW)
    view.zoom_to(0.1)
    view.settle()
    assert comparison.grab().toImage() != afar


def test_a_file_is_compared_with_the_open_flow_and_not_opened(desk, tmp_path, monkeypatch):
    other = tmp_path / "other.json"
    writing.save(replace(FLOW, name="Other"), other)
    desk.window.open(Document(FLOW))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(other), ""))
    desk.window.findChild(QAction, "action_compare").trigger()
    QApplication.processEvents()
    shown = desk.find("differences")
    assert shown.item(0).text() == "The flow is called “Shop”, not “Other”"
    desk.press("leave_compare")
    assert desk.flow == FLOW
    assert desk.find("canvas_view").isVisible()
