"""What is old goes, and the file gets smaller: in small steps, between which others write."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, select

from otn_studio.storage import troubles
from otn_studio.storage.database import Database
from otn_studio.storage.engine import webhooks
from otn_studio.storage.insights import progress
from otn_studio.storage.tables import event

EVENTS_AT_ONCE: Final = 500
PAGES_AT_ONCE: Final = 256
ROOM: Final = 0.1
"""So much of a file may be empty: the next rows fill it."""
KEPT_KINDS: Final = ("optin",)
"""A person's yes is the proof that they were not written to unasked, and repeats are told by it."""


def trim(database: Database, before: datetime) -> Iterator[int]:
    """Delete the events that were stored and read before an instant; each step answers how many.

    Events are stored one after the other: where a whole step is younger, so is all behind it.
    """
    with database.writing() as connection:
        webhooks.forget_set_aside(connection, before)
    last = 0
    while True:
        with database.reading() as connection:
            rows = connection.execute(_NEXT, {"last": last}).all()
        old = [row for row in rows if row.stored_at < before]
        if not old:
            return
        last = rows[-1].id
        ids = [row.id for row in old if row.done_at is not None and row.kind not in KEPT_KINDS]
        if ids:
            with database.writing() as connection:
                connection.execute(_DELETE, {"ids": ids})
                progress.step_back(connection)
        yield len(ids)


_NEXT = (
    select(event.c.id, event.c.kind, event.c.stored_at, event.c.done_at)
    .where(event.c.id > bindparam("last"))
    .order_by(event.c.id)
    .limit(EVENTS_AT_ONCE)
)
_DELETE = delete(event).where(event.c.id.in_(bindparam("ids", expanding=True)))


def compact(database: Database) -> Iterator[int]:
    """Give empty pages of an SQLite file back to the disk, if there are many of them.

    In a file from before this was thought of, SQLite fills them with what comes, and keeps them.
    """
    if database.file is None or not _is_worth_it(database):
        return
    empty = _pages(database, "freelist_count")
    while empty:
        _free_some(database)
        before, empty = empty, _pages(database, "freelist_count")
        if empty >= before:
            return
        yield before - empty


def _free_some(database: Database) -> None:
    """As a script: the driver would let anything else free one page only."""
    with database.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        try:
            raw.executescript(f"PRAGMA incremental_vacuum({PAGES_AT_ONCE})")
        except sqlite3.Error as error:
            raise troubles.problem(error, database.file) from error


def _is_worth_it(database: Database) -> bool:
    empty = _pages(database, "freelist_count")
    return empty > PAGES_AT_ONCE and empty > ROOM * _pages(database, "page_count")


def _pages(database: Database, which: str) -> int:
    with database.reading() as connection:
        return connection.exec_driver_sql(f"PRAGMA {which}").scalar_one()
