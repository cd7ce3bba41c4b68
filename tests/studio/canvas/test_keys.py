"""The canvas by keyboard alone."""

import json

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication

from otn_studio.flow.document import Flow

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
ENTER, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape


def add(stage, words: str) -> str:
    before = stage.flow
    stage.type("/")
    stage.type(words)
    stage.key(ENTER)
    return stage.one_more(before)


def test_a_flow_is_added_connected_moved_and_deleted(empty):
    start = add(empty, "someone")
    empty.key(Qt.Key.Key_C)
    empty.type("/")
    empty.type("wait")
    empty.key(ENTER)
    wait = empty.flow.leads_to(start, "next")
    assert empty.flow.blocks[wait].kind.name == "wait"
    empty.key(ESCAPE)
    message = add(empty, "text")
    empty.key(Qt.Key.Key_Right, ALT)
    empty.key(Qt.Key.Key_Right, ALT | SHIFT)
    assert empty.undo_words == "Move 1 block"
    empty.document.undo()
    empty.selection.select([wait])
    empty.key(Qt.Key.Key_C)
    empty.key(ENTER)
    assert empty.flow.leads_to(wait, "next") == message
    empty.selection.select([message])
    empty.key(Qt.Key.Key_Delete)
    assert set(empty.flow.blocks) == {start, wait}
    assert empty.undo_words == "Delete 1 block"
    for _step in range(5):
        empty.key(Qt.Key.Key_Z, CONTROL)
    assert empty.flow == Flow("empty", "Empty")


def test_a_way_out_is_chosen_then_a_block(sample):
    sample.selection.select(["ask"])
    sample.key(Qt.Key.Key_C)
    assert "way out" in sample.find("canvas_notice").text()
    sample.key(Qt.Key.Key_Up)
    sample.key(ENTER)
    sample.repaint()
    sample.key(Qt.Key.Key_Down)
    sample.key(ENTER)
    assert sample.flow.leads_to("ask", "card.opted_in") == "remind"
    assert not sample.canvas._notice.isVisible()


def test_a_way_out_is_cut_by_delete(sample):
    sample.selection.select(["ask"])
    sample.key(Qt.Key.Key_C)
    sample.key(Qt.Key.Key_Up)
    sample.key(Qt.Key.Key_Delete)
    assert sample.flow.leads_to("ask", "card.opted_in") is None
    assert "ask" in sample.flow.blocks


def test_escape_stops_connecting(sample):
    before = sample.flow
    sample.selection.select(["ask"])
    sample.key(Qt.Key.Key_C)
    sample.key(ESCAPE)
    sample.key(ENTER)
    assert sample.flow is before
    assert sample.selection.blocks == {"ask"}


def test_arrows_go_from_block_to_block(sample):
    sample.key(Qt.Key.Key_Right)
    assert sample.selection.only == "start"
    ways = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left):
        sample.key(key)
        ways.append(sample.selection.only)
    assert ways == ["which-size", "size-42", "size-43", "which-size"]


def test_tab_goes_through_all_blocks_and_out(sample):
    seen = []
    for _block in sample.flow.blocks:
        sample.key(Qt.Key.Key_Tab)
        seen.append(sample.selection.only)
    assert set(seen) == set(sample.flow.blocks)
    assert seen[:2] == ["start", "which-size"]
    sample.key(Qt.Key.Key_Backtab, SHIFT)
    assert sample.selection.only == seen[-2]
    sample.key(Qt.Key.Key_Tab)
    sample.key(Qt.Key.Key_Tab)
    assert sample.selection.blocks == frozenset()
    assert QApplication.focusWidget() is not sample.view


def test_enter_asks_to_edit(sample):
    sample.selection.select(["wait"])
    with sample.bot.waitSignal(sample.canvas.edit_requested) as asked:
        sample.key(ENTER)
    assert asked.args == ["wait"]


def test_nudges_in_a_row_are_one_step(sample):
    before = sample.flow
    sample.key(Qt.Key.Key_A, CONTROL)
    for _step in range(3):
        sample.key(Qt.Key.Key_Down, CONTROL)
    assert sample.flow.layout["ask"].y == before.layout["ask"].y + 12
    assert sample.undo_words == f"Move {len(before.blocks)} blocks"
    sample.key(Qt.Key.Key_Z, CONTROL)
    assert sample.flow == before


