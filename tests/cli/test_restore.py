"""Restoring by the command: an engine and an emulator as processes, over real HTTP."""

import sqlite3
from contextlib import closing

import pytest
from filelock import FileLock
from sqlalchemy import select

from otn_studio import shipped
from otn_studio.cli.stage import Stage
from otn_studio.flow.project import Project
from otn_studio.flow.reading import load
from otn_studio.runtime.broadcasting.announcing import announce_text
from otn_studio.runtime.publishing import publish
from otn_studio.storage.tables import permission

TOPIC = "blue-sneakers-5d21f0"


def test_what_was_deleted_is_back(otn, tmp_path):
    otn("topics", "add", "News")
    otn("backup", tmp_path / "mine.db")
    otn("topics", "delete", "News", "--yes")
    code, said, _ = otn("restore", tmp_path / "mine.db")
    assert code == 0
    first, second, third = said.splitlines()
    assert first == f"The backup {tmp_path / 'mine.db'} is in place."
    assert second.startswith(f"What was there before is kept in {tmp_path}/cli.replaced-")
    assert third == (
        "Messages that wait: 0. Nothing is sent until you say: otn-studio restore --confirm"
    )
    assert "News" in otn("topics", "list")[1]


def test_there_is_something_to_confirm_once(otn, tmp_path):
    otn("topics", "add", "News")
    otn("backup", tmp_path / "mine.db")
    otn("restore", tmp_path / "mine.db")
    assert otn("restore", "--confirm")[:2] == (0, "Messages go again.\n")
    code, _, complained = otn("restore", "--confirm")
    assert (code, complained) == (2, "No restored backup waits for a word of yours.\n")


def test_one_at_a_time(otn, tmp_path):
    otn("topics", "add", "News")
    otn("backup", tmp_path / "mine.db")
    with FileLock(tmp_path / "cli.db.restore"):
        code, _, complained = otn("restore", tmp_path / "mine.db")
    assert (code, complained) == (2, "Another backup is being restored just now.\n")


def test_a_damaged_database_is_replaced_only_while_no_engine_runs(otn, tmp_path):
    otn("topics", "add", "News")
    otn("backup", tmp_path / "mine.db")
    damaged = b"SQLite format 3\0" + b"no more of it" * 1000
    (tmp_path / "cli.db").write_bytes(damaged)
    with FileLock(tmp_path / "cli.db.1.engine"):
        code, _, complained = otn("restore", tmp_path / "mine.db")
    assert code == 2
    assert "is damaged, and an engine runs with it" in complained
    assert (tmp_path / "cli.db").read_bytes() == damaged
    code, said, _ = otn("restore", tmp_path / "mine.db")
    assert code == 0
    assert "could not be read" in said
    assert "News" in otn("topics", "list")[1]
    (kept,) = tmp_path.glob("cli.replaced-*")
    assert kept.read_bytes() == damaged


@pytest.fixture
def stage(tmp_path):
    with Stage(tmp_path, "Kicks & Co") as stage:
        stage.start_engine()
        stage.subscribe()
        project = Project.of(load(shipped.path("flows/back-in-stock.json")))
        publish(stage.database, stage.page_id, project, stage.now())
        yield stage


def say_yes(stage: Stage, name: str):
    person = stage.emulator.add_person(name)
    person.write("restock")
    stage.settle()
    person.tap("42")
    stage.settle()
    person.notify_me()
    stage.settle()
    return person


def by_permission(person) -> list[str]:
    return [entry["text"] for entry in person.phone() if entry.get("by_permission")]


def announce(stage: Stage, text: str) -> int:
    return announce_text(stage.database, stage.page_id, TOPIC, text, stage.now())


def test_a_running_engine_goes_on_with_what_was_restored(otn, stage, tmp_path, monkeypatch):
    url = f"sqlite:///{stage.database.file}"
    monkeypatch.setenv("OTN_STUDIO_DATABASE_URL", url)
    ann = say_yes(stage, "Ann")
    assert otn("backup", tmp_path / "mine.db")[0] == 0
    bob = say_yes(stage, "Bob")
    assert announce(stage, "First") == 2
    stage.settle()
    assert otn("restore", tmp_path / "mine.db")[0] == 0
    cleo = say_yes_without_answers(stage, "Cleo")
    assert otn("restore", "--confirm")[0] == 0
    stage.settle()
    cleo.tap("42")
    stage.settle()
    cleo.notify_me()
    stage.settle()
    assert announce(stage, "Second") == 1
    stage.settle()
    assert [by_permission(person) for person in (ann, bob, cleo)] == [
        ["First"],
        ["First"],
        ["Second"],
    ]
    with stage.database.reading() as connection:
        assert len(connection.scalars(select(permission.c.id)).all()) == 3
    with closing(sqlite3.connect(stage.database.file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def say_yes_without_answers(stage: Stage, name: str):
    """Whoever writes before the user has confirmed is heard, and answered later."""
    person = stage.emulator.add_person(name)
    person.write("restock")
    stage._wait(lambda: stage._health()["sends_waiting"] > 0)
    assert [entry for entry in person.phone() if entry["from"] == "page"] == []
    return person
