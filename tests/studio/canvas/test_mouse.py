"""The canvas by mouse."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from otn_studio.studio.canvas.geometry import Point
from tests.studio.canvas.conftest import LEFT, MIDDLE

NOT = QPoint()
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def test_a_press_selects_and_one_on_nothing_lets_go(sample):
    sample.click(sample.head("ask"))
    assert sample.selection.blocks == {"ask"}
    sample.click(sample.head("wait"), CONTROL)
    assert sample.selection.blocks == {"ask", "wait"}
    sample.click(sample.head("ask"), SHIFT)
    assert sample.selection.blocks == {"wait"}
    sample.click(sample.head("wait").plus(0, 200))
    assert sample.selection.blocks == frozenset()


def test_a_press_on_a_card_means_its_element(sample):
    region = sample.plan.face("ask").regions[1]
    corner = sample.plan.boxes["ask"].corner
    sample.click(corner.plus(60, (region.top + region.bottom) / 2))
    assert (sample.selection.only, sample.selection.field) == ("ask", "elements.1")


def test_two_presses_ask_to_edit(sample):
    with sample.bot.waitSignal(sample.canvas.edit_requested) as asked:
        sample.bot.mouseDClick(sample.view.viewport(), LEFT, pos=sample.pixel(sample.head("ask")))
    assert asked.args == ["ask"]


def test_a_box_selects_what_it_touches(sample):
    corner = sample.plan.boxes["size-41"].corner
    sample.drag(corner.plus(-30, -20), corner.plus(60, 300))
    assert sample.selection.blocks == {"size-41", "size-42", "size-43"}


def test_a_box_adds_to_what_is_selected(sample):
    sample.click(sample.head("ask"))
    corner = sample.plan.boxes["size-41"].corner
    sample.drag(corner.plus(-30, -20), corner.plus(60, 30), SHIFT)
    assert sample.selection.blocks == {"ask", "size-41"}


def test_a_drag_moves_and_undo_brings_back(sample):
    before = sample.flow.layout["ask"]
    start = sample.head("ask")
    sample.drag(start, start.plus(80, 42), ALT)
    after = sample.flow.layout["ask"]
    assert abs(after.x - before.x - 80) <= 4
    assert abs(after.y - before.y - 42) <= 4
    assert (after.x % 4, after.y % 4) == (0, 0)
    assert sample.undo_words == "Move 1 block"
    sample.key(Qt.Key.Key_Z, CONTROL)
    assert sample.flow.layout["ask"] == before
    assert sample.plan.boxes["ask"].corner == Point(before.x, before.y)
    sample.key(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert sample.flow.layout["ask"] == after


def test_what_is_selected_moves_together_as_one_step(sample):
    before = sample.flow.layout
    sample.click(sample.head("wait"))
    sample.click(sample.head("remind"), CONTROL)
    sample.drag(sample.head("wait"), sample.head("wait").plus(0, 60))
    assert sample.undo_words == "Move 2 blocks"
    moved = {id for id in before if before[id] != sample.flow.layout[id]}
    assert moved == {"wait", "remind"}
    assert sample.selection.blocks == {"wait", "remind"}


def test_escape_calls_a_drag_off(sample):
    before, start = sample.flow, sample.head("ask")
    sample.press(start)
    sample.move_to(start.plus(50, 50))
    sample.move_to(start.plus(90, 90))
    sample.key(Qt.Key.Key_Escape)
    sample.release(start.plus(90, 90))
    assert sample.flow is before
    assert not sample.canvas.scene.blocks.hidden


def test_a_flow_that_changes_under_a_drag_ends_it(sample):
    start = sample.head("ask")
    sample.press(start)
    sample.move_to(start.plus(50, 50))
    sample.selection.select(["ask"])
    sample.canvas.editing.delete()
    sample.release(start.plus(50, 50))
    assert "ask" not in sample.flow.blocks
    sample.repaint()


def test_a_drag_from_a_way_out_connects(sample):
    sample.drag(sample.way_out("ask"), sample.middle("wait"))
    assert sample.flow.leads_to("ask", "next") == "wait"
    assert sample.undo_words == "Connect “Wait 20 hours”"


def test_a_port_can_be_pressed_ten_pixels_beside_it(sample):
    for zoom in (0.3, 1.0):
        sample.view.zoom_to(zoom)
        sample.view.settle()
        sample.view.center_on(sample.middle("ask"))
        start = sample.way_out("ask").plus(9 / zoom, 0)
        sample.drag(start, sample.middle("wait"))
        assert sample.flow.leads_to("ask", "next") == "wait"
        sample.document.undo()


def test_nothing_leads_to_a_start(sample):
    sample.drag(sample.way_out("ask"), sample.middle("announced"))
    assert sample.flow.leads_to("ask", "next") is None


def test_a_connection_dropped_on_nothing_asks_what_follows(sample):
    before = sample.flow
    place = sample.way_out("thanks").plus(20, 90)
    sample.drag(sample.way_out("thanks"), place)
    assert QApplication.focusWidget() is sample.canvas.quick_add.search
    titles = [offer.is_start for offer in sample.canvas.quick_add._offers]
    assert not any(titles)
    sample.type("wai")
    sample.choose("Wait")
    made = sample.one_more(before)
    assert sample.flow.leads_to("thanks", "next") == made
    assert abs(sample.plan.way_in(made).x - place.x) <= 4
    assert sample.selection.blocks == {made}
    assert sample.undo_words == "Add “Wait”"
    sample.document.undo()
    assert sample.flow == before


def test_escape_after_dropping_a_connection_leaves_nothing(sample):
    before = sample.flow
    sample.drag(sample.way_out("thanks"), sample.way_out("thanks").plus(20, 90))
    sample.key(Qt.Key.Key_Escape)
    assert not sample.canvas.quick_add.isVisible()
    assert QApplication.focusWidget() is sample.view
    assert sample.flow is before


def test_a_press_elsewhere_closes_what_asks(sample):
    before = sample.flow
    sample.drag(sample.way_out("thanks"), sample.way_out("thanks").plus(20, 90))
    sample.click(sample.head("ask"))
    assert not sample.canvas.quick_add.isVisible()
    assert sample.flow is before


def test_pulling_the_end_of_a_connection_leads_it_elsewhere(sample):
    end = sample.plan.way_in("remind")
    sample.drag(end.plus(-3, 0), sample.middle("thanks"))
    assert sample.flow.leads_to("wait", "next") == "thanks"


def test_pulling_the_end_of_a_connection_into_the_open_cuts_it(sample):
    end = sample.plan.way_in("remind")
    sample.drag(end.plus(-3, 0), end.plus(-30, 110))
    assert sample.flow.leads_to("wait", "next") is None
    assert sample.undo_words == "Cut the connection from “Wait 20 hours”"


def test_a_connection_that_is_pressed_can_be_deleted(sample):
    route = sample.plan.routes["kept", "next"]
    sample.click(route.at(0.5))
    sample.key(Qt.Key.Key_Delete)
    assert sample.flow.leads_to("kept", "next") is None
    assert "kept" in sample.flow.blocks


def test_the_middle_button_and_space_pull_the_canvas(sample):
    start = Point(300, 400)
    before = sample.pixel(start)
    sample.press(start, MIDDLE)
    sample.bot.mouseMove(sample.view.viewport(), before + QPoint(60, 40))
    sample.bot.mouseRelease(sample.view.viewport(), MIDDLE, pos=before + QPoint(60, 40))
    assert sample.pixel(start) == before + QPoint(60, 40)
    sample.bot.keyPress(sample.view, Qt.Key.Key_Space)
    middle = sample.pixel(sample.head("ask"))
    sample.bot.mousePress(sample.view.viewport(), LEFT, pos=middle)
    sample.bot.mouseMove(sample.view.viewport(), middle + QPoint(30, 0))
    sample.bot.mouseRelease(sample.view.viewport(), LEFT, pos=middle + QPoint(30, 0))
    sample.bot.keyRelease(sample.view, Qt.Key.Key_Space)
    assert sample.pixel(sample.head("ask")) == middle + QPoint(30, 0)
    assert sample.selection.blocks == frozenset()


def wheel(stage, at: QPoint, angle: QPoint, pixels=NOT, keys=Qt.KeyboardModifier.NoModifier):
    place = QPointF(at)
    viewport = stage.view.viewport()
    event = QWheelEvent(
        place,
        QPointF(viewport.mapToGlobal(at)),
        pixels,
        angle,
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)


def test_the_wheel_scrolls_and_with_control_it_zooms_at_the_mouse(sample):
    at = QPoint(500, 300)
    before = sample.place(QPointF(at))
    wheel(sample, at, QPoint(0, -120))
    assert sample.place(QPointF(at)).y > before.y
    wheel(sample, at, QPoint(0, 120), QPoint(7, -9))
    held, zoom = sample.place(QPointF(at)), sample.view.zoom
    wheel(sample, at, QPoint(0, 120), keys=CONTROL)
    assert sample.view.zoom > zoom
    assert sample.place(QPointF(at)).distance(held) < 2
    sample.repaint()
    sample.bot.waitUntil(lambda: sample.view._ghost is None)


def test_carrying_something_to_the_edge_scrolls_on(sample):
    start = sample.head("ask")
    seen = sample.view.visible()
    sample.press(start)
    sample.move_to(start.plus(20, 20))
    edge = QPoint(sample.view.viewport().width() - 3, 300)
    sample.bot.mouseMove(sample.view.viewport(), edge)
    sample.bot.waitUntil(lambda: sample.view.visible().x > seen.x + 60)
    sample.bot.mouseRelease(sample.view.viewport(), LEFT, pos=edge)
    assert sample.flow.layout["ask"].x > seen.right - 200


def test_connections_of_a_block_rise_under_the_mouse(sample):
    plain = sample.view.grab()
    sample.move_to(sample.head("wait"))
    risen = sample.view.grab()
    sample.move_to(sample.head("wait").plus(0, 200))
    assert risen.toImage() != plain.toImage() == sample.view.grab().toImage()
