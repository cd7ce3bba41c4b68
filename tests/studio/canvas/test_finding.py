"""Looking for words, and replacing them."""

from dataclasses import replace

from PySide6.QtCore import Qt

from otn_studio.flow import reading, writing
from otn_studio.flow.document import Frame
from otn_studio.flow.searching import replacement
from tests.builders import START, a_flow, say

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ENTER, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape

FLOW = replace(
    a_flow(
        {"start": START, "one": say("Size {{ contact.size }}"), "two": say("Your size, please")},
        "start > one",
        "one > two",
    ),
    language="en",
    translations={"de": {"two": {"text.text": "Size bitte"}}},
    frames={"f": Frame("Sizes", 0, 0, 400, 400)},
)


def find(stage, words: str) -> None:
    stage.key(Qt.Key.Key_F, CONTROL)
    stage.type(words)


def count(stage) -> str:
    return stage.find("find_count").text()


def test_enter_goes_from_one_that_has_the_words_to_the_next(stage):
    made = stage(FLOW)
    find(made, "size")
    assert count(made) == "3 found"
    made.key(ENTER)
    assert (made.selection.only, count(made)) == ("one", "1 of 3")
    made.key(ENTER)
    assert made.selection.only == "two"
    made.key(ENTER)
    assert made.selection.frames == {"f"}
    assert made.canvas.scene.frames.found == {"f"}
    made.key(ENTER, SHIFT)
    assert (made.selection.only, count(made)) == ("two", "2 of 3")
    made.key(ESCAPE)
    assert not made.canvas.find_bar.isVisible()
    assert made.view.hasFocus()


def test_all_that_is_shown_is_found(sample):
    for words, block in (("wait", "wait"), ("blue sneakers", "ask"), ("42", "size-42")):
        find(sample, words)
        hits = sample.canvas.find_bar.hits
        assert block in {hit.block for hit in hits}, words
        sample.key(ESCAPE)


def test_what_is_nowhere_is_said_so(sample):
    find(sample, "zebra")
    assert count(sample) == "Nothing"
    buttons = [sample.find(name) for name in ("find_previous", "find_next", "replace_all")]
    assert not any(button.isEnabled() for button in buttons)
    sample.key(ESCAPE)
    find(sample, "wait")
    assert all(button.isEnabled() for button in buttons)


def test_words_are_replaced_everywhere_as_one_step_but_not_in_what_is_filled_in(stage):
    made = stage(FLOW)
    find(made, "size")
    made.find("replace_by").setFocus()
    made.type("number")
    made.key(ENTER)
    flow = made.flow
    assert flow.blocks["one"].elements[0].text == "number {{ contact.size }}"
    assert flow.blocks["two"].elements[0].text == "Your number, please"
    assert flow.translations["de"]["two"] == {"text.text": "number bitte"}
    assert flow.frames["f"].title == "numbers"
    assert made.undo_words == "Replace “size” 4 times"
    assert reading.from_text(writing.to_text(flow)) == flow
    made.document.undo()
    assert writing.to_text(made.flow) == writing.to_text(FLOW)


def test_the_marks_follow_what_changes(stage):
    made = stage(FLOW)
    find(made, "please")
    made.document.do(replacement(made.flow, "please", "now"), made.document.undo_words())
    assert count(made) == "Nothing"
    made.repaint()
