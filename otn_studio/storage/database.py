"""Opening the database, and its transactions.

Commit is what happens at the end of a ``with database.writing()``; an exception rolls back.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, OperationalError

from otn_studio.storage import json_text, migrating, troubles
from otn_studio.storage.engine import lanes
from otn_studio.storage.keeping import backups, files
from otn_studio.storage.troubles import DatabaseProblem

BUSY_MILLISECONDS = 10_000
PRAGMAS = (
    f"PRAGMA busy_timeout={BUSY_MILLISECONDS}",
    "PRAGMA synchronous=FULL",  # a message recorded as sent must survive a power cut
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",  # of whoever is forgotten nothing stays in empty places
    "PRAGMA cache_size=-16384",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA wal_autocheckpoint=4000",
    "PRAGMA fullfsync=1",  # only macOS tells the difference
    "PRAGMA checkpoint_fullfsync=1",
)
WRITERS_CACHE = "PRAGMA cache_size=-65536"
"""In KB, as above. There is one writer; of the others there may be many, each with its own cache."""


class Database:
    """One database. Any number of processes may have it open; one at a time writes on SQLite."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, url: str, keep_old: bool = True) -> "Database":
        """Open a database by its URL, make it where it is missing, and bring it up to date; an old
        file is kept beside it as it was, if it is to be.

        Raises:
            DatabaseProblem: it can't be opened, is damaged, or is newer than this program.
        """
        try:
            return cls(_opened(address(url), keep_old))
        except migrating.NewerDatabase as error:
            raise DatabaseProblem(
                "The database at {url} was made by a newer OTN Studio. Update OTN Studio.",
                url=_shown(url),
            ) from error
        except ImportError as error:
            raise DatabaseProblem(
                "PostgreSQL needs more packages: pip install 'otn-studio[server]'"
            ) from error
        except (ArgumentError, NoSuchModuleError) as error:
            raise DatabaseProblem(
                "“{url}” is not an address of a database that can be used here, such as"
                " sqlite:///otn-studio.db",
                url=_shown(url),
            ) from error
        except (DatabaseError, OSError) as error:
            raise troubles.problem(error, _where(address(url))) from error

    @property
    def file(self) -> Path | None:
        """Where it is; none where it is a server's, or in memory."""
        return files.file_of(self.engine.url)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that changes something. On SQLite it waits for its turn to write first.

        Raises:
            DatabaseProblem: the disk is full, somebody else writes for too long, or the like.
        """
        with _problems(self.engine.url), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only looks; it never waits for a writer on SQLite.

        Raises:
            DatabaseProblem: the file can't be read, or the like.
        """
        with (
            _problems(self.engine.url),
            self.engine.connect().execution_options(only_reads=True) as connection,
        ):
            yield connection

    def carried_by(self, carrier: lanes.Carrier) -> "Database":
        """The same one; who carries wake-ups to other processes is told whenever a lane is woken."""
        return Database(self.engine.execution_options(**{lanes.CARRIER: carrier}))

    def writer(self) -> "Writer":
        """For whoever writes again and again, and wants to know when somebody else does."""
        return Writer(self.engine.connect())

    def close(self) -> None:
        self.engine.dispose()


def address(url: str) -> URL:
    """The address that a text is; PostgreSQL is talked to through psycopg 3.

    >>> address("postgresql://db/shop").drivername
    'postgresql+psycopg'

    Raises:
        ArgumentError: it is none.
    """
    read = make_url(url)
    if read.drivername in ("postgresql", "postgres"):
        return read.set(drivername="postgresql+psycopg")
    return read


@contextmanager
def _problems(url: URL) -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        if not isinstance(error, OperationalError) and not troubles.is_damage(error.orig):
            raise
        raise troubles.problem(error, _where(url)) from error


class Writer:
    """A connection that is kept for writing. One thread at a time may use it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        if connection.dialect.name == "sqlite":
            self._raw().execute(WRITERS_CACHE)

    @contextmanager
    def writing(self, one_statement: bool = False) -> Iterator[Connection]:
        """See `Database.writing`.

        One statement alone is a transaction by itself on SQLite: without the two that begin and end
        one, it waits less often for Python's lock, which whoever answers meanwhile has.
        """
        connection = self._connection.execution_options(one_statement=one_statement)
        with _problems(connection.engine.url), connection.begin():
            yield connection

    def others(self) -> object:
        """Another value as soon as anybody else has changed something; our own changes don't count."""
        if self._connection.dialect.name != "sqlite":
            return object()
        return self._raw().execute("PRAGMA data_version").fetchone()[0]

    def _raw(self) -> Any:
        raw = self._connection.connection.driver_connection
        assert raw is not None
        return raw

    def close(self) -> None:
        self._connection.close()


def _opened(url: URL, keep_old: bool) -> Engine:
    file, keep = files.file_of(url), None
    on_server = url.get_backend_name() == "postgresql"
    if file is not None:
        files.make_place(file)
        files.check_after_crash(file)
        keep = partial(_keep_old, file) if keep_old else None
    engine = create_engine(
        url,
        connect_args={"client_encoding": "utf8"} if on_server else {},
        hide_parameters=True,  # what people wrote, and their permissions, are no log's business
        pool_pre_ping=True,  # a server may have been away since
        json_serializer=json_text.written,
        json_deserializer=json_text.read,
    )
    event.listen(engine, "handle_error", troubles.leave_out_values)
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", partial(_set_up_sqlite, file))
        event.listen(engine, "begin", _begin_sqlite)
    try:
        if on_server:
            _check_encoding(engine)
        with engine.connect() as connection:
            migrating.migrate(connection, keep)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _check_encoding(engine: Engine) -> None:
    with engine.connect() as connection:
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
    if encoding != "UTF8":
        raise DatabaseProblem(
            "The database at {url} keeps text as {encoding}, which does not hold all that people"
            " write. Make one with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.",
            url=_where(engine.url),
            encoding=encoding,
        )


def _keep_old(file: Path, revision: str) -> None:
    backups.copy(file, backups.before_upgrade(file, revision, datetime.now(UTC)))


def _set_up_sqlite(file: Path | None, connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy says when a transaction begins, not the driver
    for pragma in PRAGMAS:
        connection.execute(pragma)
    (mode,) = connection.execute("PRAGMA journal_mode=WAL").fetchone()
    if file is not None and mode != "wal":
        files.refuse_disk(file)


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get("one_statement", False):
        only_reads = options.get("only_reads", False)
        connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")


def _where(url: URL) -> str:
    return str(files.file_of(url) or url.render_as_string(hide_password=True))


def _shown(url: str) -> str:
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return re.sub(r":[^:@]*@", ":***@", url)
