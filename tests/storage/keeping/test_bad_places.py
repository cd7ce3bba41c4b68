"""Disks that are full or read-only, files that are damaged, folders that are synchronised: each is
told in a sentence, and nothing that was committed is lost."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from otn_studio.storage.database import Database, DatabaseProblem
from otn_studio.storage.keeping import files
from otn_studio.storage.tables import page
from tests.storage.old import make_old

PAGE_BYTES = 4096
HEADER = 100
"""Where SQLite says by which kind of journal it was last written."""


def add_pages(database: Database, ids: list[str]) -> None:
    with database.writing() as connection:
        connection.execute(insert(page), [{"id": id} for id in ids])


def free(disk: Path) -> int:
    room = os.statvfs(disk)
    return room.f_bavail * room.f_frsize


def count(database: Database) -> int:
    with database.reading() as connection:
        return connection.scalar(select(func.count()).select_from(page))


@pytest.fixture
def disk(tmp_path):
    """A small disk of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(mounted, capture_output=True).returncode:
        pytest.skip("only root may mount a disk")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_a_full_disk_is_told_and_nothing_is_lost(disk):
    database = Database.open(f"sqlite:///{disk / 'full.db'}")
    add_pages(database, ["1"])
    filler = disk / "filler"
    filler.write_bytes(b"x" * free(disk))
    with pytest.raises(DatabaseProblem, match=r"is full\. Nothing is lost"):
        add_pages(database, ["x" * 100_000])
    assert count(database) == 1
    filler.unlink()
    add_pages(database, ["2"])
    assert count(database) == 2
    database.close()


def test_an_old_database_is_not_changed_where_there_is_no_room_to_keep_it(disk):
    file = make_old(disk / "old.db")
    before = file.read_bytes()
    (disk / "filler").write_bytes(b"x" * (free(disk) - 20 * PAGE_BYTES))
    with pytest.raises(DatabaseProblem, match="is full"):
        Database.open(f"sqlite:///{file}")
    assert file.read_bytes()[HEADER:] == before[HEADER:]
    assert sorted(entry.name for entry in disk.iterdir()) == ["filler", "old.db"]


def test_a_read_only_disk_is_told(disk):
    file = disk / "kept.db"
    Database.open(f"sqlite:///{file}").close()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    with pytest.raises(DatabaseProblem, match="read-only"):
        Database.open(f"sqlite:///{file}")


def test_a_read_only_folder_for_a_new_database_is_told(disk):
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    with pytest.raises(DatabaseProblem, match=r"can’t be used: .*Read-only file system"):
        Database.open(f"sqlite:///{disk / 'new.db'}")


def test_a_file_that_may_grow_no_more_is_told(tmp_path):
    """The system's limit for one file, in a process of its own."""
    program = f"""
import resource
from sqlalchemy import insert
from otn_studio.storage.database import Database, DatabaseProblem
from otn_studio.storage.tables import page
database = Database.open("sqlite:///{tmp_path / "limited.db"}")
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
try:
    with database.writing() as connection:
        connection.execute(insert(page), [{{"id": "x" * 1_000_000}}])
except DatabaseProblem as problem:
    print(problem)
"""
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert said.stdout.count("\n") == 1, said.stderr
    assert "disk" in said.stdout
    database = Database.open(f"sqlite:///{tmp_path / 'limited.db'}")
    assert count(database) == 0
    database.close()


@pytest.fixture
def file(tmp_path):
    """A database of many pages, closed as it should be."""
    file = tmp_path / "many.db"
    database = Database.open(f"sqlite:///{file}")
    add_pages(database, [f"{number:0100}" for number in range(5_000)])
    database.close()
    return file


def overwrite(file: Path) -> None:
    """Other bytes in the middle."""
    with file.open("r+b") as stream:
        stream.seek(file.stat().st_size // 2 // PAGE_BYTES * PAGE_BYTES)
        stream.write(os.urandom(4 * PAGE_BYTES))


def test_damage_is_found_when_the_last_process_did_not_end_properly(file):
    overwrite(file)
    files.beside(file, "-wal").write_bytes(b"left behind" * 10)
    before = file.read_bytes()
    with pytest.raises(DatabaseProblem, match=r"is damaged\. Bring back a backup") as problem:
        Database.open(f"sqlite:///{file}")
    assert problem.value.damaged
    assert file.read_bytes() == before


def test_a_whole_file_is_not_taken_for_damaged_after_a_crash(file):
    files.beside(file, "-wal").write_bytes(b"left behind" * 10)
    database = Database.open(f"sqlite:///{file}")
    assert count(database) == 5_000
    database.close()


def test_a_journal_in_use_is_not_taken_for_a_crash(file):
    """Another process is in the middle of its work: nothing is looked through."""
    first = Database.open(f"sqlite:///{file}")
    add_pages(first, ["another"])
    overwrite(file)
    assert files.beside(file, "-wal").stat().st_size > 0
    Database.open(f"sqlite:///{file}").close()
    first.close()


def test_damage_that_is_met_is_told(file):
    overwrite(file)
    database = Database.open(f"sqlite:///{file}")
    with pytest.raises(DatabaseProblem, match="is damaged"):
        count(database)
    with pytest.raises(DatabaseProblem, match="is damaged"), database.writing() as connection:
        connection.execute(page.delete())
    database.close()


def test_a_file_that_was_cut_off_is_told(file):
    os.truncate(file, file.stat().st_size // 2)
    with pytest.raises(DatabaseProblem, match="is damaged"):
        Database.open(f"sqlite:///{file}")


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - Kicks & Co/data", "OneDrive"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("Library/CloudStorage/GoogleDrive-ann@example.com/My Drive", "Google Drive"),
        ("Dropbox (Kicks)", "Dropbox"),
        ("Nextcloud/otn", "Nextcloud"),
    ],
)
def test_a_synchronised_folder_is_refused_and_nothing_is_made_there(tmp_path, folder, service):
    file = tmp_path / folder / "otn-studio.db"
    with pytest.raises(DatabaseProblem, match=f"is synchronized by {service}"):
        Database.open(f"sqlite:///{file}")
    assert not file.exists()


@pytest.mark.parametrize(
    ("mark", "service"),
    [
        (".dropbox.cache", "Dropbox"),
        (".sync_1a2b.db", "Nextcloud"),
        (".stfolder", "Syncthing"),
    ],
)
def test_a_synchronised_folder_of_any_name_is_known_by_its_mark(tmp_path, mark, service):
    (tmp_path / mark).touch()
    with pytest.raises(DatabaseProblem, match=f"is synchronized by {service}"):
        Database.open(f"sqlite:///{tmp_path / 'below' / 'otn-studio.db'}")


def test_a_disk_that_can_hold_no_journal_is_refused(tmp_path):
    """SQLite's own way for such disks has no shared memory, as they have none."""
    file = tmp_path / "far.db"
    with pytest.raises(DatabaseProblem, match="lies on a disk of the network"):
        Database.open(f"sqlite:///file:{file}?vfs=unix-dotfile&uri=true")


def test_only_the_owner_may_read_a_database(tmp_path):
    file = tmp_path / "private.db"
    database = Database.open(f"sqlite:///{file}")
    add_pages(database, ["1"])
    for ending in ("", "-wal"):
        assert files.beside(file, ending).stat().st_mode & 0o777 == 0o600
    database.close()
