"""Typing, counting, and one history for all of it."""

import pytest
from PySide6.QtCore import Qt

from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.words import Words
from otn_studio.flow.changes import EditBlock
from tests.builders import a_flow, ask, say, started

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_a_letter_typed_is_in_the_flow_at_once(stage):
    here = stage(started(ask("")))
    here.select("it", "elements.0.title")
    here.type("Tell")
    assert here.block().elements[0].title == "Tell"


def test_typing_into_one_field_undoes_as_one_step(stage):
    here = stage(started(ask("Old")))
    here.select("it", "elements.0.title")
    here.type(" and new")
    assert here.undo_says() == "Edit “Opt-in message”"
    here.document.undo()
    assert here.block().elements[0].title == "Old"
    assert here.document.undo_words() is None


def test_coming_back_to_a_field_begins_another_step(stage):
    here = stage(started(ask("A")))
    here.select("it", "elements.0.title")
    here.type("B")
    here.select("it", "elements.0.topic")
    here.select("it", "elements.0.title")
    here.type("C")
    here.document.undo()
    assert here.block().elements[0].title == "AB"


@pytest.mark.parametrize(
    ("text", "count", "look"),
    [
        ("Get told when size 42 is back", "29 / 65", "quiet"),
        ("👟🏽 back!", "8 / 65", "quiet"),
        ("Hi {{ contact.first_name }}", "3+ / 65", "quiet"),
        ("x" * 65, "65 / 65", "quiet"),
        ("x" * 66, "66 / 65", "error"),
        ("broken {{", "9 / 65", "quiet"),
    ],
)
def test_the_count_is_of_what_people_see(stage, text, count, look):
    here = stage(started(ask(text)))
    here.select("it", "elements.0")
    label = here.find("count elements.0.title")
    assert label.text() == count
    assert label.property("look") == look


def test_the_count_follows_each_letter(stage):
    here = stage(started(ask("")))
    here.select("it", "elements.0.title")
    here.type("abc")
    assert here.find("count elements.0.title").text() == "3 / 65"
    here.press(Qt.Key.Key_Backspace)
    assert here.find("count elements.0.title").text() == "2 / 65"


def test_undo_brings_the_editor_back_and_leaves_the_focus(stage):
    here = stage(started(ask("Old")))
    here.select("it", "elements.0.title")
    before = here.focus
    here.type("er")
    here.press(Qt.Key.Key_Z, CONTROL)
    assert here.focus is before
    assert before.toPlainText() == "Old"
    assert here.block().elements[0].title == "Old"
    here.press(Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert before.toPlainText() == "Older"


def test_the_cursor_stays_where_one_types(stage):
    here = stage(started(ask("size 42")))
    here.select("it", "elements.0.title")
    here.press(Qt.Key.Key_Home)
    here.type("In ")
    assert here.block().elements[0].title == "In size 42"
    assert here.focus.textCursor().position() == 3


def test_a_change_from_elsewhere_shows_in_the_same_editor(stage):
    here = stage(started(say("Hello!")))
    here.select("it", "elements.0.text")
    before = here.focus
    here.document.do(
        EditBlock("it", SendMessage(elements=(Text(id="text", text="Bye"),))), Words("x")
    )
    assert here.focus is before
    assert before.toPlainText() == "Bye"


def test_enter_makes_a_paragraph_in_a_long_text_and_none_in_a_short_one(stage):
    here = stage(started(SendMessage(elements=(*say("A").elements, *ask("B").elements))))
    here.select("it", "elements.0.text")
    here.press(Qt.Key.Key_Return)
    assert here.block().elements[0].text == "A\n"
    here.select("it", "elements.1.title")
    here.press(Qt.Key.Key_Return)
    assert here.block().elements[1].title == "B"


def test_a_short_text_grows_with_what_is_written(stage):
    here = stage(started(ask("x")))
    here.select("it", "elements.0.title")
    before = here.focus.height()
    here.type(" long words" * 6)
    assert here.focus.height() > before


def test_the_name_of_a_block_is_its_title_and_hints_at_its_summary(stage):
    here = stage(started(say()))
    here.select()
    name = here.find("title")
    assert name.placeholderText() == "Send Message"
    here.click("title")
    here.type("Greeting")
    assert here.block().title == "Greeting"


def test_the_phone_can_follow_the_focus(stage):
    here = stage(started(SendMessage(elements=(*say("A").elements, *ask("B").elements))))
    here.select("it", "elements.1")
    here.click("elements.1.title")
    assert here.selection.field == "elements.1.title"
    here.press(Qt.Key.Key_Backtab)
    assert here.selection.field == "elements.1.topic"


def test_a_message_that_says_nothing_yet_is_called_by_its_type(stage):
    here = stage(a_flow({"it": SendMessage()}))
    here.select()
    assert here.find("title").placeholderText() == "Send Message"
