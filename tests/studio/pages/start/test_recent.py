"""Recent flows outlive the program, and bad entries do them no harm."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from otn_studio.studio.pages.start.recent import AT_MOST, KEY, RecentFlow, RecentFlows

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path):
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


def test_they_are_there_at_the_next_start(settings, tmp_path):
    RecentFlows(settings).add(tmp_path / "a.json", "Blue “sneakers”", NOON)
    settings.sync()
    again = QSettings(settings.fileName(), QSettings.Format.IniFormat)
    assert RecentFlows(again).all() == (RecentFlow(tmp_path / "a.json", "Blue “sneakers”", NOON),)


def test_the_latest_is_first_and_each_file_is_there_once(settings, qtbot):
    recent = RecentFlows(settings)
    for name in ("a", "b", "a"):
        with qtbot.waitSignal(recent.changed):
            recent.add(Path(f"/flows/{name}.json"), name)
    assert [flow.name for flow in recent.all()] == ["a", "b"]


def test_only_so_many_are_kept(settings):
    recent = RecentFlows(settings)
    for number in range(AT_MOST + 3):
        recent.add(Path(f"/flows/{number}.json"), str(number))
    assert [flow.name for flow in recent.all()][:: AT_MOST - 1] == ["14", "3"]


def test_one_can_be_forgotten(settings):
    recent = RecentFlows(settings)
    for name in ("a", "b"):
        recent.add(Path(f"/flows/{name}.json"), name)
    recent.forget(Path("/flows/b.json"))
    assert [flow.name for flow in recent.all()] == ["a"]


@pytest.mark.parametrize("text", ["", "{", "3", '[{"path": "/a"}, 7, {"path": 1, "opened": "x"}]'])
def test_what_can_not_be_read_is_passed_over(settings, text):
    settings.setValue(KEY, text)
    assert RecentFlows(settings).all() == ()
