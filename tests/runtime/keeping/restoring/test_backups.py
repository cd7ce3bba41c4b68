"""Which files can take the place of a database, and what is left where that fails."""

import os
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from otn_studio.runtime.keeping import restoring
from otn_studio.storage import pages
from otn_studio.storage.database import DatabaseProblem
from otn_studio.storage.tables import contact, event, permission
from tests.runtime.far_end import PAGE, Shop
from tests.runtime.keeping.restoring.hands import (
    GREETING,
    announce,
    back_up,
    confirm,
    held,
    nobody_else_is_needed,
    restore,
    rows,
    say_yes,
)
from tests.storage.old import make_old


def test_a_restore_can_be_taken_back(shop, file):
    shop.publish(GREETING)
    back_up(shop, file)
    say_yes(shop)
    first = restore(shop, file)
    say_yes_later(shop)
    shop.advance(minutes=1)
    restore(shop, first.replaced)
    confirm(shop)
    assert sorted(rows(shop, permission.c.token)) == [("t-1",), ("t-2",)]
    shop.wait_until(lambda: "asking" in shop.engine.health()["flows"])


def say_yes_later(shop: Shop) -> None:
    shop.opts_in("t-2", "bob")


def test_a_backup_from_elsewhere_joins_what_is_here(shop, file, tmp_path):
    """Two databases that know nothing of each other, and number their people alike."""
    elsewhere = Shop(f"sqlite:///{tmp_path / 'elsewhere.db'}")
    say_yes(elsewhere, "t-9", "zoe")
    back_up(elsewhere, file)
    elsewhere.close()
    shop.clock.advance(hours=1)
    say_yes(shop, "t-1", "ann")
    restore(shop, file)
    confirm(shop)
    assert sorted(rows(shop, permission.c.token)) == [("t-1",), ("t-9",)]
    assert len({id for (id,) in rows(shop, permission.c.contact_id)}) == 2
    assert announce(shop) == 2
    shop.ring()
    shop.settle()
    assert len(shop.far_end.texts()) == 2


def test_no_webhook_that_was_taken_is_lost_on_the_way(shop, file):
    shop.publish(GREETING)
    for number in range(200):
        shop.arrives("read", {"n": number}, key=f"before {number}", settle=False)
    back_up(shop, file)
    done, taken = threading.Event(), []

    def people_write() -> None:
        while not done.is_set():
            number = len(taken)
            person, key = f"person {number % 50}", f"while {number}"
            shop.arrives("message", {"message": {"text": "x"}}, person, key=key, settle=False)
            taken.append(key)

    thread = threading.Thread(target=people_write)
    thread.start()
    for _ in range(5):
        restore_and_go_on(shop, file)
    done.set()
    thread.join()
    shop.settle()
    keys = {key for (key,) in rows(shop, event.c.key)}
    assert len(taken) > 5
    assert {f"{PAGE}:message:{key}" for key in taken} <= keys


def restore_and_go_on(shop: Shop, file: Path) -> None:
    shop.clock.advance(seconds=2)
    restoring.restore(file, shop.database.file, shop.page, shop.clock.now(), nobody_else_is_needed)


def test_a_restore_that_is_stopped_changes_nothing(shop, file, tmp_path):
    say_yes(shop)
    back_up(shop, file)
    announce(shop)
    shop.ring()
    shop.settle()
    before = rows(shop, permission), {entry.name for entry in tmp_path.iterdir()}

    def stop(_done: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore(shop, file, on_step=stop)
    assert (rows(shop, permission), {entry.name for entry in tmp_path.iterdir()}) == before
    with shop.database.reading() as connection:
        assert pages.stop(connection, PAGE) is None


def test_what_a_crash_left_of_the_last_restore_does_not_matter(shop, file, tmp_path):
    """Its copy, with a journal that would be put into the next one."""
    say_yes(shop)
    back_up(shop, file)
    for ending in ("", "-wal", "-shm"):
        source = Path(f"{shop.database.file}{ending}")
        shutil.copy(source, tmp_path / f"shop.db.restoring{ending}")
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE contact SET tags = '[\"from the backup\"]'")
    restore(shop, file)
    assert rows(shop, contact.c.tags) == [(["from the backup"],)]
    assert not list(tmp_path.glob("*.restoring*"))


def test_a_backup_of_an_older_version_is_brought_up_to_date_in_a_copy(shop, file, tmp_path):
    file.parent.mkdir()
    before = make_old(file).read_bytes()
    restore(shop, file)
    assert rows(shop, permission.c.token) == [("tok",)]
    assert file.read_bytes() == before
    assert not list(file.parent.glob("*before-upgrade*"))


def _a_newer(file: Path) -> None:
    make_old(file)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def _damaged(file: Path) -> None:
    make_old(file)
    with file.open("r+b") as stream:
        stream.seek(8 * 4096)
        stream.write(os.urandom(3 * 4096))


def _somebody_elses(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE bookmark (url TEXT)")


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda file: None, "There is no file"),
        (lambda file: file.write_text("my notes" * 1000), "it is no database"),
        (lambda file: file.touch(), "is no backup of OTN Studio"),
        (_somebody_elses, "is no backup of OTN Studio"),
        (_a_newer, "made by a newer OTN Studio"),
        (_damaged, "is damaged"),
    ],
)
def test_what_is_no_good_backup_changes_nothing(shop, file, tmp_path, make, sentence):
    say_yes(shop)
    file.parent.mkdir()
    make(file)
    before = {entry.name for entry in tmp_path.iterdir()}
    with pytest.raises(DatabaseProblem, match=sentence) as problem:
        restore(shop, file)
    assert str(file) in str(problem.value)
    assert held(shop) == 1
    assert {entry.name for entry in tmp_path.iterdir()} == before
    with shop.database.reading() as connection:
        assert pages.stop(connection, PAGE) is None


def test_the_database_is_no_backup_of_itself(shop):
    with pytest.raises(DatabaseProblem, match="is the database itself"):
        restore(shop, shop.database.file)
