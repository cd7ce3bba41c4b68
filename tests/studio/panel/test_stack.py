"""The elements of Send Message, as a stack of cards."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from otn_studio.blocks.elements.otn_request import OtnRequest
from otn_studio.blocks.elements.picture import Picture
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.message.send_message import SendMessage
from tests.builders import a_flow, say

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def here(stage):
    elements = (
        Text(id="hi", text="Hello {{ contact.first_name }}!"),
        Picture(id="shoe"),
        OtnRequest(id="ask", topic="shoes", title="Tell me"),
    )
    made = stage(
        a_flow({"it": SendMessage(elements=elements), "say": say()}, "it.ask.opted_in > say")
    )
    made.select()
    return made


def ids(here) -> list[str]:
    return [element.id for element in here.block().elements]


def test_a_card_says_what_it_is_and_how_it_begins(here):
    assert here.find("elements.0").accessibleName() == "Text: Hello {First name}!"
    assert here.find("elements.1").accessibleName() == "Picture: Nothing written yet"
    assert here.find("elements.2").accessibleName() == "OTN Request: Tell me"


def test_pressing_a_card_opens_its_form_and_says_so(here):
    here.click("elements.2")
    assert here.selection.field.startswith("elements.2")
    assert here.find("panel title").text() == "OTN Request"
    assert here.find("panel back").text() == "‹ Send Message"
    assert " › One Time Notification" in here.texts()
    assert here.has("elements.2.title")


def test_the_way_back_leads_to_the_card(here):
    here.click("elements.1")
    here.click("panel back")
    assert here.selection.field == ""
    assert here.find("panel title").text() == "Send Message"
    assert here.focus.objectName() == "elements.1"


def test_keys_open_a_card_and_lead_back(here):
    here.find("elements.0").setFocus()
    here.press(Qt.Key.Key_Return)
    assert here.focus.objectName() == "elements.0.text"
    here.press(Qt.Key.Key_Escape)
    assert here.focus.objectName() == "elements.0"


def test_a_field_that_is_selected_elsewhere_opens_and_has_the_focus(here):
    here.select("it", "elements.2.title")
    assert here.focus.objectName() == "elements.2.title"


def test_the_way_out_of_an_element_opens_the_element(here):
    here.select("it", "ask.opted_in")
    assert here.find("panel title").text() == "OTN Request"


def test_an_element_is_added_by_the_menu_and_its_path(here):
    here.click("elements add")
    menu = here.panel.findChild(QMenu, "elements menu")
    path = next(action for action in menu.actions() if action.menu())
    assert path.text() == "One Time Notification"
    while menu.activeAction() is not path:
        here.qtbot.keyClick(menu, Qt.Key.Key_Up)
    here.qtbot.keyClick(menu, Qt.Key.Key_Right)
    here.qtbot.keyClick(path.menu(), Qt.Key.Key_Return)
    assert [type(element) for element in here.block().elements][-1] is OtnRequest
    assert here.focus.objectName() == "elements.3.topic"
    assert here.undo_says() == "Add OTN Request"


def test_what_the_channel_does_not_have_is_grey_with_the_reason(stage):
    here = stage(a_flow({"it": say()}, channel="instagram"))
    here.select()
    here.click("elements add")
    menu = here.panel.findChild(QMenu, "elements menu")
    path = next(action for action in menu.actions() if action.menu())
    entry = path.menu().actions()[0]
    assert entry.text() == "OTN Request · Messenger only"
    assert not entry.isEnabled()
    menu.close()


def test_an_element_is_removed_with_its_connections(here):
    here.click("elements.2 remove")
    assert ids(here) == ["hi", "shoe"]
    assert here.flow.leads_to("it", "ask.opted_in") is None
    assert here.undo_says() == "Remove OTN Request"
    here.document.undo()
    assert here.flow.leads_to("it", "ask.opted_in") == "say"
    assert here.has("elements.2")


def test_delete_on_a_card_removes_it_and_goes_to_the_next(here):
    here.find("elements.0").setFocus()
    here.press(Qt.Key.Key_Delete)
    assert ids(here) == ["shoe", "ask"]
    assert here.focus.objectName() == "elements.0"


def test_buttons_move_a_card_again_and_again(here):
    here.click("elements.0 down")
    assert ids(here) == ["shoe", "hi", "ask"]
    here.press(Qt.Key.Key_Space)
    assert ids(here) == ["shoe", "ask", "hi"]
    assert here.undo_says() == "Move Text"


def test_keys_move_a_card_and_stay_on_it(here):
    here.find("elements.2").setFocus()
    here.press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert ids(here) == ["hi", "ask", "shoe"]
    assert here.focus.objectName() == "elements.1"


def drag(here, card, by: int, *, let_go: bool = True) -> None:
    start = QPoint(60, 12)
    here.qtbot.mousePress(card, LEFT, pos=start)
    here.qtbot.mouseMove(card, start + QPoint(0, by // 2))
    here.qtbot.mouseMove(card, start + QPoint(0, by))
    if let_go:
        here.qtbot.mouseRelease(card, LEFT, pos=start + QPoint(0, by))


def test_a_card_is_dragged_to_its_new_place(here):
    first, last = here.find("elements.0"), here.find("elements.2")
    drag(here, first, last.y() + last.height())
    assert ids(here) == ["shoe", "ask", "hi"]
    assert here.find("panel title").text() == "Send Message"


def test_a_drag_that_comes_back_changes_nothing(here):
    before = here.flow
    card = here.find("elements.1")
    drag(here, card, 2 * card.height(), let_go=False)
    here.qtbot.mouseMove(card, QPoint(60, 12))
    here.qtbot.mouseRelease(card, LEFT, pos=QPoint(60, 12))
    assert here.flow is before
    assert here.find("panel title").text() == "Send Message"


def test_escape_gives_a_drag_up(here):
    before = here.flow
    card = here.find("elements.0")
    drag(here, card, 200, let_go=False)
    here.qtbot.keyClick(card, Qt.Key.Key_Escape)
    here.qtbot.mouseRelease(card, LEFT, pos=QPoint(60, 200))
    assert here.flow is before


def test_undo_of_the_open_element_leads_back_to_the_stack(here):
    here.click("elements add")
    menu = here.panel.findChild(QMenu, "elements menu")
    entry = next(action for action in menu.actions() if action.text() == "Text")
    here.qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(entry).center())
    assert here.find("panel title").text() == "Text"
    here.document.undo()
    assert here.find("panel title").text() == "Send Message"
