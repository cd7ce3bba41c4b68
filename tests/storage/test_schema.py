"""What the migrations make is what `tables` says, to the last index."""

import re
from collections.abc import Iterable

import pytest
from sqlalchemy import Connection, create_engine, inspect, text

from otn_studio.storage.database import Database, address
from otn_studio.storage.tables import metadata
from tests.postgres import fresh_database

OURS = {"alembic_version"}
INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
}


@pytest.fixture
def migrated(url):
    """A database that was brought up to date, step by step."""
    database = Database.open(url)
    with database.engine.connect() as connection:
        yield connection
    database.close()


@pytest.fixture
def made(url, tmp_path):
    """A database that was made at once."""
    is_file = url.startswith("sqlite")
    engine = create_engine(
        f"sqlite:///{tmp_path / 'made.db'}" if is_file else address(fresh_database())
    )
    metadata.create_all(engine)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_migrations_make_the_indexes_that_the_tables_name(migrated, made):
    assert indexes(migrated) == indexes(made)


def test_migrations_make_the_columns_that_the_tables_have(migrated, made):
    assert columns(migrated) == columns(made)


def indexes(connection: Connection) -> set[tuple[str, str]]:
    rows = connection.execute(text(INDEXES[connection.dialect.name]))
    return {(name, plain(sql)) for name, sql in rows if "alembic" not in name}


def columns(connection: Connection) -> dict[str, set[tuple[str, str, bool]]]:
    found = inspect(connection)
    return {
        table: {(c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(table)}
        for table in names(found.get_table_names())
    }


def names(tables: Iterable[str]) -> set[str]:
    return set(tables) - OURS


def plain(sql: str) -> str:
    """Without quotes and line ends."""
    return re.sub(r"\s+", " ", sql.replace('"', "")).strip()
