"""What all tables have in common."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = BigInteger().with_variant(Integer, "sqlite")
"""A number that the database gives; on SQLite only ``INTEGER`` counts by itself."""


def page_id() -> Column[str]:
    return Column("page_id", Text, ForeignKey("page.id"), nullable=False)


def partial_index(
    name: str, *columns: Column[Any], where: ColumnElement[bool], unique: bool = False
) -> Index:
    """One of some rows only, whichever database it is."""
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)
