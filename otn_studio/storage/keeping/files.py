"""The file of an SQLite database: where it may lie, and whether it is whole."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from sqlalchemy import URL

from otn_studio.storage import troubles
from otn_studio.storage.keeping import places
from otn_studio.storage.troubles import DatabaseProblem

_MOUNTS: Final = Path("/proc/self/mounts")
_OWNER_ONLY: Final = 0o600


def file_of(url: URL) -> Path | None:
    """The file; none where the database is a server's, or in memory."""
    if url.get_backend_name() != "sqlite" or not url.database or ":memory:" in url.database:
        return None
    return Path(url.database.removeprefix("file:"))


def make_place(file: Path) -> None:
    """Make the folder, and an empty file that nobody else may read: it is to hold people's yes.

    Raises:
        DatabaseProblem: no database can live there.
        OSError: it can't be made.
    """
    place = file.absolute()
    service = places.synchronised_by(place) or places.marked_by(place)
    if service is not None:
        raise DatabaseProblem(
            "The folder of {file} is synchronized by {service}, which would damage a database."
            " Choose another place in OTN_STUDIO_DATABASE_URL.",
            file=file,
            service=service,
        )
    mounts = _MOUNTS.read_text().splitlines() if _MOUNTS.exists() else ()
    if places.network_disk(place, mounts) is not None:
        refuse_disk(file)
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        os.close(os.open(file, os.O_CREAT | os.O_WRONLY, _OWNER_ONLY))
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA auto_vacuum=INCREMENTAL")
            connection.execute("VACUUM")  # a file has this from its beginning, or never


def refuse_disk(file: object) -> None:
    """Say that SQLite can't keep its journal (WAL) beside the file.

    Raises:
        DatabaseProblem: always.
    """
    raise DatabaseProblem(
        "{file} lies on a disk of the network or the like, where a database can’t be kept safe."
        " Choose a disk of this computer in OTN_STUDIO_DATABASE_URL.",
        file=file,
    )


def check_after_crash(file: Path) -> None:
    """Look whether the file is whole, if its last process ended without closing it.

    Else it is not looked through: that takes the longer, the more there is in it.

    Raises:
        DatabaseProblem: it is damaged.
    """
    if _is_left_open(file):
        check(file)


def check(file: Path, original: Path | None = None) -> None:
    """Look through all of a file. ``original``: what it is a copy of, page by page.

    Raises:
        DatabaseProblem: it is damaged, or no database.
    """
    try:
        with closing(sqlite3.connect(file)) as connection:
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        raise troubles.problem(error, original or file) from error
    if found != "ok":
        raise troubles.damage(original or file)


def _is_left_open(file: Path) -> bool:
    """Whether the last process left its journal behind, and nobody uses it now."""
    journal = beside(file, "-wal")
    if not journal.exists() or journal.stat().st_size == 0:
        return False
    try:
        with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as connection:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return False  # somebody uses it
    except sqlite3.DatabaseError:
        return True
    return True


def beside(file: Path, ending: str) -> Path:
    """A file of the same name with something behind it."""
    return file.with_name(file.name + ending)
