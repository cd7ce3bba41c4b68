from PySide6.QtCore import Qt

from otn_studio.blocks.logic.go_to_block import GoToBlock
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.words import Words
from otn_studio.flow.changes import removal
from tests.builders import START, a_flow, say


def flow(*arrows: str):
    blocks = {"start": START, "hi": say("Welcome!"), "bye": say("Bye"), "it": GoToBlock()}
    return a_flow({**blocks, "wait": Wait()}, *arrows)


def test_where_it_goes_is_chosen_by_what_a_block_says(stage):
    here = stage(flow())
    here.select("it", "next")
    assert here.offers("next") == ["Send Message Welcome!", "Send Message Bye", "Wait 1 day"]
    here.type("bye")
    here.press(Qt.Key.Key_Return)
    assert here.flow.leads_to("it", "next") == "bye"
    assert here.find("next").text() == "Send Message"
    assert here.undo_says() == "Go to “Send Message”"
    here.document.undo()
    assert here.flow.leads_to("it", "next") is None
    assert here.find("next").text() == ""


def test_it_goes_nowhere_when_the_name_is_emptied_or_the_block_removed(stage):
    here = stage(flow("it > bye"))
    here.select("it", "next")
    here.focus.selectAll()
    here.press(Qt.Key.Key_Backspace)
    here.find("name" if here.has("name") else "title").setFocus()
    assert here.flow.leads_to("it", "next") is None
    here.document.undo()
    here.document.do(removal(here.flow, "bye"), Words("Delete"))
    assert here.find("next").text() == ""
