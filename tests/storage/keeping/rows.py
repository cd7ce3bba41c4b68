"""Rows of any kind for all tables, by nothing but what the tables declare."""

from datetime import UTC, datetime

from hypothesis import strategies as st
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from otn_studio.storage.instant import Instant
from otn_studio.storage.tables import metadata

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
instants = st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
documents = st.none() | st.lists(values, max_size=3) | st.dictionaries(texts, values, max_size=3)
"""Never a bare number, which SQLite would take for one and round."""


@st.composite
def all_rows(draw) -> dict[Table, list[dict]]:
    """Rows for every table, as many in each."""
    count = draw(st.integers(0, 4))
    made: dict[Table, list[dict]] = {}
    for table in metadata.sorted_tables:
        made[table] = [_row(draw, table, number, made) for number in range(count)]
    return made


def _row(draw, table, number, made):
    return {column.name: _value(draw, column, number, made) for column in table.columns}


def _value(draw, column, number, made):
    keys = column.table.primary_key
    key = column.primary_key and (len(keys) == 1 or all(key.foreign_keys for key in keys))
    if column.foreign_keys:
        (foreign,) = column.foreign_keys
        rows = made[foreign.column.table]
        place = number if key else draw(st.integers(0, len(rows) - 1))
        return rows[place][foreign.column.name]
    if column.nullable and draw(st.booleans()):
        return None
    if key and isinstance(column.type, BigInteger):
        return 10 * number + draw(st.integers(1, 9))
    return _unique(draw, column, number) if is_unique(column) else draw(of_type(column))


def is_unique(column) -> bool:
    table = column.table
    constraints = [c for c in table.constraints if isinstance(c, UniqueConstraint)]
    indexes = [index for index in table.indexes if index.unique]
    named = {c.name for group in (*constraints, *indexes) for c in group.columns}
    return column.primary_key or column.name in named


def _unique(draw, column, number):
    if isinstance(column.type, Integer):
        return number
    return f"{number}{draw(texts)}"


def of_type(column):
    """Values of a column."""
    match column.type:
        case Instant():
            return instants
        case JSON():
            return documents
        case Boolean():
            return st.booleans()
        case Integer():
            return st.integers(-(2**31), 2**31 - 1)
        case Text():
            return texts
        case LargeBinary():
            return st.binary(max_size=8)
    raise AssertionError(f"no rows can be made for {column}")
