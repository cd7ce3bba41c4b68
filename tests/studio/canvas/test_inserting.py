"""A block between two that are connected."""

from PySide6.QtCore import Qt

from otn_studio.flow import writing
from tests.studio.canvas.conftest import LEFT

ENTER = Qt.Key.Key_Return
WAY = ("kept", "next")


def test_two_presses_on_a_connection_put_a_block_into_it(sample):
    before, to = sample.flow, sample.flow.leads_to(*WAY)
    place = sample.pixel(sample.plan.routes[WAY].at(0.5))
    sample.bot.mouseDClick(sample.view.viewport(), LEFT, pos=place)
    sample.type("wait")
    sample.key(ENTER)
    made = sample.one_more(before)
    assert sample.flow.leads_to(*WAY) == made
    assert sample.flow.leads_to(made, "next") == to
    box = sample.plan.boxes[made]
    assert all(not box.meets(other) for id, other in sample.plan.boxes.items() if id != made)
    after = sample.flow
    sample.document.undo()
    assert writing.to_text(sample.flow) == writing.to_text(before)
    sample.document.redo()
    assert writing.to_text(sample.flow) == writing.to_text(after)


def test_by_keyboard_once_a_connection_is_chosen(sample):
    before = sample.flow
    sample.click(sample.plan.routes[WAY].at(0.5))
    sample.key(Qt.Key.Key_I)
    sample.type("wait")
    sample.key(ENTER)
    assert sample.flow.leads_to(*WAY) == sample.one_more(before)


def test_by_keyboard_after_the_block_that_is_selected(sample):
    before = sample.flow
    sample.selection.select([WAY[0]])
    sample.key(Qt.Key.Key_I)
    sample.type("wait")
    sample.key(ENTER)
    assert sample.flow.leads_to(*WAY) == sample.one_more(before)


def test_by_keyboard_at_the_way_out_that_is_meant(sample):
    before, to = sample.flow, sample.flow.leads_to("which-size", "size.s42")
    sample.selection.select(["which-size"])
    sample.key(Qt.Key.Key_C)
    while sample.flow.leads_to(*sample.canvas.keys.way_out) != "size-42":
        sample.key(Qt.Key.Key_Down)
    sample.key(Qt.Key.Key_I)
    sample.type("wait")
    sample.key(ENTER)
    made = sample.one_more(before)
    assert sample.flow.leads_to("which-size", "size.s42") == made
    assert sample.flow.leads_to(made, "next") == to


def test_those_behind_it_step_aside(sample):
    start, end, _lane = sample.plan.routes[WAY]
    assert end.x - start.x < 240
    to = sample.flow.leads_to(*WAY)
    before = sample.plan.boxes[to].x
    sample.click(sample.plan.routes[WAY].at(0.5))
    sample.key(Qt.Key.Key_I)
    sample.key(ENTER)
    assert sample.plan.boxes[to].x > before


def test_a_block_dropped_on_a_connection_is_put_into_it(sample):
    sample.type("/")
    before = sample.flow
    sample.type("wait")
    sample.key(ENTER)
    made, to = sample.one_more(before), sample.flow.leads_to(*WAY)
    sample.key(Qt.Key.Key_F)
    grabbed = sample.head(made)
    sample.drag(grabbed, sample.plan.routes[WAY].at(0.5))
    assert sample.flow.leads_to(*WAY) == made
    assert sample.flow.leads_to(made, "next") == to
    assert sample.undo_words == f"Insert “{sample.canvas.editing.name(made)}”"


def test_with_alt_it_only_moves(sample):
    sample.type("/")
    before = sample.flow
    sample.type("wait")
    sample.key(ENTER)
    made, to = sample.one_more(before), sample.flow.leads_to(*WAY)
    sample.key(Qt.Key.Key_F)
    sample.drag(sample.head(made), sample.plan.routes[WAY].at(0.5), Qt.KeyboardModifier.AltModifier)
    assert sample.flow.leads_to(*WAY) == to
    assert sample.undo_words == "Move 1 block"


def test_a_start_is_never_put_into_one(sample):
    start = next(id for id, shape in sample.plan.shapes.items() if not shape.has_way_in)
    to = sample.flow.leads_to(*WAY)
    sample.drag(sample.head(start), sample.plan.routes[WAY].at(0.5))
    assert sample.flow.leads_to(*WAY) == to
