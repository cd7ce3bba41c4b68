"""The rows of a table in plain values, the same from every database, in the order of their keys."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Row,
    Table,
    Text,
    cast,
    collate,
    literal,
    select,
    tuple_,
    type_coerce,
)

from otn_studio.storage.instant import Instant

AT_ONCE: Final = 5_000


def in_order(connection: Connection, table: Table) -> Iterator[Sequence[Row[Any]]]:
    """All rows, a few thousand at a time."""
    key = [_ordered(connection, column) for column in table.primary_key]
    query = select(*map(_plain, table.columns)).order_by(*key).limit(AT_ONCE)
    rows = connection.execute(query).all()
    while rows:
        yield rows
        last = [literal(rows[-1][place]) for place in key_places(table)]
        rows = connection.execute(query.where(tuple_(*key) > tuple_(*last))).all()


def key_places(table: Table) -> list[int]:
    """Where in a row its key is."""
    columns = list(table.columns)
    return [columns.index(column) for column in table.primary_key]


def faithful(value: Any) -> Any:
    """The value as PostgreSQL can keep it: it takes no zero characters, which nobody sees anyway."""
    return value.replace("\0", "") if isinstance(value, str) and "\0" in value else value


def _plain(column: Column[Any]) -> ColumnElement[Any]:
    """JSON as it is written, so that nothing is not null; instants as their numbers."""
    if isinstance(column.type, JSON):
        return cast(column, Text)
    if isinstance(column.type, Instant):
        return type_coerce(column, BigInteger)
    return column


def _ordered(connection: Connection, column: Column[Any]) -> ColumnElement[Any]:
    """Texts go byte by byte, as on SQLite; PostgreSQL would go by the rules of some language."""
    if connection.dialect.name == "sqlite" or not isinstance(column.type, Text):
        return column
    return collate(column, "C")
