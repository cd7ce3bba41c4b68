"""Blocks in line, spread, tidied up and collapsed, by their keys; and what is shown of the flow."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from otn_studio.blocks.words import Words
from otn_studio.flow import writing
from otn_studio.flow.changes import removal
from otn_studio.studio.canvas.aligning import Side, aligned, distributed
from otn_studio.studio.canvas.arranging import AT_ONCE
from otn_studio.studio.canvas.geometry import Box, around
from tests.builders import START, a_flow, say

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
SIZES = ("size-41", "size-42", "size-43")
numbers = st.integers(-500, 500).map(float)
boxes = st.builds(Box, numbers, numbers, st.just(240.0), st.integers(40, 400).map(float))


@given(st.dictionaries(st.sampled_from("abcdef"), boxes, min_size=1), st.sampled_from(Side))
def test_aligned_blocks_share_that_side_and_never_leave_what_held_them(some, side):
    places = aligned(some, side)
    moved = {id: some[id]._replace(x=place.x, y=place.y) for id, place in places.items()}
    whole, after = around(some.values()), around(moved.values())
    edges = {
        Side.LEFT: lambda box: box.x,
        Side.CENTER: lambda box: box.center.x,
        Side.RIGHT: lambda box: box.right,
        Side.TOP: lambda box: box.y,
        Side.MIDDLE: lambda box: box.center.y,
        Side.BOTTOM: lambda box: box.bottom,
    }
    found = {round(edges[side](box), 6) for box in moved.values()}
    assert len(found) == 1
    assert whole.grown(1e-6).holds(after)


@given(st.dictionaries(st.sampled_from("abcdef"), boxes, min_size=3), st.booleans())
def test_gaps_between_distributed_blocks_are_the_same(some, across):
    places = distributed(some, across=across)
    order = [
        (place.x, place.x + some[id].width) if across else (place.y, place.y + some[id].height)
        for id, place in places.items()
    ]
    gaps = {round(after[0] - before[1], 6) for before, after in pairwise(order)}
    assert places.keys() == some.keys()
    assert len(gaps) == 1


def test_keys_line_up_what_is_selected(sample):
    sample.selection.select(SIZES)
    sample.key(Qt.Key.Key_W, ALT)
    assert len({sample.flow.layout[id].y for id in SIZES}) == 1
    assert sample.undo_words == "Align tops"


def test_one_block_alone_is_not_lined_up(sample):
    before = sample.flow
    sample.selection.select(["ask"])
    sample.key(Qt.Key.Key_A, ALT)
    assert sample.flow is before


def test_keys_spread_what_is_selected(sample):
    sample.selection.select(SIZES)
    sample.drag(sample.head("size-42"), sample.head("size-42").plus(0, 40 / sample.view.zoom), ALT)
    sample.selection.select(SIZES)
    sample.key(Qt.Key.Key_V, CONTROL | ALT)
    tops = sorted((sample.plan.boxes[id] for id in SIZES), key=lambda box: box.y)
    gaps = [after.y - before.bottom for before, after in pairwise(tops)]
    assert abs(gaps[0] - gaps[1]) < 1e-6


def test_tidy_is_one_step_shows_where_all_goes_and_leaves_nothing_on_top_of_another(sample):
    before = sample.flow
    sample.drag(sample.head("wait"), sample.head("ask").plus(20, 30), ALT)
    moved = sample.flow
    sample.selection.select([])
    sample.key(Qt.Key.Key_T, CONTROL | SHIFT)
    assert sample.undo_words == "Tidy up"
    sample.bot.waitUntil(lambda: not sample.canvas.is_gliding)
    placed = list(sample.plan.boxes.values())
    assert not any(a.meets(b) for i, a in enumerate(placed) for b in placed[:i])
    after = sample.flow
    sample.document.undo()
    assert writing.to_text(sample.flow) == writing.to_text(moved)
    sample.document.redo()
    assert writing.to_text(sample.flow) == writing.to_text(after)
    assert before.blocks == after.blocks


def test_many_blocks_are_tidied_as_they_are_then(stage):
    row = {f"b{n}": (START if n == 0 else say()) for n in range(AT_ONCE + 2)}
    here = stage(a_flow(row, *(f"b{n} > b{n + 1}" for n in range(0, AT_ONCE, 9))))
    here.key(Qt.Key.Key_T, CONTROL | SHIFT)
    here.document.do(removal(here.flow, "b7"), Words("Delete"))
    here.bot.waitUntil(lambda: here.undo_words == "Tidy up")
    placed = list(here.plan.boxes.values())
    assert len(placed) == len(row) - 1
    assert not any(a.meets(b) for i, a in enumerate(placed) for b in placed[:i])


def test_tidy_of_some_leaves_the_others_alone_and_covers_none(sample):
    before = sample.flow.layout
    sample.selection.select(["which-size", "ask"])
    sample.key(Qt.Key.Key_T, CONTROL | SHIFT)
    after = sample.flow.layout
    assert {id for id in after if after[id] != before[id]} <= {"which-size", "ask"}
    placed = list(sample.plan.boxes.values())
    assert not any(a.meets(b) for i, a in enumerate(placed) for b in placed[:i])


def test_a_press_while_blocks_are_on_their_way_works(sample):
    sample.drag(sample.head("wait"), sample.head("ask").plus(20, 30), ALT)
    sample.selection.select([])
    sample.key(Qt.Key.Key_T, CONTROL | SHIFT)
    assert sample.canvas.is_gliding
    sample.click(sample.head("ask"))
    assert sample.selection.blocks == {"ask"}
    sample.bot.waitUntil(lambda: not sample.canvas.is_gliding)


def test_tidy_takes_frames_along(sample):
    sample.selection.select(SIZES)
    sample.key(Qt.Key.Key_G, CONTROL)
    sample.key(Qt.Key.Key_Return)
    sample.drag(sample.head("wait"), sample.head("ask").plus(20, 30), ALT)
    sample.selection.select([])
    sample.key(Qt.Key.Key_T, CONTROL | SHIFT)
    assert sample.plan.held_by(sample.flow.frames) >= set(SIZES)


def test_a_collapsed_block_shows_its_title_and_its_connections(sample):
    sample.selection.select(["ask"])
    before, tall = sample.flow, sample.plan.boxes["ask"].height
    sample.type(".")
    assert sample.flow.collapsed == {"ask"}
    assert sample.plan.boxes["ask"].height < tall / 2
    assert sample.plan.face("ask").content.pieces == ()
    box = sample.plan.boxes["ask"]
    ways = [way for way in sample.plan.routes if way[0] == "ask"]
    assert {sample.plan.routes[way].start for way in ways} == {box.corner.plus(240, 19)}
    sample.repaint()
    sample.type(".")
    assert writing.to_text(sample.flow) == writing.to_text(before)
    assert sample.plan.boxes["ask"].height == tall


def test_the_way_of_the_people_is_lit_and_follows_what_is_selected(sample):
    sample.selection.select(["size-41"])
    sample.key(Qt.Key.Key_W)
    lit = sample.canvas.scene.spotlight.lit
    assert lit == {"start", "which-size", "size-41", "ask", "thanks", "late"}
    sample.click(sample.head("wait"))
    lit = sample.canvas.scene.spotlight.lit
    assert lit == {"announced", "back", "kept", "wait", "remind"}
    sample.repaint()
    sample.key(Qt.Key.Key_Escape)
    assert not sample.canvas.scene.spotlight.lit


def test_one_can_go_back_to_where_one_was(sample):
    sample.view.zoom_to(1)
    sample.view.settle()
    seen = sample.view.visible().center
    sample.selection.select(["remind"])
    sample.key(Qt.Key.Key_Z)
    assert sample.view.visible().center.distance(seen) > 10
    sample.key(Qt.Key.Key_B)
    assert sample.view.zoom == 1
    assert sample.view.visible().center.distance(seen) < 2


def test_a_line_drawn_around_blocks_selects_them(sample):
    box = around(sample.plan.boxes[id] for id in SIZES).grown(12)
    corners = [box.corner, (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)]
    points = [box.corner._make(corner) for corner in corners]
    viewport, start = sample.view.viewport(), sample.pixel(points[0])
    sample.bot.mousePress(viewport, Qt.MouseButton.LeftButton, ALT, start)
    for point in points[1:]:
        sample.move_to(point, ALT)
    sample.repaint()
    sample.release(points[0])
    assert sample.selection.blocks == set(SIZES)
