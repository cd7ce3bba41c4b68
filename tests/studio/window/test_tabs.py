"""Several flows open side by side."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar, QToolButton

from otn_studio import shipped
from otn_studio.flow.reading import load
from otn_studio.studio.document.document import Document
from otn_studio.studio.window.tabs import UNSAVED

CONTROL = Qt.KeyboardModifier.ControlModifier


def tabs(desk) -> QTabBar:
    return desk.window.findChild(QTabBar, "flow_tabs")


def names(desk) -> list[str]:
    bar = tabs(desk)
    return [bar.tabText(place).removesuffix(UNSAVED).strip() for place in range(bar.count())]


def press(desk, place: int) -> None:
    bar = tabs(desk)
    desk.bot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(place).center())


def cross(desk, place: int) -> QToolButton:
    return tabs(desk).tabButton(place, QTabBar.ButtonPosition.RightSide)


def open_three(desk) -> None:
    for name in ("back-in-stock", "opinion-survey", "price-drop"):
        path = shipped.path(f"flows/{name}.json")
        desk.window.open(Document(load(path), path))


def test_one_flow_alone_has_no_tab(desk):
    desk.add("wait")
    assert not tabs(desk).isVisible()


def test_a_new_flow_without_a_block_gives_way(desk):
    open_three(desk)
    assert names(desk) == ["Back in stock", "Opinion survey", "Price drop"]
    assert tabs(desk).isVisible()


def test_a_press_shows_another_flow_with_its_own_undo(desk):
    desk.add("wait")
    open_three(desk)
    press(desk, 0)
    assert desk.flow.name == "New flow"
    assert desk.find("undo").isEnabled()
    press(desk, 2)
    assert desk.flow.name == "Opinion survey"
    assert not desk.find("undo").isEnabled()


def test_tabs_are_stepped_through_by_keys(desk):
    open_three(desk)
    desk.key(Qt.Key.Key_Tab, CONTROL)
    assert desk.flow.name == "Back in stock"
    desk.key(Qt.Key.Key_Backtab, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert desk.flow.name == "Price drop"


def test_what_is_not_saved_wears_a_dot(desk):
    open_three(desk)
    assert UNSAVED not in tabs(desk).tabText(2)
    desk.add("wait")
    assert UNSAVED in tabs(desk).tabText(2)


def test_the_cross_closes_its_own_flow_and_leaves_the_shown_one(desk):
    open_three(desk)
    desk.bot.mouseClick(cross(desk, 0), Qt.MouseButton.LeftButton)
    assert names(desk) == ["Opinion survey", "Price drop"]
    assert desk.flow.name == "Price drop"
    desk.key(Qt.Key.Key_W, CONTROL)
    assert desk.flow.name == "Opinion survey"
    assert not tabs(desk).isVisible()


def test_a_file_that_is_open_is_not_opened_twice(desk):
    open_three(desk)
    desk.window.flows.open_path(shipped.path("flows/back-in-stock.json"))
    assert len(names(desk)) == 3
    assert desk.flow.name == "Back in stock"


def test_tabs_can_be_put_into_another_order(desk):
    open_three(desk)
    tabs(desk).moveTab(2, 0)
    assert [flow.document.flow.name for flow in desk.window.flows.all()] == names(desk)
    assert desk.flow.name == "Price drop"


def test_each_unsaved_flow_is_there_again(desk, qtbot, theme, tmp_path):
    from tests.studio.desk import Desk

    desk.add("wait")
    open_three(desk)
    desk.add("condition")
    desk.window.close()
    second = Desk(qtbot, theme, tmp_path)
    second.window.open_first()
    assert sorted(names(second)) == ["New flow", "Price drop"]
    second.window.close()


def test_pages_beside_the_flows_show_no_tabs(desk):
    open_three(desk)
    desk.press("menu_contents")
    assert not tabs(desk).isVisible()
    desk.press("menu_flows")
    assert tabs(desk).isVisible()
