from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select

from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.storage.tables import contact

ANN = "7000000000000001"


@pytest.fixture
def ann(database):
    """The database, in which Ann is known."""
    opened = Database.open(database)
    with opened.writing() as connection:
        pages.ensure(connection, "1")
        known = {"page_id": "1", "fields": {}, "tags": [], "first_seen_at": datetime.now(UTC)}
        connection.execute(insert(contact).values(person_id=ANN, **known))
    yield opened
    opened.close()


def people(opened: Database) -> list[str]:
    with opened.reading() as connection:
        return list(connection.scalars(select(contact.c.person_id)))


def test_a_person_is_forgotten_and_what_still_knows_them_is_named(otn, ann, tmp_path):
    for copy in ("cli.backup-2026-11-20.db", "cli.replaced-2026-11-20-120000.db"):
        (tmp_path / copy).touch()
    code, said, _ = otn("forget", ANN, "--yes")
    assert code == 0
    assert people(ann) == []
    assert "they are gone in 7 days" in said
    assert f"{tmp_path / 'cli.replaced-2026-11-20-120000.db'} may know them" in said


@pytest.mark.parametrize(("answer", "left"), [("n", [ANN]), ("y", [])])
def test_it_asks_before(otn, ann, monkeypatch, answer, left):
    monkeypatch.setattr("builtins.input", lambda _: answer)
    otn("forget", ANN)
    assert people(ann) == left


def test_somebody_unknown_is_told(otn, ann):
    code, _, complained = otn("forget", "1", "--yes")
    assert code == 2
    assert complained == "The Page knows nobody with the id 1.\n"
    assert people(ann) == [ANN]
