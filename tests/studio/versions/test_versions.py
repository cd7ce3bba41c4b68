"""The versions of a flow: seen, compared, named, and gone back to."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from otn_studio.blocks.words import Problem
from otn_studio.flow.changes import MoveBlocks, removal
from otn_studio.flow.document import Position
from otn_studio.flow.reading import load
from otn_studio.studio.document.document import Document
from otn_studio.studio.versions.list import VersionList
from tests.studio.window.test_window import SAMPLE, said

FLOW = load(SAMPLE)


@pytest.fixture
def open_desk(desk):
    """Version 1 is the sample; in version 2 “ask” is gone and its name is another; 2 is live."""
    without, _inverse = removal(FLOW, "ask").apply(FLOW)
    desk.publishing.publish(FLOW, by="Ann")
    desk.publishing.publish(replace(without, name="Back again"), by="Bob")
    desk.window.open(Document(FLOW))
    desk.window.findChild(QAction, "action_versions").trigger()
    desk.bot.waitUntil(lambda: versions(desk).count() == 3)
    return desk


def versions(desk) -> VersionList:
    return desk.find("versions")


def differences(desk) -> list[str]:
    QApplication.processEvents()
    shown = desk.find("differences")
    return [shown.item(place).text() for place in range(shown.count())]


def look_at(desk, place: int) -> None:
    versions(desk).setCurrentRow(place)


def wait_for(desk, line: str) -> None:
    desk.bot.waitUntil(lambda: any(line in shown for shown in differences(desk)))


def test_each_tells_who_made_it_and_which_is_live(open_desk):
    words = [versions(open_desk).item(place).text() for place in range(3)]
    assert words[0] == "The drawing, as it is now"
    assert words[1].startswith("Version 2\nlive · ")
    assert words[1].endswith("Bob")
    assert words[2].endswith("Ann")


def test_the_drawing_is_compared_with_what_is_live(open_desk):
    wait_for(open_desk, "The flow is called “Back in stock”, not “Back again”")
    assert any(line.endswith("\nnew") for line in differences(open_desk))


def test_a_version_is_compared_with_the_one_before_or_with_the_drawing(open_desk):
    look_at(open_desk, 1)
    wait_for(open_desk, "\nremoved")
    open_desk.press("compare_with_1")
    wait_for(open_desk, "\nnew")


def test_going_back_takes_one_press_and_says_so(open_desk):
    look_at(open_desk, 2)
    open_desk.press("go_back")
    open_desk.bot.waitUntil(lambda: said(open_desk) == "Version 1 is live.")
    assert open_desk.publishing.live_version(FLOW.id) == 1
    open_desk.bot.waitUntil(lambda: "live" in versions(open_desk).item(2).text())
    assert not open_desk.find("go_back").isEnabled()
    open_desk.press("leave_versions")
    assert open_desk.find("flow_state").text().endswith("version 1 is live")


def test_what_stops_it_is_said(open_desk, monkeypatch):
    def refuse(flow_id, number):
        raise Problem("Version {number} has errors by now.", number=number)

    monkeypatch.setattr(open_desk.publishing, "go_back", refuse)
    look_at(open_desk, 2)
    open_desk.press("go_back")
    open_desk.bot.waitUntil(lambda: said(open_desk) == "Version 1 has errors by now.")
    assert open_desk.find("go_back").isEnabled()


def test_a_version_is_taken_onto_the_canvas_and_undone(open_desk):
    look_at(open_desk, 1)
    open_desk.press("take_version")
    open_desk.bot.waitUntil(lambda: open_desk.flow.name == "Back again")
    assert "ask" not in open_desk.flow.blocks
    assert open_desk.find("canvas_view").isVisible()
    assert open_desk.find("undo").toolTip() == "Undo: Take version 2"
    open_desk.press("undo")
    assert open_desk.flow == FLOW


def test_a_version_is_named_in_place(open_desk):
    look_at(open_desk, 2)
    open_desk.key(Qt.Key.Key_F2, on="versions")
    (editor,) = [e for e in versions(open_desk).findChildren(QLineEdit) if e.isVisible()]
    open_desk.bot.keyClicks(editor, "Before the sale")
    open_desk.bot.keyClick(editor, Qt.Key.Key_Return)
    open_desk.bot.waitUntil(
        lambda: versions(open_desk).item(2).text().startswith("Version 1 · Before the sale")
    )


def test_mere_moves_are_no_difference_but_are_said(desk):
    moved, _inverse = MoveBlocks({"ask": Position(7, 7)}).apply(FLOW)
    desk.publishing.publish(FLOW)
    desk.window.open(Document(moved))
    desk.window.findChild(QAction, "action_versions").trigger()
    desk.bot.waitUntil(lambda: desk.find("moved").text() == "1 block only moved.")
    assert differences(desk) == []
    assert desk.find("difference_count").text() == "Nothing is different"


def test_a_flow_that_was_never_published_says_what_will_be_here(desk):
    desk.window.findChild(QAction, "action_versions").trigger()
    QApplication.processEvents()
    assert not desk.window.findChild(VersionList, "versions").isVisible()
    for name in ("take_version", "go_back"):
        assert not desk.window.findChild(QAbstractButton, name).isVisible()


def test_from_there_the_first_version_is_published(desk):
    desk.window.open(Document(FLOW))
    desk.window.findChild(QAction, "action_versions").trigger()
    desk.bot.waitUntil(lambda: desk.find("no_versions_step").isVisible())
    desk.press("no_versions_step")
    desk.bot.waitUntil(lambda: len(desk.publishing.versions(FLOW.id)) == 1)
    assert desk.canvas.isVisible()
