"""Show me: in the list and beside the field; gone through by mouse and keyboard, and left."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from otn_studio.blocks.logic.wait import Wait
from otn_studio.studio.document.document import Document
from tests.builders import START, a_flow, say

LATE = a_flow(
    {
        "start": START,
        "wait": Wait(for_="2 days"),
        "say": say().model_copy(update={"title": "Too slow"}),
        "else": say(),
        "other": START.model_copy(update={"keywords": ("bye",)}),
    },
    "start > wait",
    "wait > say",
    "other > else",
)


@pytest.fixture
def late(desk):
    desk.window.open(Document(LATE))
    builder = desk.window.builder
    desk.bot.waitUntil(lambda: [f.block for f in builder.checker.findings if f.story] == ["say"])
    return desk


@pytest.fixture
def story(late):
    """The story as the list of problems shows it."""
    late.press("problems_toggle")
    table = late.find("problems")
    place = table.visualRect(table.model().index(0, 1)).center()
    assert table.model().index(0, 1).data() == "Show me"
    late.bot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    late.bot.waitUntil(lambda: late.window.builder.story.isVisible())
    return late


def count(desk) -> str:
    return desk.find("story.count").text()


def test_the_way_is_lit_and_the_phone_begins_the_story(story):
    assert count(story) == "1 of 2"
    assert story.canvas.scene.spotlight.lit == {"start", "wait", "say"}
    said = [part.accessibleName() for part in story.window.builder.story.phone.parts]
    assert "The person: hello" in said
    assert not story.find("story.back").isEnabled()


def test_it_is_gone_through_by_the_mouse(story):
    story.press("story.next")
    assert count(story) == "2 of 2"
    assert story.find("story.next").text() == "Once more"
    story.press("story.details")
    assert story.find("story.code").text() == "Messenger’s code for this is 10, with 2018278."
    story.press("story.next")
    assert count(story) == "1 of 2"


def test_it_is_gone_through_by_the_keyboard_and_left_by_escape(story):
    for key, expected in (
        (Qt.Key.Key_Right, "2 of 2"),
        (Qt.Key.Key_Left, "1 of 2"),
        (Qt.Key.Key_End, "2 of 2"),
        (Qt.Key.Key_Home, "1 of 2"),
        (Qt.Key.Key_Space, "2 of 2"),
    ):
        story.bot.keyClick(QApplication.focusWidget(), key)
        assert count(story) == expected
    story.bot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not story.window.builder.story.isVisible()
    assert story.canvas.scene.spotlight.lit == frozenset()
    assert story.window.builder.selection.only == "say"


@pytest.mark.parametrize("leave", ["story.leave", "practice"])
def test_it_is_left_by_a_press(story, leave):
    story.press(leave)
    assert story.canvas.scene.spotlight.lit == frozenset()
    assert not story.window.builder.story.isVisible()


def test_whoever_goes_on_drawing_has_seen_enough(story):
    story.click(story.middle("wait"))
    assert not story.window.builder.story.isVisible()
    assert story.window.builder.selection.only == "wait"


def test_escape_on_the_canvas_leaves_it_too(story):
    story.canvas.view.setFocus()
    story.key(Qt.Key.Key_Escape)
    assert not story.window.builder.story.isVisible()


def test_it_is_offered_beside_the_field(late):
    late.window.builder.selection.select(["say"])
    late.press("story policy_too_late")
    late.bot.waitUntil(lambda: late.window.builder.story.isVisible())
    assert count(late) == "1 of 2"


def test_it_stays_where_the_values_of_the_page_come_late(story):
    """The simulator begins with somebody as it is shown; that is over once it tells the story."""
    simulation = story.window.builder.simulator.simulation
    come, values = threading.Event(), simulation._page_values.all()
    simulation._page_values.all = lambda: come.wait(10) and values
    story.press("story.try")
    story.bot.waitUntil(lambda: simulation.play is not None)
    told = simulation.play.deeds
    assert told
    come.set()
    story.bot.waitUntil(lambda: not simulation._background.is_busy)
    assert simulation.play.deeds == told


def test_one_goes_through_it_oneself_in_the_simulator(story):
    story.press("story.try")
    talk = story.window.builder.simulator.talk
    refused = "Messenger would not take this: the 24 hours since the person last wrote were over."
    story.bot.waitUntil(
        lambda: refused in [getattr(p.bubble, "text", "") for p in talk.phone.parts]
    )
    story.press("simulator.back")
    said = [getattr(part.bubble, "text", "") for part in talk.phone.parts]
    assert refused in said
    story.press("simulator.back")
    assert refused not in [getattr(part.bubble, "text", "") for part in talk.phone.parts]
