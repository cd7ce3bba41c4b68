"""Bringing a database up to date, with Alembic."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, column, func, inspect, select, table

from otn_studio.storage.tables import metadata

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS: Final = Path(__file__).parent / "migrations"
_VERSION: Final = table("alembic_version", column("version_num"))
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
    with _tables_may_be_made_anew(connection), connection.begin():
        _wait_for_others(connection)
        found = _revision(connection)
        if found == latest():
            return
        if found is not None and is_newer(found):
            raise NewerDatabase
        if found is not None and keep is not None:
            keep(found)
        from alembic import command

        config = _config()
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
    return revision > latest()


def latest() -> str:
    """The revision that this version of the program makes: its files are called after theirs.

    Alembic could tell, too, but takes as long to load as all of our own storage.
    """
    files = (SCRIPTS / "versions").glob("m[0-9]*")
    return max(file.name.removeprefix("m").partition("_")[0] for file in files)


def _revision(connection: Connection) -> str | None:
    """That of the tables that there are; none: there are none."""
    if not inspect(connection).has_table(_VERSION.name):
        return None
    return connection.execute(select(_VERSION.c.version_num)).scalar()


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    return config
