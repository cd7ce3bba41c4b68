"""What is painted, and how near one looks."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter, QPixmap

from otn_studio.blocks.finding import Severity
from otn_studio.flow.document import Position
from otn_studio.studio.canvas import block_pictures, blocks_layer
from otn_studio.studio.canvas.canvas import Canvas
from otn_studio.studio.canvas.shared import Detail
from otn_studio.studio.canvas.smoothly import let_go
from otn_studio.studio.canvas.view import detail_at
from otn_studio.studio.document.checker import Checker
from otn_studio.studio.document.document import Document
from otn_studio.studio.document.selection import Selection
from otn_studio.studio.theme.roles import DARK, LIGHT
from otn_studio.studio.theme.theme import Choice
from tests.builders import START, a_flow, ask, say
from tests.studio.canvas.conftest import LEFT


def at(stage, zoom: float, block: str = "ask") -> None:
    stage.view.zoom_to(zoom)
    stage.view.settle()
    stage.view.center_on(stage.middle(block))


def color_at(stage, point) -> str:
    image = stage.view.viewport().grab().toImage()
    return image.pixelColor(stage.pixel(point)).name().upper()


@pytest.mark.parametrize("zoom", [0.15, 0.4, 1.0])
def test_beside_what_is_lit_everything_is_in_the_dusk(sample, zoom):
    def inside(block: str) -> str:
        at(sample, zoom, block)
        return color_at(sample, sample.middle(block).plus(-80, 0))

    plain = inside("size-42"), inside("ask")
    sample.canvas.light([("start", "next")], "", "accent", ["ask"])
    assert inside("ask") == plain[1]
    assert inside("size-42") != plain[0]
    at(sample, zoom, "start")
    start, end, _lane = sample.plan.routes["start", "next"]
    middle = sample.pixel(start.plus((end.x - start.x) / 2, 0))
    image = sample.view.viewport().grab().toImage()
    across = [image.pixelColor(middle.x(), middle.y() + dy) for dy in range(-9, 10)]
    assert max(color.blue() - color.red() for color in across) > 60  # the accent, if thin


@pytest.mark.parametrize("zoom", [0.05, 0.1, 0.21, 0.25, 0.5, 0.61, 1.0, 2.5])
@pytest.mark.parametrize("choice", [Choice.LIGHT, Choice.DARK])
def test_every_level_of_detail_is_painted(sample, theme, zoom, choice):
    theme.choose(choice)
    roles = DARK if choice is Choice.DARK else LIGHT
    sample.selection.select(["ask", "wait"])
    at(sample, zoom)
    beside = sample.plan.boxes["ask"].corner.plus(300, -6 / zoom)
    inside = sample.plan.boxes["ask"].corner.plus(60, 262)
    assert color_at(sample, inside) == (roles.permission if zoom < 0.22 else roles.raised)
    at(sample, zoom)
    assert color_at(sample, beside) in (roles.canvas, roles.dots)
    theme.choose(Choice.LIGHT)


def test_a_screen_of_twice_the_pixels_shows_the_same_twice_as_sharp(sample):
    at(sample, 1)
    box = sample.plan.boxes["ask"]
    picture = QPixmap(2 * 300, 2 * int(box.height))
    picture.setDevicePixelRatio(2)
    picture.fill(LIGHT.canvas)
    painter = QPainter(picture)
    painter.translate(-box.x, -box.y)
    sample.canvas.scene.paint(painter, box)
    painter.end()
    image = picture.toImage()
    found = [image.pixelColor(2 * x, 200).name().upper() for x in (1, 200, 270)]
    assert found == [LIGHT.permission, LIGHT.raised, LIGHT.canvas]


def test_the_levels_of_detail():
    found = [detail_at(zoom) for zoom in (0.02, 0.219, 0.22, 0.599, 0.6, 2.5)]
    assert found == [Detail.OVERVIEW] * 2 + [Detail.SIGN] * 2 + [Detail.FULL] * 2


@pytest.mark.parametrize("zoom", [0.1, 0.4, 1.0])
def test_gestures_are_painted_at_every_level(sample, zoom):
    at(sample, zoom)
    start = sample.head("ask")
    sample.press(start)
    sample.move_to(start.plus(10 / zoom, 10 / zoom))
    sample.move_to(start.plus(60 / zoom, 10 / zoom))
    sample.repaint()
    moved = sample.plan.boxes["ask"].corner.plus(1.5 / min(1, zoom) + 60 / zoom, 80 + 10 / zoom)
    assert color_at(sample, moved) == LIGHT.permission
    sample.bot.mouseRelease(sample.view.viewport(), LEFT, pos=QPoint(0, 0))
    empty = sample.plan.bounds().corner.plus(-40, -40)
    sample.drag(empty, sample.middle("kept"))
    assert "start" in sample.selection.blocks


def test_problems_are_marked_on_their_blocks(stage):
    flow = replace(
        a_flow({"start": START, "it": ask(title=""), "loose": say()}, "start > it"),
        layout={"start": Position(0, 0), "it": Position(320, 0), "loose": Position(640, 0)},
    )
    shown = stage(flow)
    scene = shown.canvas.scene
    shown.bot.waitUntil(lambda: scene.errors == {"it"})
    assert scene.blocks.severities == {"it": Severity.ERROR, "loose": Severity.WARNING}
    at(shown, 1, "it")
    assert color_at(shown, shown.plan.boxes["it"].corner.plus(214, 19)) == LIGHT.danger
    assert color_at(shown, shown.plan.boxes["loose"].corner.plus(214, 19)) == LIGHT.warning


def test_what_is_asked_for_comes_into_view(sample):
    at(sample, 1, "start")
    assert not sample.view.visible().meets(sample.plan.boxes["remind"])
    sample.selection.show("remind")
    seen = sample.view.visible()
    assert seen.contains(sample.plan.boxes["remind"].corner)
    assert sample.selection.only == "remind"


def test_a_way_out_for_trouble_appears_when_it_is_connected(sample):
    height = sample.plan.shapes["back"].height
    sample.canvas.editing.connect(("back", "too_late"), "wait")
    assert sample.plan.shapes["back"].height == height + 24


def test_the_minimap_leads_elsewhere(sample):
    at(sample, 1, "start")
    minimap = sample.canvas._minimap
    target = sample.middle("remind")
    sample.bot.mouseClick(minimap, LEFT, pos=minimap.place_of(target).toPoint())
    assert sample.view.visible().center.distance(target) < 30
    other = sample.middle("start")
    sample.bot.mousePress(minimap, LEFT, pos=minimap.place_of(target).toPoint())
    sample.bot.mouseMove(minimap, minimap.place_of(other).toPoint())
    sample.bot.mouseRelease(minimap, LEFT, pos=minimap.place_of(other).toPoint())
    assert sample.view.visible().center.distance(other) < 30


def test_the_minimap_follows_the_flow(sample):
    minimap = sample.canvas._minimap
    minimap.repaint()
    before = minimap.grab().toImage()
    sample.selection.select(["start", "which-size", "ask"])
    sample.canvas.editing.delete()
    sample.bot.waitUntil(lambda: minimap.grab().toImage() != before)


def test_the_zoom_bar(sample):
    sample.push("zoom_full")
    assert sample.view.zoom == 1
    sample.push("zoom_in")
    assert sample.view.zoom == pytest.approx(1.2)
    sample.push("zoom_out")
    sample.push("zoom_fit")
    assert sample.view.visible().contains(sample.plan.bounds().corner)


def test_zooming_scales_the_last_frame_until_it_rests(sample):
    at(sample, 1)
    sample.view.zoom_by(0.8)
    sample.repaint()
    assert sample.view._ghost is not None
    sample.bot.waitUntil(lambda: sample.view._ghost is None)
    at(sample, 1)
    sample.view.zoom_by(1.3)
    sample.repaint()
    sample.view.scroll_by(30, 30)
    sample.repaint()


def test_a_large_flow_opens_where_it_begins(stage):
    blocks = {"start": START} | {f"b{n}": say(f"Number {n}") for n in range(999)}
    layout = {id: Position(n // 25 * 340, n % 25 * 160) for n, id in enumerate(blocks)}
    shown = stage(replace(a_flow(blocks, "start > b0"), layout=layout))
    assert shown.view.zoom == 1
    assert shown.view.visible().contains(shown.plan.boxes["start"].corner)
    assert len(shown.plan.boxes) == 1_000
    shown.key(Qt.Key.Key_F)
    shown.repaint()
    let_go()


def test_a_canvas_that_is_closed_leaves_no_timer(qtbot, theme):
    document, selection = Document(a_flow({"it": say()})), Selection()
    canvas = Canvas(document, selection, Checker(document), theme)
    canvas.show()
    canvas.view.zoom_by(1.1)
    gone = []
    canvas.view.destroyed.connect(lambda: gone.append("view"))
    canvas.scene.destroyed.connect(lambda: gone.append("scene"))
    canvas.close()
    canvas.deleteLater()
    qtbot.waitUntil(lambda: sorted(gone) == ["scene", "view"])
    selection.select(["it"])
    theme.choose(Choice.DARK)
    theme.choose(Choice.LIGHT)
    document.undo()


def a_crowd(columns: int, apart: int):
    """Blocks in rows of so many."""
    blocks = {f"b{number}": say(f"Shoes of shelf {number}") for number in range(120)}
    places = {
        id: Position(number % columns * apart, number // columns * apart)
        for number, id in enumerate(blocks)
    }
    return replace(a_flow(blocks), layout=places)


@pytest.mark.parametrize(("columns", "apart", "zoom"), [(12, 260, 0.3), (120, 6, 1.0)])
def test_many_blocks_come_into_view_in_a_few_frames_and_then_all_are_there(
    stage, monkeypatch, columns, apart, zoom
):
    made = stage(a_crowd(columns, apart))
    made.bot.waitUntil(lambda: bool(made.checker.findings))
    made.view.zoom_to(zoom)
    made.view.settle()
    made.view.center_on(made.plan.bounds().center)
    made.canvas.scene.recolor()
    made.repaint()
    blocks = made.canvas.scene.blocks
    assert len(blocks.owed) == 120 - blocks_layer.AT_ONCE
    made.bot.waitUntil(lambda: not blocks.owed)
    last = made.view.viewport().grab().toImage()
    monkeypatch.setattr(blocks_layer, "AT_ONCE", 1_000)
    made.canvas.scene.recolor()
    made.repaint()
    assert not blocks.owed
    assert made.view.viewport().grab().toImage() == last


def test_a_pile_of_more_blocks_than_can_be_kept_is_painted_whole(stage, monkeypatch):
    made = stage(a_crowd(120, 6))
    made.bot.waitUntil(lambda: bool(made.checker.findings))
    made.view.zoom_to(1.0)
    made.view.settle()
    monkeypatch.setattr(block_pictures, "MOST", 1.0)
    made.canvas.scene.recolor()
    made.repaint()
    assert not made.canvas.scene.blocks.owed


def test_blocks_that_move_keep_their_pictures(sample, monkeypatch):
    at(sample, 1)
    sample.repaint()
    painted: list[object] = []
    monkeypatch.setattr(blocks_layer, "paint_full", lambda *given: painted.append(given))
    sample.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    sample.repaint()
    assert painted, "what is selected wears a ring"
    painted.clear()
    sample.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    sample.repaint()
    assert sample.undo_words.startswith("Move")
    assert not painted


@pytest.mark.parametrize("zoom", [0.8, 1.25])
@pytest.mark.parametrize("step", [-200, 200])
def test_what_comes_into_view_while_it_zooms_is_painted(sample, theme, zoom, step):
    view = sample.view
    sample.repaint()
    view.zoom_by(zoom)
    view.scroll_by(0, step)
    seen = view.viewport().grab().toImage()
    shown = theme.roles.color("canvas").name()
    assert {seen.pixelColor(2, y).name() for y in (2, seen.height() - 3)} == {shown}
