"""Moving everything from a database in a file into an empty one of PostgreSQL.

All of it or nothing: one transaction at each end. What arrived is compared with what left, row by row,
before it counts. From then on nothing is sent from the file, which is otherwise left as it is.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Table, func, select, text, update

from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.storage.keeping import comparing
from otn_studio.storage.keeping.backups import OnStep, no_matter
from otn_studio.storage.keeping.comparing import Compared
from otn_studio.storage.keeping.rows import faithful, in_order
from otn_studio.storage.pages import MOVED, RESTORED, Stop
from otn_studio.storage.tables import engine_process, lease, metadata, page
from otn_studio.storage.troubles import DatabaseProblem

LEFT_BEHIND: Final = (engine_process, lease)
"""Who serves the Pages just now, which is nobody."""
TABLES: Final = [table for table in metadata.sorted_tables if table not in LEFT_BEHIND]
"""Each behind those that it refers to."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What arrived, table by table; in so many texts a zero character was left out."""

    tables: tuple[Compared, ...]
    mended: int


def move(
    source: Database, target: Database, again: bool = False, on_step: OnStep = no_matter
) -> Moved:
    """Move everything, or, where anything goes wrong, nothing.

    ``again``: also what was moved before. Nothing is sent then until a person lets it, for what has
    been sent from elsewhere meanwhile is not known here.

    Raises:
        DatabaseProblem: it can't be moved, or something arrived otherwise than it left.
    """
    with target.writing() as theirs, source.writing() as ours:
        _refuse_full(theirs, target)
        moved_before = _moved_before(ours)
        if moved_before and not again:
            raise DatabaseProblem(
                "The database {file} was moved before. If the Page is served from nowhere else since,"
                " move it with --again.",
                file=source.file,
            )
        step = _steps(ours, on_step)
        mended = sum(_copy(ours, theirs, table, step) for table in TABLES)
        compared = tuple(_compare(ours, theirs, table, step) for table in TABLES)
        for table in TABLES:
            _go_on_counting(ours, theirs, table)
        for page_id in moved_before:
            pages.set_stop(theirs, page_id, Stop(RESTORED))
        ours.execute(update(page).values(stopped_kind=MOVED, stopped_why="", try_at=None))
    return Moved(compared, mended)


def page_ids(source: Database) -> list[str]:
    """The Pages in a database."""
    with source.reading() as connection:
        return list(connection.scalars(select(page.c.id)))


def _refuse_full(theirs: Connection, target: Database) -> None:
    """Let nobody else write there, and see that there is nothing."""
    names = ", ".join(f'"{table}"' for table in metadata.tables)
    theirs.execute(text(f"LOCK TABLE {names} IN EXCLUSIVE MODE"))
    for table in metadata.sorted_tables:
        if theirs.scalar(select(1).select_from(table).limit(1)) is not None:
            raise DatabaseProblem(
                "There is something in the database {target} already. Make a new one for the move.",
                target=target.engine.url.render_as_string(hide_password=True),
            )


def _moved_before(ours: Connection) -> list[str]:
    return list(ours.scalars(select(page.c.id).where(page.c.stopped_kind == MOVED)))


def _steps(ours: Connection, on_step: OnStep) -> Callable[[int], None]:
    """Counts rows, each of which is copied, read here and read there."""
    total = 3 * sum(ours.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES)
    done = 0

    def step(rows: int) -> None:
        nonlocal done
        done += rows
        on_step(min(done / total, 1.0))

    return step


def _copy(ours: Connection, theirs: Connection, table: Table, step: Callable[[int], None]) -> int:
    """Copy a table's rows; answers how many texts had to be mended."""
    mended = 0
    for rows in in_order(ours, table):
        with _understood(theirs, table), _copying(theirs, table) as write:
            for row in rows:
                kept = [faithful(value) for value in row]
                mended += sum(a is not b for a, b in zip(row, kept, strict=True))
                write(kept)
        step(len(rows))
    return mended


@contextmanager
def _copying(theirs: Connection, table: Table) -> Iterator[Callable[[list[Any]], None]]:
    """PostgreSQL's COPY, a few thousand rows each: it remembers every row until its end."""
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    raw = theirs.connection.driver_connection
    assert raw is not None
    with (
        raw.cursor() as cursor,
        cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy,
    ):
        yield copy.write_row


@contextmanager
def _understood(theirs: Connection, table: Table) -> Iterator[None]:
    dbapi = theirs.dialect.dbapi
    assert dbapi is not None
    try:
        yield
    except dbapi.Error as error:
        quotes_no_row = error.diag.message_primary
        raise DatabaseProblem(
            "The table {table} can’t be moved: {reason}. Nothing was moved.",
            table=table.name,
            reason=quotes_no_row or type(error).__name__,
        ) from None


def _compare(
    ours: Connection, theirs: Connection, table: Table, step: Callable[[int], None]
) -> Compared:
    compared = comparing.compare(ours, theirs, table, step)
    if not compared.all_agree:
        raise DatabaseProblem(
            "Of the table {table} {other} rows arrived otherwise than they left, {missing} are"
            " missing and {extra} too many. Nothing was moved.",
            table=table.name,
            other=compared.other,
            missing=compared.missing,
            extra=compared.extra,
        )
    return compared


def _go_on_counting(ours: Connection, theirs: Connection, table: Table) -> None:
    """Let the next row get a number that nobody has had."""
    column = table.autoincrement_column
    if column is None:
        return
    given = text("SELECT seq FROM sqlite_sequence WHERE name = :table")
    highest = max(
        ours.scalar(select(func.max(column))) or 0,
        ours.scalar(given, {"table": table.name}) or 0,
    )
    if highest:
        sequence = func.pg_get_serial_sequence(table.name, column.name)
        theirs.execute(select(func.setval(sequence, highest)))
