"""People in a file for other programs."""

import csv
import json
from datetime import UTC, datetime, timedelta

import pytest

from otn_studio.blocks.words import Problem
from otn_studio.flow.audience import EVERYBODY, Audience
from otn_studio.runtime.people import exporting
from otn_studio.runtime.people.exporting import Export
from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.storage.engine import inbox
from otn_studio.storage.people import contacts
from otn_studio.storage.permissions import permissions, topics
from tests.postgres import fresh_database

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
PAGE = "1"
SECRET = "token-of-ann"


class Enough(Exception):
    """The person wants the file no more."""


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path):
    is_file = request.param == "sqlite"
    database = Database.open(f"sqlite:///{tmp_path / 'a.db'}" if is_file else fresh_database())
    with database.writing() as connection:
        pages.ensure(connection, PAGE)
        topics.add(connection, PAGE, "t", "Blue sneakers", NOW)
        ids = inbox.contacts_of(connection, PAGE, ["ann", "bob"], NOW)
        fields = {"first_name": "Änn, the “first”", "size": "=1+1", "debt": "-5"}
        contacts.know(connection, PAGE, ids["ann"], fields, ["vip", "@you"])
        contacts.know(connection, PAGE, ids["bob"], {"city": "Rome\nItaly"}, [])
        ends = NOW + timedelta(days=9)
        permissions.keep(connection, PAGE, ids["ann"], "t", SECRET, NOW, ends)
    yield database
    database.close()


@pytest.fixture
def export(database, tmp_path):
    def write(name, audience=EVERYBODY, step=lambda done: None):
        file = tmp_path / name
        return file, Export(database, PAGE, NOW, step).write(audience, file)

    return write


def test_a_table_has_a_column_for_every_field_and_runs_no_formula(export):
    file, count = export("people.csv")
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert count == len(rows) == 2
    assert rows[0]["city"] == "Rome\nItaly"
    ann = rows[1]
    assert (ann["id"], ann["first_name"]) == ("ann", "Änn, the “first”")
    assert (ann["size"], ann["debt"], ann["city"]) == ("'=1+1", "-5", "")
    assert (ann["tags"], ann["permissions"]) == ("'@you, vip", "Blue sneakers: usable")
    assert ann["first seen"] == "2026-11-23T09:00:00+00:00"


def test_a_document_has_everything_in_its_kind(export):
    file, _ = export("people.JSON")
    bob, ann = json.loads(file.read_text("utf-8"))
    assert bob["last_answer"] is None
    assert ann["fields"]["size"] == "=1+1"
    assert ann["tags"] == ["@you", "vip"]
    (held,) = ann["permissions"]
    assert (held["topic"], held["status"]) == ("Blue sneakers", "usable")
    assert held["until"] == "2026-12-02T09:00:00+00:00"


@pytest.mark.parametrize("name", ["people.csv", "people.json"])
def test_no_permission_can_be_used_by_what_is_in_it(export, name):
    file, _ = export(name)
    assert SECRET not in file.read_text("utf-8")
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["nobody.csv", "nobody.json"])
def test_nobody_is_a_file_too(export, name):
    file, count = export(name, Audience(words="zoe"))
    assert count == 0
    if name.endswith("json"):
        assert json.loads(file.read_text("utf-8")) == []


@pytest.mark.parametrize("name", ["people.csv", "people.json"])
def test_it_tells_how_far_it_is_and_can_be_stopped(export, monkeypatch, tmp_path, name):
    monkeypatch.setattr(exporting, "AT_ONCE", 1)
    (tmp_path / name).write_text("as it was")
    steps = []
    export("other" + name, step=steps.append)
    assert steps == sorted(steps)
    assert (steps[0], steps[-1]) == (0.0, 1.0)

    def stop(done):
        if done >= 0.5:
            raise Enough

    with pytest.raises(Enough):
        export(name, step=stop)
    assert (tmp_path / name).read_text() == "as it was"
    assert not list(tmp_path.glob(".*"))


def test_a_file_that_can_t_be_written_is_said(export):
    with pytest.raises(Problem, match=r"nowhere/people\.csv can’t be written: No such file"):
        export("nowhere/people.csv")
    with pytest.raises(Problem, match=r"\.csv or \.json"):
        export("people.xlsx")
