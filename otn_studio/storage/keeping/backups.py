"""Backups of an SQLite database: one a day, beside it, of which seven are kept.

They are made by SQLite's own online backup, a few pages at a time, while the engine goes on.
"""

import os
import re
import sqlite3
import tempfile
from collections.abc import Callable, Collection
from contextlib import closing, suppress
from datetime import date, datetime
from pathlib import Path
from typing import Final

from otn_studio.storage import troubles
from otn_studio.storage.keeping import files

KEPT: Final = 7
PAGES_AT_ONCE: Final = 512
OnStep = Callable[[float], None]
"""Told how much is done, from 0 to 1. It may take its time; what it raises ends the work."""


def no_matter(_done: float) -> None:
    """For those who neither look on nor stop it."""


def is_due(days: Collection[date], today: date) -> bool:
    """Whether today's backup is to be made, beside those of these days."""
    return today not in days


def surplus(days: Collection[date], today: date) -> list[date]:
    """Those days whose backups go. Of days to come, which a wrong clock made, none counts or goes.

    >>> surplus([date(2026, 11, day) for day in range(1, 10)], date(2026, 11, 9))
    [datetime.date(2026, 11, 1), datetime.date(2026, 11, 2)]
    """
    past = sorted(day for day in days if day <= today)
    return past[:-KEPT]


def of_day(file: Path, day: date) -> Path:
    """Where the backup of a day lies."""
    return file.with_name(f"{file.stem}.backup-{day.isoformat()}{file.suffix}")


def before_upgrade(file: Path, revision: str, now: datetime) -> Path:
    """Where the database lies as it was before a newer program changed its tables."""
    return _named(file, f"before-upgrade-{revision}", now)


def replaced(file: Path, now: datetime) -> Path:
    """Where the database lies as it was before a backup took its place."""
    return _named(file, "replaced", now)


def lasting(file: Path) -> list[Path]:
    """The copies of those two kinds, which stay until somebody deletes them."""
    name = re.compile(
        re.escape(file.stem) + r"\.(before-upgrade|replaced)-.*" + re.escape(file.suffix)
    )
    return sorted(entry for entry in file.parent.iterdir() if name.fullmatch(entry.name))


def _named(file: Path, what: str, now: datetime) -> Path:
    return file.with_name(f"{file.stem}.{what}-{now:%Y-%m-%d-%H%M%S}{file.suffix}")


def daily(file: Path) -> dict[date, Path]:
    """The daily backups that lie beside a database, by their days."""
    name = re.compile(
        re.escape(file.stem) + r"\.backup-(\d{4}-\d{2}-\d{2})" + re.escape(file.suffix)
    )
    found = ((name.fullmatch(entry.name), entry) for entry in file.parent.iterdir())
    return {date.fromisoformat(match[1]): entry for match, entry in found if match}


def back_up_today(file: Path, today: date, on_step: OnStep = no_matter) -> Path:
    """Make the backup of today, and only then remove those that are too old.

    Raises:
        DatabaseProblem: the disk is full, the database is damaged, or the like.
    """
    made = of_day(file, today)
    copy(file, made, on_step)
    kept = daily(file)
    for day in surplus(kept, today):
        kept[day].unlink(missing_ok=True)
    return made


def copy(source: Path, target: Path, on_step: OnStep = no_matter) -> None:
    """A whole and checked copy as of this moment, in one file that only its owner may read; or none.

    Raises:
        DatabaseProblem: the disk is full, the database is damaged, or the like.
    """
    try:
        part = _part_of(target)
        try:
            _copy(source, part, on_step)
            files.check(part, original=source)
            on_to_the_disk(part)
            os.replace(part, target)
            on_to_the_disk(target.parent)
        finally:
            for ending in ("", "-journal", "-wal", "-shm"):
                files.beside(part, ending).unlink(missing_ok=True)
    except (sqlite3.Error, OSError) as error:
        raise troubles.problem(error, source) from error


def _part_of(target: Path) -> Path:
    """Another file until it is whole; `mkstemp` lets nobody else read it."""
    handle, name = tempfile.mkstemp(prefix=f"{target.name}.", suffix=".part", dir=target.parent)
    os.close(handle)
    return Path(name)


def _copy(source: Path, part: Path, on_step: OnStep) -> None:
    with (
        closing(sqlite3.connect(source, isolation_level=None)) as theirs,
        closing(sqlite3.connect(part, isolation_level=None)) as ours,
    ):
        theirs.execute("BEGIN")  # else whatever others write makes the backup begin anew
        theirs.execute("SELECT count(*) FROM sqlite_master").fetchone()
        ours.execute("PRAGMA synchronous=OFF")
        theirs.backup(
            ours,
            pages=PAGES_AT_ONCE,
            progress=lambda _, left, total: on_step(1 - left / max(total, 1)),
        )
        ours.execute("PRAGMA journal_mode=DELETE")  # so that it is this one file


def on_to_the_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, would survive a power cut."""
    with suppress(PermissionError):  # Windows opens no folders
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
