"""Inserting what may be there already: each database says it in its own way."""

from collections.abc import Sequence
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


@lru_cache(maxsize=32)
def _adding(dialect: str, table: Table, counts: tuple[str, ...]) -> Insert:
    statement = _INSERT[dialect](table)
    sums = {name: table.c[name] + statement.excluded[name] for name in counts}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=sums)


def add_up(
    connection: Connection, table: Table, rows: list[dict[str, Any]], counts: Sequence[str]
) -> None:
    """Insert rows, and add the counts of those whose key is there already to what is there."""
    if rows:
        connection.execute(_adding(connection.dialect.name, table, tuple(counts)), rows)
