"""What a screen reader finds on the canvas."""

from PySide6.QtGui import QAccessible

NAME, DESCRIPTION = QAccessible.Text.Name, QAccessible.Text.Description


def test_blocks_are_a_list_in_the_order_of_the_conversation(sample):
    canvas = QAccessible.queryAccessibleInterface(sample.view)
    assert canvas.role() == QAccessible.Role.List
    assert canvas.childCount() == len(sample.flow.blocks)
    names = [canvas.child(index).text(NAME) for index in range(3)]
    assert names == ["Someone asks", "Which size?", "Set “Shoe size” to “41”"]
    assert canvas.indexOfChild(canvas.child(2)) == 2


def test_a_block_says_what_it_asks_for_and_where_it_is(sample):
    sample.selection.select(["ask"])
    canvas = QAccessible.queryAccessibleInterface(sample.view)
    index = sample.plan.reading_order().index("ask")
    block = canvas.child(index)
    assert "Asks for permission: Get told when size" in block.text(DESCRIPTION)
    assert "Topic: Blue sneakers" in block.text(DESCRIPTION)
    assert block.state().selected
    assert not canvas.child(0).state().selected
    place = sample.view.viewport().mapToGlobal(sample.pixel(sample.middle("ask")))
    assert block.rect().contains(place)


def test_a_block_that_is_deleted_is_no_longer_there(sample):
    canvas = QAccessible.queryAccessibleInterface(sample.view)
    block = canvas.child(0)
    assert block.isValid()
    sample.selection.select(["start"])
    sample.canvas.editing.delete()
    assert not block.isValid()
    assert block.text(NAME) == ""
    assert canvas.childCount() == len(sample.flow.blocks)


def test_frames_follow_with_what_is_on_them(sample):
    sample.selection.select(["size-41", "size-42"])
    frame = sample.canvas.framing.enclose()
    sample.canvas.framing.write(frame, "Sizes\nAsk Ann.")
    canvas = QAccessible.queryAccessibleInterface(sample.view)
    last = canvas.child(canvas.childCount() - 1)
    assert last.text(NAME) == "Sizes"
    assert last.text(DESCRIPTION) == "Frame with 2 blocks. Ask Ann."
    assert last.state().selected
    assert canvas.indexOfChild(last) == len(sample.flow.blocks)
