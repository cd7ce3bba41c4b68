"""Putting a backup in the place of a database, also while an engine runs with it."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from otn_studio.storage import migrating, troubles
from otn_studio.storage.database import BUSY_MILLISECONDS, Database
from otn_studio.storage.keeping import backups, files
from otn_studio.storage.keeping.backups import OnStep
from otn_studio.storage.tables import metadata
from otn_studio.storage.troubles import DatabaseProblem

_JOURNALS: Final = ("-wal", "-shm", "-journal")


@contextmanager
def prepared(backup: Path, live: Path, on_step: OnStep) -> Iterator[Path]:
    """A checked copy of a backup, brought up to date, beside the database that it is to replace.

    Raises:
        DatabaseProblem: the backup is damaged, no database of ours, or newer than this program.
    """
    if not backup.is_file():
        raise DatabaseProblem("There is no file {file}.", file=backup)
    if live.exists() and backup.samefile(live):
        raise DatabaseProblem("{file} is the database itself, not a backup.", file=backup)
    files.make_place(live.with_name(f"{live.name}.restoring"))
    copy = files.beside(live, ".restoring")
    _remove(copy)  # what a crash left: its journal does not belong to the next one
    try:
        backups.copy(backup, copy, on_step)
        revision = _revision(copy)
        if revision is None:
            raise DatabaseProblem("{file} is no backup of OTN Studio.", file=backup)
        if migrating.is_newer(revision):
            raise DatabaseProblem(
                "The backup {file} was made by a newer OTN Studio. Update OTN Studio.", file=backup
            )
        Database.open(f"sqlite:///{copy}", keep_old=False).close()
        yield copy
    finally:
        _remove(copy)


def _remove(copy: Path) -> None:
    for ending in ("", *_JOURNALS):
        files.beside(copy, ending).unlink(missing_ok=True)


def _revision(file: Path) -> str | None:
    """Which version's tables are in a file; none where they are not ours."""
    with closing(sqlite3.connect(file)) as connection:
        query = "SELECT count(*) FROM sqlite_master WHERE name IN ('alembic_version', 'permission')"
        if connection.execute(query).fetchone() != (2,):
            return None
        return connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]


class Held:
    """A database in which nobody else writes until it is replaced."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def replace(self) -> None:
        """Let the copy take its place, in one transaction: whoever has it open goes on with that."""
        for table in metadata.sorted_tables:
            names = [column.name for column in table.columns]
            key = [column.name for column in table.primary_key]
            if len(key) == 1:
                self._note_others(table.name, *key, names)
                which = f"{key[0]} IN (SELECT key FROM other)"
            else:
                which = "true"
            columns = ", ".join(names)
            self._connection.execute(f"DELETE FROM main.{table.name} WHERE {which}")
            self._connection.execute(
                f"INSERT INTO main.{table.name} ({columns})"
                f" SELECT {columns} FROM new.{table.name} WHERE {which}"
            )
        self._connection.execute("COMMIT")

    def _note_others(self, table: str, key: str, names: list[str]) -> None:
        """Only the rows that differ are written, which are mostly few."""
        here, there = (", ".join(f"{of}.{name}" for name in names) for of in "mn")
        self._connection.execute("DELETE FROM other")
        self._connection.execute(
            f"INSERT INTO other SELECT m.{key} FROM main.{table} m"
            f" LEFT JOIN new.{table} n ON n.{key} = m.{key} WHERE ({here}) IS NOT ({there})"
        )
        self._connection.execute(
            f"INSERT INTO other SELECT {key} FROM new.{table}"
            f" WHERE {key} NOT IN (SELECT {key} FROM main.{table})"
        )


@contextmanager
def held(live: Path, copy: Path) -> Iterator[Held]:
    """Keep others from writing into a database until the copy has taken its place.

    Webhooks wait meanwhile, or are sent again by Messenger.
    """
    try:
        with closing(sqlite3.connect(live, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA cache_size=-65536")
            connection.execute("ATTACH ? AS new", (str(copy),))
            connection.execute("CREATE TEMP TABLE other (key PRIMARY KEY)")
            connection.execute("BEGIN")
            connection.execute("UPDATE main.page SET id = id WHERE false")  # locks this file only
            yield Held(connection)
    except sqlite3.Error as error:
        raise troubles.problem(error, live) from error


def keep(live: Path, now: datetime, on_step: OnStep) -> Path:
    """Keep a copy of the database as it is, beside it."""
    kept = backups.replaced(live, now)
    backups.copy(live, kept, on_step)
    return kept


def keep_damaged(live: Path, now: datetime) -> Path:
    """The same for one that SQLite can't copy: byte by byte, with its journal."""
    kept = backups.replaced(live, now)
    for ending in ("", "-wal"):
        if files.beside(live, ending).exists():
            shutil.copy(files.beside(live, ending), files.beside(kept, ending))
    return kept


def put_in_place(copy: Path, live: Path) -> None:
    """Let the copy be the database. Nobody may have that open."""
    for journal in _JOURNALS:
        files.beside(live, journal).unlink(missing_ok=True)
    backups.on_to_the_disk(copy)
    os.replace(copy, live)
    backups.on_to_the_disk(live.parent)
