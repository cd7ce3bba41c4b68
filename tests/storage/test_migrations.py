"""A database of an older version is brought up to date with all that is in it."""

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from otn_studio.storage import migrating
from otn_studio.storage.database import Database

FIRST = {
    "page": {"id": "'1'"},
    "topic": {
        "page_id": "'1'",
        "id": "'t1'",
        "name": "'News'",
        "name_key": "'news'",
        "created_at": "5",
    },
    "contact": {
        "id": "7",
        "page_id": "'1'",
        "person_id": "'ann'",
        "fields": "'{}'",
        "tags": "'[]'",
        "first_seen_at": "5",
    },
    "permission": {
        "id": "9",
        "page_id": "'1'",
        "contact_id": "7",
        "topic_id": "'t1'",
        "token": "'tok'",
        "opted_in_at": "5",
        "expires_at": "6",
        "next_allowed_at": "5",
    },
    "send": {
        "id": "11",
        "page_id": "'1'",
        "contact_id": "7",
        "permission_id": "9",
        "last": "true",
        "message": "'{}'",
        "created_at": "5",
        "state": "'sent'",
    },
}
"""A row in each of the tables that changed, in SQL."""


@pytest.fixture
def url(tmp_path):
    """A database as the first version made it."""
    url = f"sqlite:///{tmp_path / 'old.db'}"
    engine = create_engine(url)
    config = Config()
    folder = migrating.__file__.removesuffix("migrating.py") + "migrations"
    config.set_main_option("script_location", folder)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        config.attributes["metadata"] = migrating.metadata
        command.upgrade(config, "0001")
        for table, row in FIRST.items():
            columns, values = ", ".join(row), ", ".join(row.values())
            connection.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({values})"))
    engine.dispose()
    return url


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
