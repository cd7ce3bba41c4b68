"""How imported flows come into a project's folder: all of them or none."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from otn_studio.blocks.words import Problem
from otn_studio.exchange import folder as folders
from otn_studio.flow import writing
from otn_studio.flow.document import Flow
from otn_studio.flow.reading import load

ONE, TWO, THREE = (Flow(name.lower(), name) for name in ("One", "Two", "Three"))


class Stopped(Exception):
    pass


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_they_are_written_and_nothing_else(tmp_path):
    told: list[float] = []
    written = folders.put([ONE, TWO], tmp_path, told.append)
    assert [load(path) for path in written] == [ONE, TWO]
    assert names(tmp_path) == ["one.json", "two.json"]
    assert told == [0.5, 1.0]


def test_a_flow_that_is_here_under_another_name_keeps_its_file(tmp_path):
    writing.save(ONE, tmp_path / "mine.json")
    (tmp_path / "broken.json").write_text("{")
    folders.put([replace(ONE, name="Anew"), TWO], tmp_path)
    assert load(tmp_path / "mine.json").name == "Anew"
    assert names(tmp_path) == ["broken.json", "mine.json", "two.json"]
    assert set(folders.project(tmp_path).flows) == {"one", "two"}


def test_who_stops_finds_everything_as_it_was(tmp_path):
    writing.save(ONE, tmp_path / "one.json")

    def stop(done: float) -> None:
        if done > 0.5:
            raise Stopped

    with pytest.raises(Stopped):
        folders.put([replace(ONE, name="Anew"), TWO, THREE], tmp_path, stop)
    assert names(tmp_path) == ["one.json"]
    assert load(tmp_path / "one.json") == ONE


def test_a_disk_that_fails_in_the_middle_leaves_everything_as_it_was(tmp_path, monkeypatch):
    writing.save(ONE, tmp_path / "one.json")
    moves = os.replace
    seen: list[Path] = []

    def fails_at_the_third(source, target):
        if Path(target).parent == tmp_path and not str(source).count("old"):
            seen.append(target)
            if len(seen) == 3:
                raise OSError(28, "No space left on device")
        moves(source, target)

    monkeypatch.setattr(os, "replace", fails_at_the_third)
    with pytest.raises(Problem, match=r"can’t be written into .*: No space left"):
        folders.put([replace(ONE, name="Anew"), TWO, THREE], tmp_path)
    monkeypatch.undo()
    assert names(tmp_path) == ["one.json"]
    assert load(tmp_path / "one.json") == ONE


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(Problem, match=r"can’t be written into .*: No such file"):
        folders.put([ONE], tmp_path / "gone")
