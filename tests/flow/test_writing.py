import os
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otn_studio.flow import reading, writing
from otn_studio.flow.changes import MoveBlocks
from otn_studio.flow.document import Flow, Position
from tests import strategies
from tests.builders import START, a_flow, say

FLOW = a_flow({"start": START, "say": say()}, "start > say")
OTHER = replace(FLOW, name="Other")


@given(strategies.flows())
def test_what_is_written_is_read_back_equal_and_its_text_stays_the_same(flow):
    text = writing.to_text(flow)
    again = reading.from_text(text)
    assert again == flow
    assert writing.to_text(again) == text


@given(strategies.flows(), st.randoms())
def test_the_order_in_which_things_were_made_does_not_show(flow, random):
    parts = ("topics", "fields", "blocks", "connections", "layout")
    mixed = replace(flow, **{part: shuffled(getattr(flow, part), random) for part in parts})
    assert writing.to_text(mixed) == writing.to_text(flow)


def shuffled(entries: dict, random: random.Random) -> dict:
    """The same entries, and those of the dicts within, in another order."""
    mixed = random.sample(sorted(entries.items(), key=lambda entry: entry[0]), len(entries))
    return {k: shuffled(v, random) if isinstance(v, dict) else v for k, v in mixed}


@given(strategies.flows(), strategies.positions)
def test_moving_a_block_changes_only_the_layout_part(flow, position):
    moved, _ = MoveBlocks(dict.fromkeys(flow.blocks, position)).apply(flow)
    before, layout_before = writing.to_text(flow).split('\n  "layout": ')
    after, layout_after = writing.to_text(moved).split('\n  "layout": ')
    assert after == before
    assert (layout_after == layout_before) == (moved.layout == flow.layout)


def test_a_file_reads_well():
    flow = replace(
        a_flow({"say": say("“Grüße” 👟")}, topics=(), fields=()),
        layout={"say": Position(-0.0, 12.5)},
    )
    assert writing.to_text(flow) == (
        "{\n"
        '  "format": "otn-studio/flow",\n'
        '  "version": 3,\n'
        '  "id": "shop",\n'
        '  "name": "Shop",\n'
        '  "channel": "messenger",\n'
        '  "language": "",\n'
        '  "topics": {},\n'
        '  "fields": {},\n'
        '  "blocks": {\n'
        '    "say": {\n'
        '      "type": "send_message",\n'
        '      "title": "",\n'
        '      "elements": [\n'
        "        {\n"
        '          "type": "text",\n'
        '          "id": "text",\n'
        '          "text": "“Grüße” 👟"\n'
        "        }\n"
        "      ],\n"
        '      "by_topic": ""\n'
        "    }\n"
        "  },\n"
        '  "connections": {},\n'
        '  "translations": {},\n'
        '  "layout": {\n'
        '    "say": {\n'
        '      "x": 0,\n'
        '      "y": 12.5\n'
        "    }\n"
        "  }\n"
        "}\n"
    )


def test_a_block_whose_ways_out_are_all_open_is_not_among_the_connections():
    assert writing.to_text(replace(FLOW, connections={"say": {}})) == writing.to_text(
        replace(FLOW, connections={})
    )


# Saving


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "shop.json"
    writing.save(FLOW, path)
    return path


def test_a_saved_flow_is_loaded_equal(path):
    assert reading.load(path) == FLOW
    assert path.read_bytes() == writing.to_text(FLOW).encode()


def test_saving_replaces_the_file_and_leaves_nothing_else(path):
    writing.save(OTHER, path)
    assert reading.load(path) == OTHER
    assert os.listdir(path.parent) == ["shop.json"]


def _full(*arguments: object) -> None:
    raise OSError("No space left on device")


def _stopped(*arguments: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("failure", [_full, _stopped])
@pytest.mark.parametrize("step", ["os.fsync", "os.replace", "os.chmod"])
def test_a_failure_leaves_the_old_file_and_nothing_else(path, monkeypatch, step, failure):
    with monkeypatch.context() as broken:
        broken.setattr(step, failure)
        with pytest.raises((OSError, KeyboardInterrupt)):
            writing.save(OTHER, path)
    assert reading.load(path) == FLOW
    assert os.listdir(path.parent) == ["shop.json"]


def test_a_failure_while_writing_leaves_the_old_file_and_nothing_else(path):
    unwritable = replace(FLOW, name="\ud83d")
    with pytest.raises(UnicodeEncodeError):
        writing.save(unwritable, path)
    assert reading.load(path) == FLOW
    assert os.listdir(path.parent) == ["shop.json"]


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_flow_that_can_not_be_written_leaves_the_old_file(path, number):
    with pytest.raises((ValueError, OverflowError)):
        writing.save(replace(FLOW, layout={"say": Position(number, 0)}), path)
    assert reading.load(path) == FLOW
    assert os.listdir(path.parent) == ["shop.json"]


def test_the_new_text_is_on_the_disk_before_it_takes_the_old_ones_place(path, monkeypatch):
    done = []
    fsync, replaced = os.fsync, os.replace

    def synced(descriptor: int) -> None:
        fsync(descriptor)
        done.append(os.fstat(descriptor).st_size)

    def put(temporary: str, target: object) -> None:
        done.append("replaced")
        replaced(temporary, target)

    monkeypatch.setattr("os.fsync", synced)
    monkeypatch.setattr("os.replace", put)
    writing.save(OTHER, path)
    assert done == [len(writing.to_text(OTHER).encode()), "replaced"]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such modes")
def test_the_modes_of_the_file_are_kept(path):
    path.chmod(0o640)
    writing.save(OTHER, path)
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such modes")
def test_a_new_file_has_the_modes_that_other_new_files_have(tmp_path):
    previous = os.umask(0o027)
    try:
        writing.save(FLOW, tmp_path / "new.json")
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(previous)
    assert (tmp_path / "new.json").stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.name == "nt", reason="Windows lets not everybody make links")
def test_a_link_stays_and_what_it_leads_to_is_written(path, tmp_path):
    link = tmp_path / "elsewhere" / "link.json"
    link.parent.mkdir()
    link.symlink_to(path)
    writing.save(OTHER, link)
    assert link.is_symlink()
    assert reading.load(path) == OTHER
    assert os.listdir(link.parent) == ["link.json"]


def test_a_missing_folder_is_an_error_of_the_system(tmp_path):
    with pytest.raises(FileNotFoundError):
        writing.save(FLOW, tmp_path / "gone" / "shop.json")


def test_an_empty_flow_can_be_written_and_read():
    assert reading.from_text(writing.to_text(Flow("a", ""))) == Flow("a", "")
