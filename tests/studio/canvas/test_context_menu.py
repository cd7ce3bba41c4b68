"""The menu of the right mouse button, of two fingers, and of the menu key."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from otn_studio.flow.document import Flow
from otn_studio.studio.canvas.clipboard import write
from otn_studio.studio.canvas.geometry import Point

RIGHT = Qt.MouseButton.RightButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def _nothing_stays():
    QApplication.clipboard().clear()
    yield
    QApplication.clipboard().clear()
    while (menu := QApplication.activePopupWidget()) is not None:
        menu.close()


def right_click(stage, point: Point):
    """A right press, and what the window system makes of it: two fingers on a touchpad make it, too."""
    viewport, place = stage.view.viewport(), stage.pixel(point)
    stage.bot.mouseClick(viewport, RIGHT, pos=place)
    asked = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, place, viewport.mapToGlobal(place), Qt.KeyboardModifier()
    )
    QApplication.sendEvent(viewport, asked)
    QApplication.processEvents()
    assert stage.canvas.menu.isVisible()
    return stage.canvas.menu


def aside(stage) -> Point:
    """Where there is nothing."""
    bounds = stage.plan.bounds()
    return Point(bounds.center.x, bounds.bottom + 60)


def offered(menu) -> dict[str, bool]:
    """What the menu says, and whether it can be chosen."""
    entries = [action for action in menu.actions() if not action.isSeparator()]
    return {action.text().partition("\t")[0]: action.isEnabled() for action in entries}


def choose(stage, words: str, menu=None) -> None:
    menu = menu or stage.canvas.menu
    (action,) = (a for a in menu.actions() if a.text().partition("\t")[0] == words)
    place = menu.actionGeometry(action).center()
    QTest.mouseClick(menu.windowHandle(), Qt.MouseButton.LeftButton, pos=place)
    QApplication.processEvents()


def test_on_a_block_that_is_not_selected(sample):
    sample.selection.select(["wait"])
    menu = right_click(sample, sample.head("ask"))
    assert sample.selection.blocks == {"ask"}
    assert offered(menu) == {
        "Edit": True,
        "Connect…": True,
        "Insert a block after it…": True,
        "Cut": True,
        "Copy": True,
        "Paste": False,
        "Duplicate": True,
        "Collapse or expand": True,
        "Show the way of the people": True,
        "Put in a frame": True,
        "Delete": True,
    }
    choose(sample, "Delete")
    assert "ask" not in sample.flow.blocks
    assert sample.undo_words == "Delete 1 block"


def test_on_one_of_several_that_are_selected(sample):
    sample.selection.select(["ask", "wait"])
    menu = right_click(sample, sample.head("wait"))
    assert not offered(menu)["Connect…"]
    choose(sample, "Duplicate")
    assert sample.undo_words == "Duplicate 2 blocks"
    assert sample.selection.blocks.isdisjoint({"ask", "wait"})


def test_on_a_connection(sample):
    sample.selection.select(["ask"])
    route = sample.plan.routes["kept", "next"]
    menu = right_click(sample, route.at(0.5))
    assert offered(menu) == {"Insert a block here…": True, "Remove connection": True}
    assert not sample.selection.blocks
    choose(sample, "Remove connection")
    assert sample.flow.leads_to("kept", "next") is None


def test_on_nothing(sample):
    sample.selection.select(["ask"])
    menu = right_click(sample, aside(sample))
    assert not sample.selection.blocks
    assert offered(menu) == {
        "Add a block here…": True,
        "Add a note here": True,
        "Paste": False,
        "Select all": True,
        "Tidy up": True,
        "Fit all": True,
        "Back to where I was": True,
        "Show or hide figures": True,
        "Go to start…": True,
    }
    choose(sample, "Select all")
    assert sample.selection.blocks == sample.flow.blocks.keys()


def test_on_an_empty_canvas_only_adding_does_something(empty):
    found = offered(right_click(empty, Point(200, 200)))
    assert [words for words, enabled in found.items() if enabled] == [
        "Add a block here…",
        "Add a note here",
    ]


def test_a_block_is_added_where_the_menu_was_opened(empty):
    before, point = empty.flow, empty.place(QPointF(700, 250))
    right_click(empty, point)
    choose(empty, "Add a block here…")
    assert empty.canvas.quick_add.isVisible()
    empty.type("wait")
    empty.key(Qt.Key.Key_Return)
    made = empty.plan.boxes[empty.one_more(before)]
    assert made.corner.distance(point) < 8


def test_what_was_copied_is_pasted_where_the_menu_was_opened(sample):
    right_click(sample, sample.head("wait"))
    choose(sample, "Copy")
    before, point = sample.flow, aside(sample)
    right_click(sample, point)
    choose(sample, "Paste")
    assert sample.plan.boxes[sample.one_more(before)].center.distance(point) < 8


def test_a_text_that_is_no_part_of_a_flow_cannot_be_pasted(sample):
    write("Hello")
    assert not offered(right_click(sample, sample.head("wait")))["Paste"]


def test_every_start_can_be_gone_to_by_its_name(sample):
    menu = right_click(sample, aside(sample))
    (entry,) = (action for action in menu.actions() if action.objectName() == "start")
    names = [action.text() for action in entry.menu().actions()]
    assert names == ["Someone asks", "They are back"]
    entry.menu().actions()[1].trigger()
    assert sample.selection.only == sample.canvas.keys.starts()[1]
    assert sample.view.visible().meets(sample.plan.boxes[sample.selection.only])


def test_home_goes_from_start_to_start(sample):
    starts = sample.canvas.keys.starts()
    for expected in (*starts, starts[0]):
        sample.key(Qt.Key.Key_Home)
        assert sample.selection.only == expected


@pytest.mark.parametrize(("key", "held"), [(Qt.Key.Key_Menu, None), (Qt.Key.Key_F10, SHIFT)])
def test_the_menu_key_opens_it_at_what_is_selected(sample, key, held):
    sample.selection.show("wait")
    sample.key(key, held or Qt.KeyboardModifier.NoModifier)
    menu = sample.canvas.menu
    assert "Duplicate" in offered(menu)
    top = sample.place(QPointF(sample.view.viewport().mapFromGlobal(menu.pos()))).y
    assert sample.plan.boxes["wait"].y < top < sample.plan.boxes["wait"].bottom


def test_keys_choose_in_it(sample):
    sample.selection.show("wait")
    sample.key(Qt.Key.Key_Menu)
    menu = sample.canvas.menu
    sample.bot.keyClick(menu, Qt.Key.Key_Up)
    sample.bot.keyClick(menu, Qt.Key.Key_Return)
    assert "wait" not in sample.flow.blocks


def test_a_system_that_asks_for_it_by_itself(sample):
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(sample.view.viewport(), event)
    assert "Select all" in offered(sample.canvas.menu)


def test_during_a_drag_there_is_none(sample):
    start = sample.head("ask")
    sample.press(start)
    sample.move_to(start.plus(50, 50))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, sample.pixel(start), QPoint())
    assert event.type() is QEvent.Type.ContextMenu
    QApplication.sendEvent(sample.view.viewport(), event)
    assert not sample.canvas.menu.isVisible()
    sample.release(start)


def test_shortcuts_are_beside_the_words(sample):
    menu = right_click(sample, sample.head("ask"))
    found = dict(a.text().split("\t") for a in menu.actions() if not a.isSeparator())
    assert found["Copy"] == "Ctrl+C"
    assert found["Connect…"] == "C"
    assert found["Delete"] == "Del"


def test_a_flow_without_a_start_has_none_to_go_to(stage):
    shown = stage(Flow("f", "F"))
    assert not offered(right_click(shown, Point(100, 100)))["Go to start"]
