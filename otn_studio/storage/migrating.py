"""Bringing a database up to date, with Alembic."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select

from otn_studio.storage.tables import metadata

_TURN = 5_072_019
"""Any number: that of the lock that is held while tables are made."""


class NewerDatabase(Exception):
    """The database was made by a version of the program that this one does not know."""


def migrate(connection: Connection, keep: Callable[[str], object] | None = None) -> None:
    """Make every table that is missing and change every one that is old; all of it, or nothing.

    ``keep`` is called before anything changes that was there, with its revision; nobody else writes
    meanwhile.

    Raises:
        NewerDatabase: the database is ahead of this program.
    """
    config, scripts = _config(), ScriptDirectory.from_config(_config())
    with _tables_may_be_made_anew(connection), connection.begin():
        _wait_for_others(connection)
        found = MigrationContext.configure(connection).get_current_revision()
        if found == scripts.get_current_head():
            return
        if found is not None and is_newer(found):
            raise NewerDatabase
        if found is not None and keep is not None:
            keep(found)
        config.attributes["connection"] = connection
        config.attributes["metadata"] = metadata
        command.upgrade(config, "head")


def _wait_for_others(connection: Connection) -> None:
    """Several processes may start at the same time; on SQLite only one of them writes anyway."""
    if connection.dialect.name != "sqlite":
        connection.execute(select(func.pg_advisory_xact_lock(_TURN)))


@contextmanager
def _tables_may_be_made_anew(connection: Connection) -> Iterator[None]:
    """SQLite changes a column by a new table, and must not miss the old one's rows meanwhile.

    It takes this only outside a transaction, so it is said to the driver.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    sqlite = connection.connection.driver_connection
    assert sqlite is not None
    sqlite.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        sqlite.execute("PRAGMA foreign_keys=ON")


def is_newer(revision: str) -> bool:
    """Whether a database of that revision was made by a version that this one does not know."""
    scripts = ScriptDirectory.from_config(_config())
    return revision not in {script.revision for script in scripts.walk_revisions()}


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
