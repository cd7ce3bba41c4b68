"""Frames and notes, by mouse and keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from otn_studio.flow import reading, writing
from otn_studio.studio.canvas.frames import COLORS
from otn_studio.studio.canvas.frames_layer import TINT
from otn_studio.studio.canvas.geometry import Box, Point
from otn_studio.studio.canvas.ink import Ink
from otn_studio.studio.theme.roles import DARK, LIGHT
from tests.studio.canvas.conftest import LEFT

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ENTER, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape


def framed(stage, *blocks: str) -> str:
    """Put these in a frame, by keyboard, and leave its title as it is."""
    stage.selection.select(blocks)
    before = stage.flow.frames.keys()
    stage.key(Qt.Key.Key_G, CONTROL)
    stage.key(ENTER)
    (made,) = stage.flow.frames.keys() - before
    return made


def title_of(stage, frame: str) -> Point:
    return stage.plan.frames.boxes[frame].corner.plus(60, 18)


def test_what_is_selected_is_put_in_a_frame_and_named(sample):
    sample.selection.select(["size-41", "size-42"])
    sample.key(Qt.Key.Key_G, CONTROL)
    sample.type("sizes")
    sample.key(ENTER, SHIFT)
    sample.type("all of them")
    sample.key(ENTER)
    ((id, frame),) = sample.flow.frames.items()
    assert (frame.title, frame.note) == ("sizes", "all of them")
    assert sample.plan.held_by([id]) == {"size-41", "size-42"}
    assert sample.undo_words == "Write on the frame"
    assert sample.selection.frames == {id}
    assert reading.from_text(writing.to_text(sample.flow)) == sample.flow


def test_escape_gives_up_what_was_written(sample):
    frame = framed(sample, "ask")
    sample.key(ENTER)
    sample.type("other")
    sample.key(ESCAPE)
    assert sample.flow.frames[frame].title == "Group"
    assert sample.undo_words == "Add frame"


def test_a_frame_takes_along_what_is_on_it(sample):
    frame = framed(sample, "size-41", "size-42")
    before, place = sample.flow, sample.flow.frames[frame]
    start = title_of(sample, frame)
    sample.drag(start, start.plus(400, 320), Qt.KeyboardModifier.AltModifier)
    after = sample.flow
    moved = {id for id in after.layout if after.layout[id] != before.layout[id]}
    assert moved == {"size-41", "size-42"}
    by = after.layout["size-41"].x - before.layout["size-41"].x
    assert after.frames[frame].x - place.x == by
    assert sample.undo_words == "Move 1 frame"
    sample.document.undo()
    assert writing.to_text(sample.flow) == writing.to_text(before)
    sample.document.redo()
    assert writing.to_text(sample.flow) == writing.to_text(after)


def test_a_frame_moves_by_keys(sample):
    frame = framed(sample, "ask")
    before = sample.flow
    sample.key(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert sample.flow.frames[frame].x - before.frames[frame].x == 4
    assert sample.flow.layout["ask"].x - before.layout["ask"].x == 4


def test_a_corner_pulls_it_larger_and_its_blocks_stay(sample):
    frame = framed(sample, "ask")
    before, box = sample.flow, sample.plan.frames.boxes[frame]
    corner = Point(box.right, box.bottom)
    sample.drag(corner, corner.plus(80, 120))
    after = sample.flow.frames[frame]
    assert (after.x, after.y) == (box.x, box.y)
    assert abs(after.width - box.width - 80) <= 4
    assert abs(after.height - box.height - 120) <= 4
    assert sample.flow.layout == before.layout


def test_it_is_never_pulled_to_nothing(sample):
    frame = framed(sample, "ask")
    box = sample.plan.frames.boxes[frame]
    middle_left = Point(box.x, box.center.y)
    sample.drag(middle_left, middle_left.plus(2_000, 0))
    after = sample.plan.frames.boxes[frame]
    assert (after.width, after.right) == (120, box.right)


def test_two_presses_on_its_title_write_there(sample):
    frame = framed(sample, "ask")
    sample.bot.mouseDClick(sample.view.viewport(), LEFT, pos=sample.pixel(title_of(sample, frame)))
    sample.type("here")
    sample.key(ENTER)
    assert sample.flow.frames[frame].title == "here"


def test_a_press_elsewhere_keeps_what_was_written(sample):
    frame = framed(sample, "ask")
    sample.key(ENTER)
    sample.type("kept")
    sample.click(sample.head("wait"))
    assert sample.flow.frames[frame].title == "kept"
    assert not sample.canvas.frame_editor.isVisible()


def test_a_note_is_written_and_deleted_by_keys(empty):
    empty.key(Qt.Key.Key_N)
    empty.type("ask the shop")
    empty.key(ENTER)
    ((_id, note),) = empty.flow.frames.items()
    assert note.title == "ask the shop"
    empty.key(Qt.Key.Key_Delete)
    assert empty.flow.frames == {}
    assert empty.undo_words == "Delete 1 frame"


def test_deleting_a_frame_keeps_its_blocks(sample):
    blocks = sample.flow.blocks
    framed(sample, "ask", "wait")
    sample.key(Qt.Key.Key_Delete)
    assert sample.flow.frames == {}
    assert sample.flow.blocks == blocks


def test_the_keyboard_goes_from_a_block_to_its_frame_and_on(sample):
    first, second = framed(sample, "ask"), framed(sample, "wait")
    sample.selection.select(["wait"])
    sample.key(Qt.Key.Key_G)
    assert sample.selection.frames == {second}
    sample.key(Qt.Key.Key_G)
    assert sample.selection.frames == {first}


def test_frames_are_copied_with_what_is_selected(sample):
    frame = framed(sample, "size-41")
    sample.selection.select(["size-41"], frames=[frame])
    sample.key(Qt.Key.Key_C, CONTROL)
    before = sample.flow
    sample.key(Qt.Key.Key_V, CONTROL)
    (made,) = sample.flow.frames.keys() - before.frames.keys()
    block = sample.one_more(before)
    assert sample.plan.held_by([made]) == {block}
    assert sample.selection.frames == {made}


def test_a_box_selects_the_frames_that_it_holds(sample):
    frame = framed(sample, "size-41")
    box: Box = sample.plan.frames.boxes[frame]
    sample.drag(box.corner.plus(-20, -20), Point(box.right + 20, box.bottom + 20))
    assert sample.selection.frames == {frame}
    assert "size-41" in sample.selection.blocks


def test_a_frame_counts_for_what_fit_shows(empty):
    empty.key(Qt.Key.Key_N)
    empty.key(ENTER)
    assert empty.plan.bounds() == next(iter(empty.plan.frames.boxes.values()))
    assert empty.canvas.keys.can("fit")


def test_its_color_is_changed_in_the_menu(sample):
    frame = framed(sample, "ask")
    sample.canvas.menu.open(title_of(sample, frame))
    actions = {
        action.objectName(): action
        for entry in sample.canvas.menu.actions()
        if entry.menu()
        for action in entry.menu().actions()
    }
    assert actions["color_grey"].isChecked()
    actions["color_green"].trigger()
    assert sample.flow.frames[frame].color == "green"
    sample.canvas.menu.close()


def test_a_frame_grows_upwards_for_its_note_and_keeps_its_blocks(sample):
    frame = framed(sample, "ask")
    before = sample.plan.frames.boxes[frame]
    sample.canvas.framing.write(frame, "Title\n" + "many words " * 20)
    after = sample.plan.frames.boxes[frame]
    assert after.bottom == before.bottom
    assert after.y + sample.plan.frames.head_of(sample.flow.frames[frame]) <= (
        sample.plan.boxes["ask"].y
    )
    assert sample.plan.held_by([frame]) == {"ask"}


def test_a_note_grows_downwards(empty):
    empty.key(Qt.Key.Key_N)
    empty.key(ENTER)
    (id,) = empty.flow.frames
    before = empty.plan.frames.boxes[id]
    empty.canvas.framing.write(id, "Title\n" + "many words " * 60)
    after = empty.plan.frames.boxes[id]
    assert after.corner == before.corner
    assert len(empty.plan.frames.note_lines(id)) > 10
    assert after.height > before.height


@pytest.mark.parametrize("role", COLORS.values())
@pytest.mark.parametrize("roles", [LIGHT, DARK])
def test_a_title_can_be_read_on_its_frame_even_within_another(role, roles):
    ink = Ink(roles, roles is DARK)
    ground = ink.color("canvas")
    for _frame in range(2):
        ground = over(ground, ink.color(role), TINT / 255)
    assert contrast(ink.strong(role), ground) >= 4.5


def over(ground: QColor, color: QColor, share: float) -> QColor:
    pairs = zip(color.getRgbF()[:3], ground.getRgbF()[:3], strict=True)
    return QColor.fromRgbF(*(one * share + other * (1 - share) for one, other in pairs))


def contrast(one: QColor, other: QColor) -> float:
    dark, light = sorted((brightness(one), brightness(other)))
    return (light + 0.05) / (dark + 0.05)


def brightness(color: QColor) -> float:
    linear = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in color.getRgbF()[:3]
    )
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))