def test_delete_takes_connections_along_and_undo_brings_all_back(sample):
    before = sample.flow
    sample.selection.select(["ask", "thanks"])
    sample.key(Qt.Key.Key_Backspace)
    assert sample.undo_words == "Delete 2 blocks"
    assert not {"ask", "thanks"} & set(sample.flow.blocks)
    assert not {"ask", "thanks"} & {c.to for c in sample.flow.all_connections()}
    sample.key(Qt.Key.Key_Z, CONTROL)
    assert sample.flow == before


def test_copied_blocks_come_into_another_flow_with_what_they_use(sample, stage):
    sample.selection.select(["ask", "thanks", "wait"])
    sample.key(Qt.Key.Key_C, CONTROL)
    written = json.loads(QApplication.clipboard().text())
    assert set(written["blocks"]) == {"ask", "thanks", "wait"}
    other = stage(Flow("other", "Other"))
    other.key(Qt.Key.Key_V, CONTROL)
    flow = other.flow
    assert {topic.name for topic in flow.topics.values()} == {"Blue sneakers"}
    assert set(flow.fields) == {"size"}
    assert not set(flow.blocks) & {"ask", "thanks", "wait"}
    assert other.selection.blocks == set(flow.blocks)
    (connection,) = flow.all_connections()
    assert connection.port == "card.opted_in"
    assert flow.blocks[connection.to].title == "Thank you"
    assert other.undo_words == "Paste 3 blocks"
    titles = {block.title: id for id, block in flow.blocks.items()}
    ask, thanks = flow.layout[titles["Ask to notify"]], flow.layout[titles["Thank you"]]
    assert (thanks.x - ask.x, thanks.y - ask.y) == (320, 0)
    other.document.undo()
    assert other.flow == Flow("other", "Other")


def test_a_topic_that_both_flows_know_keeps_its_name(sample):
    sample.selection.select(["ask"])
    sample.key(Qt.Key.Key_C, CONTROL)
    topics = sample.flow.topics
    sample.key(Qt.Key.Key_V, CONTROL)
    assert sample.flow.topics == topics


def test_cut_takes_away_and_paste_brings_back(sample):
    sample.selection.select(["wait"])
    block = sample.flow.blocks["wait"]
    sample.key(Qt.Key.Key_X, CONTROL)
    assert "wait" not in sample.flow.blocks
    before = sample.flow
    sample.key(Qt.Key.Key_V, CONTROL)
    assert sample.flow.blocks[sample.one_more(before)] == block


def test_duplicates_stand_beside_the_old_ones(sample):
    before = sample.flow
    sample.selection.select(["wait"])
    sample.key(Qt.Key.Key_D, CONTROL)
    made = sample.one_more(before)
    assert sample.flow.blocks[made] == before.blocks["wait"]
    old, new = before.layout["wait"], sample.flow.layout[made]
    assert (new.x - old.x, new.y - old.y) == (32, 32)
    assert made.startswith("wait-")
    assert sample.selection.blocks == {made}


@pytest.mark.parametrize("text", ["just words", '{"format": "otn-studio/flow"}'])
def test_what_is_no_flow_is_not_pasted_and_the_person_is_told(sample, text):
    QApplication.clipboard().setText(text)
    before = sample.flow
    sample.key(Qt.Key.Key_V, CONTROL)
    assert sample.flow is before
    assert "nothing was pasted" in sample.find("canvas_notice").text()


def test_an_empty_clipboard_pastes_nothing(sample):
    QApplication.clipboard().setMimeData(QMimeData())
    before = sample.flow
    sample.key(Qt.Key.Key_V, CONTROL)
    assert sample.flow is before


def test_zoom_and_fit(sample):
    sample.type("0")
    assert sample.view.zoom == 1
    sample.type("+")
    assert sample.view.zoom == pytest.approx(1.2)
    sample.type("-")
    sample.type("-")
    assert sample.view.zoom == pytest.approx(1 / 1.2)
    assert sample.find("zoom_full").text() == "83 %"
    sample.key(Qt.Key.Key_F)
    seen, bounds = sample.view.visible(), sample.plan.bounds()
    assert seen.contains(bounds.corner)
    assert seen.x < bounds.x
    assert seen.right > bounds.right
    assert seen.bottom > bounds.bottom
    sample.type("0")
    sample.key(Qt.Key.Key_1, CONTROL)
    assert sample.view.zoom < 1
