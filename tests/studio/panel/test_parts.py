"""Several small parts: buttons, quick replies, tests."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from otn_studio.blocks.comparing import Operator
from otn_studio.blocks.elements.buttons import Button, Buttons
from otn_studio.blocks.elements.quick_replies import QuickReplies, QuickReply
from otn_studio.blocks.logic.condition import Condition, FieldTest, TagTest
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.words import Words
from otn_studio.flow.changes import EditBlock
from otn_studio.studio.panel.editors.part_card import PartCard
from tests.builders import a_flow, say

BUTTONS = "elements.0.buttons"


@pytest.fixture
def here(stage):
    element = Buttons(
        id="ask", text="Size?", buttons=(Button(id="a", title="41"), Button(id="b", title="42"))
    )
    made = stage(
        a_flow(
            {"it": SendMessage(elements=(element,)), "say": say(), "other": say()},
            "it.ask.a > say",
            "it.ask.b > other",
        )
    )
    made.select("it", "elements.0")
    return made


def titles(here) -> list[str]:
    return [button.title for button in here.block().elements[0].buttons]


def choose(here, menu_name: str, text: str) -> None:
    menu = here.panel.findChild(QMenu, menu_name)
    action = next(action for action in menu.actions() if action.text() == text)
    here.qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def test_a_button_is_added_and_gets_the_focus(here):
    here.click(f"{BUTTONS} add")
    here.type("43")
    assert titles(here) == ["41", "42", "43"]
    ids = [button.id for button in here.block().elements[0].buttons]
    assert len(set(ids)) == 3
    here.document.undo()
    assert here.undo_says() == "Add button"


def test_a_removed_button_takes_its_connection_along_and_brings_it_back(here):
    here.click(f"{BUTTONS}.0 remove")
    assert titles(here) == ["42"]
    assert here.flow.leads_to("it", "ask.a") is None
    assert here.flow.leads_to("it", "ask.b") == "other"
    assert here.undo_says() == "Remove button"
    here.document.undo()
    assert here.flow.leads_to("it", "ask.a") == "say"
    assert here.find(f"{BUTTONS}.0.title").toPlainText() == "41"


def test_buttons_change_places_and_keep_their_connections(here):
    here.click(f"{BUTTONS}.1 up")
    assert titles(here) == ["42", "41"]
    assert here.flow.leads_to("it", "ask.b") == "other"
    assert here.find(f"{BUTTONS}.0.title").toPlainText() == "42"
    assert here.undo_says() == "Move button"


def test_the_first_can_t_go_up_nor_the_last_down(here):
    assert not here.find(f"{BUTTONS}.0 up").isEnabled()
    assert not here.find(f"{BUTTONS}.1 down").isEnabled()


def test_keys_move_a_button_too(here):
    here.select("it", f"{BUTTONS}.0.title")
    here.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert titles(here) == ["42", "41"]


def test_a_button_with_an_address_has_no_way_out(here):
    here.select("it", f"{BUTTONS}.0.url")
    here.type("https://example.com")
    assert here.block().elements[0].buttons[0].url == "https://example.com"
    assert here.flow.leads_to("it", "ask.a") is None
    here.document.undo()
    assert here.flow.leads_to("it", "ask.a") == "say"


def test_undo_of_something_else_keeps_the_focus_in_a_button(here):
    here.click(f"{BUTTONS} add")
    here.select("it", f"{BUTTONS}.1.title")
    here.document.undo()
    assert titles(here) == ["41", "42"]
    assert here.focus is here.find(f"{BUTTONS}.1.title")


def test_tests_of_two_kinds_are_added_by_a_menu(stage):
    here = stage(a_flow({"it": Condition()}))
    here.select()
    here.click("tests add")
    choose(here, "tests menu", "Tag test")
    here.type("vip")
    here.click("tests add")
    choose(here, "tests menu", "Field test")
    here.type("Shoe")
    here.press(Qt.Key.Key_Return)
    tag, field = here.block().tests
    assert tag == TagTest(tag="vip")
    assert field == FieldTest(field="shoe")
    assert here.flow.fields["shoe"].name == "Shoe"


def test_a_test_is_filled_in(stage):
    here = stage(a_flow({"it": Condition(tests=(FieldTest(field="size"), TagTest(tag="vip")))}))
    here.select()
    combo = here.find("tests.0.operator")
    combo.setFocus()
    here.type("Mo")
    assert here.block().tests[0].operator is Operator.MORE_THAN
    here.select("it", "tests.0.value")
    here.type("41")
    box = here.find("tests.1.has")
    box.setFocus()
    here.press(Qt.Key.Key_Space)
    assert here.block().tests == (
        FieldTest(field="size", operator=Operator.MORE_THAN, value="41"),
        TagTest(tag="vip", has=False),
    )


def test_what_a_comparison_has_no_use_for_is_not_asked_for(stage):
    here = stage(a_flow({"it": Condition(tests=(FieldTest(field="size"),))}))
    here.select()
    asked = ("tests.0.value", "tests.0.example")
    assert [here.target(path).isVisible() for path in asked] == [True, False]
    here.find("tests.0.operator").setFocus()
    here.press(Qt.Key.Key_End)
    assert [here.target(path).isVisible() for path in asked] == [False, False]
    here.press(Qt.Key.Key_Up)
    here.press(Qt.Key.Key_Up)
    assert [here.target(path).isVisible() for path in asked] == [True, True]
    here.select("it", "tests.0.value")
    here.type("^[0-9]{2}$")
    here.select("it", "tests.0.example")
    here.type("42")
    assert here.block().tests == (
        FieldTest(field="size", operator=Operator.HAS_PATTERN, value="^[0-9]{2}$", example="42"),
    )


def test_all_or_any_is_a_choice_by_keys(stage):
    here = stage(a_flow({"it": Condition()}))
    here.select("it", "match")
    here.press(Qt.Key.Key_Down)
    assert here.block().match == "any"
    here.document.undo()
    assert here.find("match").currentText() == "All"


def test_tab_follows_the_eye_when_parts_were_added(here):
    here.click(f"{BUTTONS} add")
    here.find(f"{BUTTONS}.2 remove").setFocus()
    here.press(Qt.Key.Key_Tab)
    assert here.focus.objectName() == f"{BUTTONS} add"


def drag(here, card, to: int) -> None:
    """By the frame of the card, down to a height on the screen, as a hand does."""
    left, start = Qt.MouseButton.LeftButton, QPoint(5, 5)
    here.qtbot.mousePress(card, left, pos=start)
    for y in (to - 20, to):
        here.qtbot.mouseMove(card, QPoint(5, card.mapFromGlobal(QPoint(0, y)).y()))
    here.qtbot.mouseRelease(card, left, pos=QPoint(5, card.mapFromGlobal(QPoint(0, to)).y()))


def cards(here) -> list[PartCard]:
    return [card for card in here.panel.findChildren(PartCard) if card.isVisible()]


def test_a_button_is_dragged_to_its_new_place(here):
    first, second = cards(here)
    drag(here, first, second.middle() + 5)
    assert titles(here) == ["42", "41"]
    assert here.undo_says() == "Move button"
    assert here.flow.leads_to("it", "ask.a") == "say"


def test_a_button_that_is_dropped_where_it_was_stays(here):
    before = here.flow
    first, _second = cards(here)
    drag(here, first, first.middle() + 15)
    assert here.flow is before


def test_the_form_scrolls_while_a_card_is_held_at_its_edge(here):
    here.panel.resize(here.panel.width(), 300)
    area = here.panel.view.area
    here.wait(lambda: area.verticalScrollBar().maximum() > 0)
    area.verticalScrollBar().setValue(0)
    first = cards(here)[0]
    here.qtbot.mousePress(first, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    edge = area.viewport().mapToGlobal(QPoint(0, area.viewport().height() - 4))
    for across in (4, 5):
        at = QPoint(across, first.mapFromGlobal(edge).y())
        here.qtbot.mouseMove(first, at)
    here.wait(lambda: area.verticalScrollBar().value() > 20)
    here.qtbot.keyClick(first, Qt.Key.Key_Escape)
    assert titles(here) == ["41", "42"]


REPLIES = "elements.0.replies"


@pytest.fixture
def many(stage):
    """More answers than there is time for in one go."""
    replies = tuple(QuickReply(id=f"r{number}", title=f"Size {number}") for number in range(13))
    other = QuickReplies(id="ask", text="Size?", replies=replies[:12])
    element = QuickReplies(id="ask", text="Size?", replies=replies)
    blocks = {"it": SendMessage(elements=(element,)), "other": SendMessage(elements=(other,))}
    return stage(a_flow(blocks, "it.ask.r12 > other"))


def all_are_there(made, count: int = 13) -> bool:
    return made.has(f"{REPLIES}.{count - 1}.title") and not made.has(f"{REPLIES}.{count}.title")


def test_many_parts_come_one_after_the_other(many):
    many.select("it", "elements.0")
    assert many.has("elements.0.text")
    assert many.has(f"{REPLIES}.0.title")
    assert not many.has(f"{REPLIES}.12.title")
    many.wait(lambda: all_are_there(many))
    shown = [many.find(f"{REPLIES}.{number}.title").toPlainText() for number in range(13)]
    assert shown == [f"Size {number}" for number in range(13)]


def test_a_part_far_below_is_there_at_once_for_who_goes_to_it(many):
    many.select("it", f"{REPLIES}.11.title")
    assert many.focus is many.find(f"{REPLIES}.11.title")
    many.wait(lambda: all_are_there(many))
    assert many.focus is many.find(f"{REPLIES}.11.title")


def test_tab_goes_through_parts_that_came_later(many):
    many.select("it", "elements.0")
    many.wait(lambda: all_are_there(many))
    many.select("it", f"{REPLIES}.11.title")
    stops = []
    for _ in range(8):
        many.press(Qt.Key.Key_Tab)
        stops.append(many.focus.objectName())
    assert f"{REPLIES}.12.title" in stops


def test_a_problem_of_a_part_that_came_later_is_said_beside_it(many):
    wrong = many.block().elements[0]
    replies = (*wrong.replies[:12], QuickReply(id="r12", title=""))
    block = SendMessage(elements=(wrong.model_copy(update={"replies": replies}),))
    many.document.do(EditBlock("it", block), Words("Edit"))
    many.select("it", "elements.0")
    many.wait(lambda: all_are_there(many) and many.said_beside(f"{REPLIES}.12.title"))


def test_the_next_form_has_only_its_own_parts(many):
    many.select("it", "elements.0")
    many.select("other", "elements.0")
    many.wait(lambda: all_are_there(many, 12))


def test_cards_that_stay_are_not_made_anew(many):
    many.select("it", "elements.0")
    many.wait(lambda: all_are_there(many))
    before = many.panel.findChildren(PartCard)
    many.click(f"{REPLIES}.0 remove")
    assert many.panel.findChildren(PartCard)[:12] == before[:12]
    assert many.find(f"{REPLIES}.0.title").toPlainText() == "Size 1"
    many.click(f"{REPLIES}.3 up")
    assert many.panel.findChildren(PartCard)[:12] == before[:12]
    assert [reply.title for reply in many.block().elements[0].replies[2:4]] == ["Size 4", "Size 3"]
    assert many.find(f"{REPLIES}.2.title").toPlainText() == "Size 4"
    many.document.undo()
    many.document.undo()
    assert many.find(f"{REPLIES}.12.title").toPlainText() == "Size 12"


def test_typing_goes_on_where_undo_makes_a_part_anew(many):
    many.select("it", f"{REPLIES}.12.title")
    many.type("!")
    many.document.undo()
    many.click(f"{REPLIES}.12 remove")
    many.document.undo()
    many.select("it", f"{REPLIES}.12.title")
    many.type("?")
    assert many.block().elements[0].replies[12].title == "Size 12?"
