"""Inserting what may be there already: each database says it in its own way."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite

_INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@lru_cache(maxsize=32)
def _insert(dialect: str, table: Table) -> Insert:
    return _INSERT[dialect](table).on_conflict_do_nothing()


def insert_missing(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert the rows that break no unique constraint, and leave out the rest."""
    if rows:
        connection.execute(_insert(connection.dialect.name, table), rows)
