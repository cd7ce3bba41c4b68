"""What the panel shows, by what is selected."""

from PySide6.QtCore import Qt

from otn_studio.blocks.start.keyword import Keyword
from otn_studio.blocks.words import Words
from otn_studio.flow.changes import removal
from otn_studio.studio.theme.theme import Choice
from tests.builders import a_flow, ask, say, started


def title(here) -> str:
    return here.find("panel title").text()


def test_with_nothing_selected_it_is_the_flow_s_own(stage):
    here = stage(started(say()))
    assert title(here) == "This flow"
    here.click("flow name")
    here.focus.selectAll()
    here.type("Restock")
    assert here.flow.name == "Restock"
    here.document.undo()
    assert here.find("flow name").text() == "Shop"


def test_the_channel_is_chosen_with_its_explanation(stage):
    here = stage(started(say()))
    here.click("flow channel 1")
    assert here.flow.channel == "instagram"
    here.document.undo()
    assert here.find("flow channel 0").isChecked()


def test_several_blocks_can_be_duplicated(stage):
    here = stage(a_flow({"a": say(), "b": say(), "c": say()}))
    here.selection.select(["a", "b"])
    with here.qtbot.waitSignal(here.panel.duplicate_requested):
        here.click("duplicate blocks")


def test_several_blocks_can_be_deleted(stage):
    here = stage(a_flow({"a": say(), "b": say(), "c": say()}))
    here.selection.select(["a", "b", "c"])
    assert title(here) == "3 blocks selected"
    with here.qtbot.waitSignal(here.panel.delete_requested):
        here.click("delete blocks")


def test_a_block_that_goes_away_leaves_the_flow(stage):
    here = stage(started(say()))
    here.select("it", "elements.0.text")
    here.document.do(removal(here.flow, "it"), Words("Delete"))
    assert title(here) == "This flow"


def test_a_list_in_use_survives_the_end_of_its_block(stage):
    here = stage(a_flow({"it": Keyword(keywords=("a",)), "say": say()}, "it > say"))
    here.select("it", "keywords.0")
    here.press(Qt.Key.Key_Backspace)
    here.document.do(removal(here.flow, "it"), Words("Delete"))
    assert title(here) == "This flow"


def test_another_block_of_the_same_type_is_another_form(stage):
    here = stage(a_flow({"a": say("A"), "b": say("B")}))
    here.select("a", "elements.0.text")
    here.select("b", "elements.0.text")
    here.type("!")
    assert here.block("a") == say("A")
    assert here.block("b").elements[0].text == "B!"


def test_moving_on_from_the_form_does_not_change_the_selection_back(stage):
    here = stage(a_flow({"a": say("A"), "b": say("B")}))
    here.select("a", "elements.0.text")
    here.select("b")
    assert here.selection.only == "b"
    assert not here.selection.field.startswith("elements")


def test_the_help_shows_its_first_sentence_and_then_all(stage):
    here = stage(started(ask()))
    here.select("it", "elements.0")
    shown = "Asks the person for permission to write once, later, about a topic."
    assert shown in here.texts()
    here.click("panel help")
    assert any("one permission: one message" in text for text in here.texts())
    here.click("panel help")
    assert shown in here.texts()


def test_tab_goes_through_the_form_in_its_order(stage):
    here = stage(started(ask()))
    here.select("it", "elements.0.topic")
    passed = []
    while "panel back" not in passed:
        here.press(Qt.Key.Key_Tab)
        passed.append(here.focus.objectName())
    corner = ["elements.0.title emoji", "elements.0.title insert"]
    helps = [
        name for name in passed if name.startswith("help ")
    ]  # of problems, once they are found
    assert passed == ["elements.0.title", *corner, *helps, "panel back"]


def test_whoever_goes_to_the_panel_can_write(stage):
    here = stage(started(say()))
    here.select("it", "elements.0")
    here.panel.setFocus()
    assert here.focus.objectName() == "elements.0.text"


def test_it_can_change_its_colours_while_it_shows(stage, theme):
    here = stage(started(ask("Hi {{ contact.size }}")))
    here.select("it", "elements.0.title")
    before = here.panel.grab().toImage().pixelColor(20, 300)
    theme.choose(Choice.DARK)
    try:
        assert here.panel.grab().toImage().pixelColor(20, 300) != before
        assert here.block().elements[0].title == "Hi {{ contact.size }}"
        assert here.document.undo_words() is None
    finally:
        theme.choose(Choice.LIGHT)
