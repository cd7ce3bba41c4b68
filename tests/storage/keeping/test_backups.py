import os
import sqlite3
import threading
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from otn_studio.storage.database import Database, DatabaseProblem
from otn_studio.storage.keeping import backups
from otn_studio.storage.tables import page

TODAY = date(2026, 11, 23)


@pytest.fixture
def file(tmp_path):
    """A database of many pages, in use."""
    file = tmp_path / "otn-studio.db"
    database = Database.open(f"sqlite:///{file}")
    with database.writing() as connection:
        rows = [{"id": f"{number:01000}"} for number in range(3_000)]
        connection.execute(insert(page), rows)
    yield file
    database.close()


def days(*before_today: int) -> list[date]:
    return [TODAY - timedelta(days=before) for before in before_today]


def count(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT count(*) FROM page").fetchone()[0]


def test_a_backup_is_due_once_a_day():
    assert backups.is_due([], TODAY)
    assert backups.is_due(days(1, 2), TODAY)
    assert not backups.is_due(days(0, 1), TODAY)


def test_seven_are_kept_whatever_the_gaps_between_them():
    assert backups.surplus(days(*range(7)), TODAY) == []
    assert backups.surplus(days(0, 1, 2, 3, 4, 5, 40, 50), TODAY) == days(50)


def test_days_to_come_keep_no_real_backup_away():
    """The clock was wrong for a week."""
    to_come = days(*range(-370, -360))
    assert backups.surplus([*days(*range(7)), *to_come], TODAY) == []
    assert backups.is_due(to_come, TODAY)


def test_only_backups_of_this_database_are_counted(tmp_path):
    for name in ("a.backup-2026-11-20.db", "b.backup-2026-11-21.db", "a.backup-soon.db", "a.db"):
        (tmp_path / name).touch()
    assert backups.daily(tmp_path / "a.db") == {
        date(2026, 11, 20): tmp_path / "a.backup-2026-11-20.db"
    }


def test_a_backup_is_one_whole_file_of_its_owner_alone(file, tmp_path):
    made = backups.back_up_today(file, TODAY)
    assert made == tmp_path / "otn-studio.backup-2026-11-23.db"
    assert made.stat().st_mode & 0o777 == 0o600
    made.chmod(0o400)
    assert count(made) == 3_000
    assert {entry.name for entry in tmp_path.iterdir()} == {
        "otn-studio.db",
        "otn-studio.db-wal",
        "otn-studio.db-shm",
        "otn-studio.backup-2026-11-23.db",
    }


def test_the_eighth_goes_when_the_new_one_is_there(file, tmp_path):
    for day in days(*range(1, 9)):
        backups.of_day(file, day).touch()
    backups.back_up_today(file, TODAY)
    assert sorted(backups.daily(file)) == sorted(days(*range(7)))


def test_a_backup_shows_one_moment_although_others_write_meanwhile(file, tmp_path):
    """Each of its steps sees another write, and none makes it begin anew."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        steps = []

        def somebody_writes(done: float) -> None:
            steps.append(done)
            other.execute("INSERT INTO page(id) VALUES (?)", (f"new {len(steps)}",))

        backups.copy(file, tmp_path / "copy.db", somebody_writes)
        assert len(steps) > 2
        assert steps == sorted(steps)
    assert count(tmp_path / "copy.db") == 3_000
    assert count(file) == 3_000 + len(steps)


def test_a_backup_that_is_stopped_leaves_nothing_behind(file, tmp_path):
    before = set(tmp_path.iterdir())

    def stop(_done: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backups.copy(file, tmp_path / "copy.db", stop)
    assert set(tmp_path.iterdir()) == before


def test_a_damaged_database_costs_no_good_backup(file, tmp_path):
    for day in days(*range(1, 9)):
        backups.of_day(file, day).touch()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with file.open("r+b") as stream:
        stream.seek(file.stat().st_size // 2 // 4096 * 4096)
        stream.write(os.urandom(4 * 4096))
    with pytest.raises(DatabaseProblem, match="is damaged") as problem:
        backups.back_up_today(file, TODAY)
    assert str(file) in str(problem.value)
    assert sorted(backups.daily(file)) == sorted(days(*range(1, 9)))


def test_a_backup_holds_up_no_writer(file, tmp_path):
    """Somebody writes in the middle of a backup that does not go on before they are done."""
    written = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as other:
            other.execute("INSERT INTO page(id) VALUES ('meanwhile')")
        written.set()

    def wait_for_them(_done: float) -> None:
        if not written.is_set():
            thread = threading.Thread(target=write)
            thread.start()
            thread.join()

    backups.copy(file, tmp_path / "copy.db", wait_for_them)
    assert written.is_set()
