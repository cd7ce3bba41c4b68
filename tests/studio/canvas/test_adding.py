"""The palette and the list of what can be added."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from otn_studio.blocks.block import Block, Group
from otn_studio.blocks.element import Element
from otn_studio.blocks.words import Words
from otn_studio.flow.changes import removal
from otn_studio.studio.canvas.geometry import Point
from otn_studio.studio.canvas.offers import GROUP_TITLES, Offer, matching, offers
from tests.builders import a_flow, say
from tests.studio.canvas.conftest import LEFT

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_everything_that_is_declared_can_be_added():
    names = {offer.name for offer in offers()}
    assert names == (Block.types.keys() | Element.types.keys()) - {"send_message"}
    for offer in offers():
        assert offer.help
        made = offer.block()
        assert Block.read(made.written()) == made or offer.is_element


def test_nothing_that_follows_is_a_start():
    assert {offer.group for offer in offers(starts=False)} == set(Group) - {Group.START}


@pytest.mark.parametrize(
    ("typed", "first"),
    [("otn", "OTN Request"), ("one time", "OTN Request"), ("WAIT", "Wait"), ("te", "Text")],
)
def test_typing_finds_what_is_meant(typed, first):
    assert matching(offers(), typed)[0].title == first


def test_every_group_opens_its_list(empty):
    for group, title in GROUP_TITLES.items():
        empty.push(f"palette_{group.value}")
        listed = empty.canvas.quick_add.list
        assert listed.count() == len(offers(group))
        assert empty.canvas.quick_add._heading.text() == title
        empty.key(Qt.Key.Key_Escape)
        assert not empty.canvas.quick_add.isVisible()


def test_what_is_chosen_comes_to_the_middle_of_the_view(empty):
    middle = empty.view.visible().center
    empty.push("palette_logic")
    empty.choose("Wait")
    (made,) = empty.flow.blocks
    assert empty.plan.boxes[made].center.distance(middle) < 60
    assert empty.selection.blocks == {made}
    assert QApplication.focusWidget() is empty.view


def test_an_element_comes_in_a_message_of_its_own(empty):
    empty.push("palette_permission")
    empty.choose("OTN Request")
    (made,) = empty.flow.blocks
    assert [e.kind.name for e in empty.flow.blocks[made].elements] == ["otn_request"]
    assert empty.selection.field == "elements.0"


def test_an_element_comes_into_the_message_that_is_selected(sample):
    sample.selection.select(["thanks"])
    sample.push("palette_message")
    sample.choose("Picture")
    kinds = [element.kind.name for element in sample.flow.blocks["thanks"].elements]
    assert kinds == ["text", "picture"]
    assert sample.selection.field == "elements.1"
    assert sample.undo_words == "Add “Picture”"


def test_blocks_that_are_added_one_after_the_other_do_not_cover_each_other(empty):
    for _time in range(3):
        empty.selection.select([])
        empty.push("palette_logic")
        empty.choose("Wait")
    first, second, third = empty.plan.boxes.values()
    assert not first.meets(second)
    assert not second.meets(third)
    assert not first.meets(third)


def drag_offer(stage, title: str, to: Point) -> None:
    listed = stage.canvas.quick_add.list.viewport()
    start = stage.offer_at(title)
    end = listed.mapFromGlobal(stage.view.viewport().mapToGlobal(stage.pixel(to)))
    stage.bot.mousePress(listed, LEFT, pos=start)
    stage.bot.mouseMove(listed, start + QPoint(20, 5))
    stage.bot.mouseMove(listed, end)
    stage.bot.mouseRelease(listed, LEFT, pos=end)


def test_an_offer_is_dragged_onto_the_canvas(empty):
    empty.push("palette_action")
    drag_offer(empty, "Set field", Point(500, 300))
    (made,) = empty.flow.blocks
    assert empty.plan.block_at(Point(500, 300)) == made
    assert not empty.canvas.quick_add.isVisible()


def test_an_element_is_dragged_into_a_message(sample):
    sample.push("palette_message")
    drag_offer(sample, "Text", sample.middle("remind"))
    assert len(sample.flow.blocks["remind"].elements) == 2


def test_an_offer_is_dragged_into_a_connection(sample):
    before, to = sample.flow, sample.flow.leads_to("kept", "next")
    sample.push("palette_logic")
    drag_offer(sample, "Wait", sample.plan.routes["kept", "next"].at(0.5))
    made = sample.one_more(before)
    assert sample.flow.leads_to("kept", "next") == made
    assert sample.flow.leads_to(made, "next") == to


def test_control_k_opens_the_list_of_everything(empty):
    empty.key(Qt.Key.Key_K, CONTROL)
    assert empty.canvas.quick_add.list.count() == len(offers())
    empty.type("keyw")
    assert empty.canvas.quick_add.list.count() == 0
    assert empty.canvas.quick_add._nothing.isVisible()
    empty.key(Qt.Key.Key_Return)
    assert not empty.flow.blocks


def test_the_list_asks_what_comes_next_only_where_something_does(sample):
    asked = sample.canvas.quick_add.search
    sample.canvas.suggest(Point(0, 0))
    assert asked.placeholderText() == "What do you want to add?"
    sample.canvas.suggest(Point(0, 0), ("which-size", "next"))
    assert asked.placeholderText() == "What comes next?"


def test_arrows_choose_in_the_list(empty):
    empty.type("/")
    titles = [offer.title for offer in offers()]
    empty.key(Qt.Key.Key_Down)
    empty.key(Qt.Key.Key_Down)
    empty.key(Qt.Key.Key_Up)
    empty.key(Qt.Key.Key_Return)
    assert empty.undo_words == f"Add “{titles[1]}”"


def test_what_the_channel_does_not_have_can_not_be_chosen(stage):
    instagram = stage(replace(a_flow({"it": say()}), channel="instagram"))
    instagram.push("palette_permission")
    instagram.choose("OTN Request")
    assert set(instagram.flow.blocks) == {"it"}
    instagram.key(Qt.Key.Key_Return)
    assert set(instagram.flow.blocks) == {"it"}


def test_a_second_element_has_an_id_of_its_own():
    offer = next(offer for offer in offers() if offer.name == "text")
    block = offer.added_to(offer.block())
    assert len({element.id for element in block.elements}) == 2
    assert Offer(offer.declared).added_to(block.elements[0]) is None


def test_a_connection_that_waits_for_a_block_goes_with_its_own(sample):
    start = sample.way_out("thanks")
    sample.drag(start, start.plus(60, 320))
    assert sample.canvas.quick_add.isVisible()
    sample.document.do(removal(sample.flow, "thanks"), Words("Delete"))
    sample.repaint()
    sample.key(Qt.Key.Key_Return)
    assert "thanks" not in sample.flow.connections


def test_a_message_that_nobody_describes_is_a_text():
    assert matching(offers(), "send message")[0].title == "Text"


def test_the_list_is_as_high_again_after_a_search(empty):
    listed = empty.canvas.quick_add
    empty.key(Qt.Key.Key_K, CONTROL)
    before = listed.height()
    empty.type("someone writes")
    QApplication.processEvents()
    assert listed.height() < before
    empty.key(Qt.Key.Key_Escape)
    empty.key(Qt.Key.Key_K, CONTROL)
    assert listed.height() == before
