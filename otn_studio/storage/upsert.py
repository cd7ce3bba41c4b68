"""Inserting what may be there already: each database says it in its own way."""

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

_INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def insert_missing(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> int:
    """Insert the rows that break no unique constraint, leave out the rest, and count those put in.

    The count is -1 where the driver can't tell.
    """
    if not rows:
        return 0
    statement = _INSERT[connection.dialect.name](table).on_conflict_do_nothing()
    return connection.execute(statement, rows).rowcount
