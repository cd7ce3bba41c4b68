"""The canvas as a person uses it, by mouse and by keyboard."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication

from otn_studio import shipped
from otn_studio.flow.reading import load
from otn_studio.studio.canvas import clipboard
from otn_studio.studio.document import Document

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def sample(desk):
    desk.window.open(Document(load(shipped.path("flows/back-in-stock.json"))))
    QApplication.processEvents()
    return desk


def chosen(desk) -> frozenset[str]:
    return desk.window.builder.selection.blocks


def test_a_press_selects_and_one_beside_lets_go(sample):
    sample.click(sample.middle("ask"))
    assert chosen(sample) == {"ask"}
    sample.click(sample.middle("wait"), CONTROL)
    assert chosen(sample) == {"ask", "wait"}
    sample.click(sample.middle("ask"), SHIFT)
    assert chosen(sample) == {"wait"}
    sample.click(QPointF(-200, -200))
    assert chosen(sample) == frozenset()


def test_a_box_selects_what_it_touches(sample):
    place = sample.canvas.scene.blocks["size-41"].pos()
    sample.drag(place - QPointF(30, 30), place + QPointF(100, 320))
    assert chosen(sample) == {"size-41", "size-42", "size-43"}


def test_dragging_moves_and_undo_brings_back_with_words(sample):
    before = sample.flow.layout["ask"]
    start = sample.middle("ask")
    sample.drag(start, start + QPointF(80, 40))
    after = sample.flow.layout["ask"]
    assert (after.x - before.x, after.y - before.y) == (80, 40)
    assert str(sample.document.undo_words()) == "Move 1 block"
    sample.press("undo")
    assert sample.flow.layout["ask"] == before
    assert sample.canvas.scene.blocks["ask"].pos() == QPointF(before.x, before.y)


def test_several_move_together_as_one_step(sample):
    sample.click(sample.middle("wait"))
    sample.click(sample.middle("remind"), CONTROL)
    start = sample.middle("wait")
    sample.drag(start, start + QPointF(0, 60))
    assert str(sample.document.undo_words()) == "Move 2 blocks"


def test_escape_calls_a_drag_off(sample):
    before, view = sample.flow, sample.canvas.view.viewport()
    start = sample.pixel(sample.middle("ask"))
    sample.bot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    sample.bot.mouseMove(view, start + (start - start) + sample.pixel(QPointF(50, 50)))
    sample.key(Qt.Key.Key_Escape)
    sample.bot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start)
    assert sample.flow is before
    place = sample.flow.layout["ask"]
    assert sample.canvas.scene.blocks["ask"].pos() == QPointF(place.x, place.y)


def test_dragging_from_a_way_out_connects(sample):
    sample.drag(sample.way("ask", "next"), sample.middle("wait"))
    assert sample.flow.leads_to("ask", "next") == "wait"


def test_nothing_leads_to_a_start(sample):
    sample.drag(sample.way("ask", "next"), sample.middle("announced"))
    assert sample.flow.leads_to("ask", "next") is None


def test_a_connection_dropped_on_nothing_asks_what_follows(sample):
    before = set(sample.flow.blocks)
    sample.drag(sample.way("thanks", "next"), sample.way("thanks", "next") + QPointF(60, 120))
    sample.type("quick_add_search", "wait")
    sample.key(Qt.Key.Key_Return, on="quick_add_search")
    (made,) = set(sample.flow.blocks) - before
    assert sample.flow.blocks[made].kind.name == "wait"
    assert sample.flow.leads_to("thanks", "next") == made
    sample.press("undo")
    assert set(sample.flow.blocks) == before


def test_escape_leaves_nothing_behind(sample):
    before = sample.flow
    sample.drag(sample.way("thanks", "next"), sample.way("thanks", "next") + QPointF(60, 120))
    sample.key(Qt.Key.Key_Escape, on="quick_add_search")
    assert sample.flow is before
    assert not sample.canvas.quick_add.isVisible()


def test_delete_takes_connections_along_and_undo_brings_all_back(sample):
    before = sample.flow
    sample.click(sample.middle("ask"))
    sample.key(Qt.Key.Key_Delete)
    assert "ask" not in sample.flow.blocks
    assert all("ask" not in (c.block, c.to) for c in sample.flow.all_connections())
    sample.press("undo")
    assert sample.flow == before


def test_copied_blocks_are_pasted_into_another_flow_with_their_topic(sample):
    sample.click(sample.middle("ask"))
    sample.click(sample.middle("thanks"), CONTROL)
    sample.key(Qt.Key.Key_C, CONTROL)
    sample.window.open(Document(clipboard.part_of(sample.flow, [])))
    QApplication.processEvents()
    sample.key(Qt.Key.Key_V, CONTROL)
    flow = sample.flow
    assert sorted(block.title for block in flow.blocks.values()) == ["Ask to notify", "Thank you"]
    assert [topic.name for topic in flow.topics.values()] == ["Blue sneakers"]
    assert "size" in flow.fields
    (connection,) = flow.all_connections()
    assert flow.blocks[connection.to].title == "Thank you"
    assert chosen(sample) == set(flow.blocks)


def test_duplicate_makes_new_ids_beside_the_old(sample):
    sample.click(sample.middle("wait"))
    sample.key(Qt.Key.Key_D, CONTROL)
    (copy,) = chosen(sample)
    assert copy != "wait"
    assert sample.flow.blocks[copy] == sample.flow.blocks["wait"]


def test_what_is_no_flow_on_the_clipboard_pastes_nothing(sample):
    QApplication.clipboard().setText("just words")
    before = sample.flow
    sample.key(Qt.Key.Key_V, CONTROL)
    assert sample.flow is before


def test_a_flow_by_keyboard_alone(desk):
    start = desk.add("someone writes")
    desk.key(Qt.Key.Key_Escape)
    message = desk.add("text")
    desk.canvas.editing.step(1)
    desk.window.builder.selection.select([start])
    desk.key(Qt.Key.Key_C)
    desk.window.builder.selection.select([message])
    desk.key(Qt.Key.Key_Return)
    assert desk.flow.leads_to(start, "next") == message
    desk.key(Qt.Key.Key_Right, ALT)
    desk.key(Qt.Key.Key_Right, ALT)
    assert str(desk.document.undo_words()) == "Move 1 block"
    desk.key(Qt.Key.Key_Delete)
    assert set(desk.flow.blocks) == {start}


def test_arrows_go_from_block_to_block(sample):
    sample.click(sample.middle("which-size"))
    sample.key(Qt.Key.Key_Right)
    assert chosen(sample) == {"size-42"}
    sample.key(Qt.Key.Key_Down)
    assert chosen(sample) == {"size-43"}
    sample.key(Qt.Key.Key_Left)
    assert chosen(sample) == {"which-size"}


def test_tab_goes_through_all_blocks(sample):
    seen = set()
    for _ in sample.flow.blocks:
        sample.key(Qt.Key.Key_Tab)
        seen |= chosen(sample)
    assert seen == set(sample.flow.blocks)


def test_zoom_and_fit(sample):
    view = sample.canvas.view
    sample.key(Qt.Key.Key_0)
    assert view.zoom == pytest.approx(1)
    sample.key(Qt.Key.Key_Plus)
    assert view.zoom > 1
    sample.press("zoom_fit")
    seen = view.mapToScene(view.viewport().rect()).boundingRect()
    assert seen.contains(sample.canvas.scene.bounds())
    for _ in range(60):
        sample.key(Qt.Key.Key_Minus)
    assert view.zoom == pytest.approx(0.05)
    view.viewport().repaint()


def test_the_middle_button_pulls_the_canvas(sample):
    view = sample.canvas.view
    before = view.mapToScene(0, 0)
    port, button = view.viewport(), Qt.MouseButton.MiddleButton
    sample.bot.mousePress(port, button, pos=port.rect().center())
    sample.bot.mouseMove(port, port.rect().center() + QPointF(100, 50).toPoint())
    sample.bot.mouseRelease(port, button)
    moved = before - view.mapToScene(0, 0)
    assert moved.x() == pytest.approx(100 / view.zoom, abs=2)


def test_the_palette_adds_an_element_to_the_message_that_is_selected(sample):
    sample.click(sample.middle("thanks"))
    sample.choose("message", "Text")
    assert len(sample.flow.blocks["thanks"].elements) == 2
    sample.click(QPointF(-300, -300))
    before = set(sample.flow.blocks)
    sample.choose("permission", "One Time Notification › OTN Request")
    (made,) = set(sample.flow.blocks) - before
    assert [e.kind.name for e in sample.flow.blocks[made].elements] == ["otn_request"]


def test_problems_show_on_their_blocks(sample):
    sample.click(sample.middle("thanks"))
    sample.choose("message", "Text")
    items = sample.canvas.scene.blocks
    sample.bot.waitUntil(lambda: items["thanks"].severity is not None)
    assert items["ask"].severity is None


def test_ways_out_for_trouble_show_only_where_they_are_connected(sample):
    look = sample.canvas.scene.blocks["back"].look
    assert [way.port for way in look.ways] == ["offer.yes", "next"]
    sample.canvas.editing.connect("back", "too_late", "wait")
    look = sample.canvas.scene.blocks["back"].look
    assert [way.port for way in look.ways] == ["offer.yes", "next", "too_late"]
