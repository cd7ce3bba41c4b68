"""A database of an older version is brought up to date with all that is in it."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import select, text, update

from otn_studio.storage.database import Database
from otn_studio.storage.people import searching
from otn_studio.storage.tables import contact
from tests.storage.old import FIRST, make_old


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{make_old(tmp_path / 'old.db')}"


def test_every_row_is_still_there_and_refers_to_what_it_did(url):
    database = Database.open(url)
    with database.reading() as connection:
        for table, row in FIRST.items():
            columns = ", ".join(f"{name} = {value}" for name, value in row.items())
            assert connection.execute(text(f"SELECT {columns} FROM {table}")).all() == [
                (1,) * len(row)
            ]
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
        assert connection.execute(
            text("SELECT frequency, follow_ups, expires_at FROM permission")
        ).all() == [(None, 0, 6)]
        assert connection.scalar(text("SELECT asks_again FROM topic")) == 1
    database.close()


def test_the_indexes_of_a_table_that_was_made_anew_are_still_partial(url):
    database = Database.open(url)
    query = "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'permission'"
    with database.reading() as connection:
        indexes = connection.scalars(text(query + " AND sql LIKE '%next_allowed_at IS NOT NULL'"))
        assert len(indexes.all()) == 1
    database.close()


def test_a_permission_may_last_for_ever(url):
    database = Database.open(url)
    with database.writing() as connection:
        connection.execute(text("UPDATE permission SET expires_at = NULL"))
    database.close()


def test_the_file_is_kept_as_it_was(url, tmp_path):
    Database.open(url).close()
    (kept,) = tmp_path.glob("old.before-upgrade-0001-*.db")
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT * FROM alembic_version").fetchall() == [("0001",)]
        assert connection.execute("SELECT token FROM permission").fetchall() == [("tok",)]
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_new_or_up_to_date_is_not_kept_again(url, tmp_path):
    for _ in range(2):
        Database.open(f"sqlite:///{tmp_path / 'new.db'}").close()
        Database.open(url).close()
    assert len(list(tmp_path.glob("*.before-upgrade-*"))) == 1


def test_people_and_segments_are_found_by_either_apostrophe(url):
    database = Database.open(url)
    with database.writing() as connection:
        connection.execute(update(contact).values(fields={"shop": "Ann’s"}))
        for change in (
            "UPDATE alembic_version SET version_num = '0004'",
            "INSERT INTO contact_word VALUES ('1', 'shop=ann’s', 7)",
            "INSERT INTO segment VALUES (1, '1', 'Ann’s', 'ann’s', '{}', 5)",
            "INSERT INTO segment VALUES (2, '1', 'Ben’s', 'ben’s', '{}', 5)",
            "INSERT INTO segment VALUES (3, '1', 'Ben''s', 'ben''s', '{}', 5)",
        ):
            connection.execute(text(change))
    database.close()
    database = Database.open(url)
    with database.reading() as connection:
        for typed in ("Ann's", "Ann’s"):
            found = select(contact.c.id).where(searching.has_value("1", "shop", typed))
            assert connection.scalars(found).all() == [7]
        keys = connection.scalars(text("SELECT name_key FROM segment ORDER BY id")).all()
    assert keys == ["ann's", "ben’s", "ben's"]
    database.close()
