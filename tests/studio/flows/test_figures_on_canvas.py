"""The figures on the canvas, switched on and off by keys and by the menu."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from otn_studio.blocks.start.keyword import Keyword
from otn_studio.blocks.words import Words
from otn_studio.flow.changes import AddBlock, Connect
from otn_studio.flow.document import Position
from otn_studio.studio.canvas.geometry import Point
from otn_studio.studio.canvas.shape import WIDTH
from otn_studio.studio.services.insight import Figures, FlowFigures
from tests.builders import say

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
ROOM = 24


@pytest.fixture
def drawn(desk):
    """A flow through which people have come."""
    desk.document.do(AddBlock("hello", say("Hello!"), Position(0, 0)), Words("Add"))
    desk.document.do(AddBlock("bye", say("Bye!"), Position(320, 0)), Words("Add"))
    desk.document.do(Connect("hello", "next", "bye"), Words("Connect"))
    blocks = {"hello": Figures(0, 0, 1_204, 1_200, 980, 312)}
    ways = {("hello", ""): 1_210, ("hello", "next"): 871, ("bye", ""): 871}
    desk.insights.flow = FlowFigures(blocks, ways)
    desk.canvas.view.zoom_to(1)
    desk.canvas.view.settle()
    desk.canvas.view.center_on(Point(280, 60))
    desk.canvas.setFocus()
    return desk


def switch(desk) -> None:
    desk.key(Qt.Key.Key_I, CTRL_SHIFT)
    desk.bot.waitUntil(lambda: not desk.window.builder.figures.is_busy)
    QApplication.processEvents()


def colors(desk, block: str, x: float, y: float, width: int = 150) -> set[str]:
    """What is painted at a place beside a block's corner."""
    view, corner = desk.canvas.view, desk.canvas.plan.boxes[block].corner
    start = view.to_window(Point(corner.x + x, corner.y + y)).toPoint()
    picture = view.viewport().grab().toImage()
    ratio = picture.devicePixelRatio()
    return {
        picture.pixelColor(int((start.x() + dx) * ratio), int((start.y() + dy) * ratio)).name()
        for dx in range(width)
        for dy in range(14)
    }


def below(desk, block: str) -> set[str]:
    return colors(desk, block, 0, desk.canvas.plan.boxes[block].height + 4)


def test_figures_come_and_go(drawn):
    before = below(drawn, "hello"), below(drawn, "bye")
    switch(drawn)
    assert len(below(drawn, "hello")) > len(before[0])
    assert len(below(drawn, "bye")) > len(before[1])
    switch(drawn)
    assert (below(drawn, "hello"), below(drawn, "bye")) == before


def test_the_bar_below_has_a_switch_too(drawn):
    drawn.press("switch_figures")
    drawn.bot.waitUntil(lambda: drawn.canvas.scene.figures.is_shown)
    drawn.press("switch_figures")
    assert not drawn.canvas.scene.figures.is_shown


def test_a_way_out_says_how_often_it_was_gone(drawn):
    y = drawn.canvas.plan.way_out(("hello", "next")).y - drawn.canvas.plan.boxes["hello"].y
    before = colors(drawn, "hello", WIDTH + 8, y - 14, 40)
    switch(drawn)
    assert len(colors(drawn, "hello", WIDTH + 8, y - 14, 40)) > len(before)


def test_they_are_away_where_words_cannot_be_read(drawn):
    drawn.canvas.view.zoom_to(0.3)
    drawn.canvas.view.settle()
    QApplication.processEvents()
    before = below(drawn, "bye")
    switch(drawn)
    assert drawn.canvas.scene.figures.is_shown
    assert below(drawn, "bye") == before


def test_a_flow_without_figures_says_so(desk):
    desk.document.do(AddBlock("start", Keyword(keywords=("hi",))), Words("Add"))
    desk.insights.flow = FlowFigures({}, {})
    desk.canvas.setFocus()
    switch(desk)
    said = desk.canvas.findChild(QLabel, "canvas_notice")
    assert said.isVisible()
    assert "last 30 days" in said.text()
    assert not desk.canvas.scene.figures.is_shown
