"""A backup takes the place of a database that is damaged: what can be saved of it is."""

import os
import shutil
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from otn_studio.blocks.words import Problem
from otn_studio.runtime.broadcasting.announcing import announce_text
from otn_studio.runtime.keeping import restoring
from otn_studio.storage.tables import permission
from tests.runtime.far_end import PAGE
from tests.runtime.keeping.restoring.hands import (
    back_up,
    confirm,
    damage,
    held,
    restore_damaged,
    rows,
    say_yes,
)
from tests.runtime.permissions import recurring


def test_permissions_are_saved_from_a_database_that_is_damaged_elsewhere(shop, file):
    """Of 2,000 events some can't be read; the permission that came since can."""
    say_yes(shop)
    back_up(shop, file)
    say_yes(shop, "t-2", "bob")
    for number in range(300):
        shop.arrives("read", {"filler": "x" * 3000}, key=f"r{number}", settle=False)
    shop.settle()
    shop.engine.stop()
    shop.database.close()
    with closing(sqlite3.connect(shop.database.file)) as connection:
        query = "SELECT max(pageno) FROM dbstat WHERE name = 'event' AND pagetype = 'leaf'"
        try:
            (page_number,) = connection.execute(query).fetchone()
        except sqlite3.OperationalError:
            page_number = shop.database.file.stat().st_size // 4096
    with shop.database.file.open("r+b") as stream:
        stream.seek((page_number - 1) * 4096)
        stream.write(os.urandom(4096))
    Path(f"{shop.database.file}-wal").write_bytes(b"left behind")
    restored = restore_damaged(shop, file)
    assert not restored.known
    shop.start()
    assert held(shop) == 2


def test_of_damaged_permissions_those_are_saved_that_can_be_read(shop, file):
    say_yes(shop)
    back_up(shop, file)
    for number in range(300):
        shop.opts_in(f"token-{number:04}-{'x' * 100}", f"person {number}")
    shop.engine.stop()
    shop.database.close()
    with shop.database.file.open("r+b") as stream:
        whole = stream.read()
        for start in range(0, len(whole), 4096):
            if b"token-0150" in whole[start : start + 4096]:
                stream.seek(start)
                stream.write(os.urandom(4096))
    Path(f"{shop.database.file}-wal").write_bytes(b"left behind")
    restored = restore_damaged(shop, file)
    assert not restored.known
    shop.start()
    saved = {token for (token,) in rows(shop, permission.c.token)}
    assert "t-1" in saved
    assert 250 < len(saved) < 301


def test_an_engine_has_to_stop_for_a_damaged_database(shop, file):
    say_yes(shop)
    shop.engine.stop()
    back_up(shop, file)
    damage(shop)
    before = shop.database.file.read_bytes()

    @contextmanager
    def somebody_runs():
        raise Problem("An engine runs.")
        yield

    with pytest.raises(Problem, match=r"An engine runs\."):
        restoring.restore(
            file, shop.database.file, shop.page, shop.clock.now(), alone=somebody_runs
        )
    assert shop.database.file.read_bytes() == before
    shutil.copy(file, shop.database.file)
    shop.start()


def test_a_lasting_permission_counts_as_used_where_nobody_knows(shop, file):
    recurring.say_yes(shop)
    shop.engine.stop()
    announce_text(shop.database, PAGE, recurring.NEWS, "News!", shop.clock.now())
    shop.make_messages()
    back_up(shop, file)
    damage(shop)
    shop.clock.advance(hours=1)
    restore_damaged(shop, file)
    shop.start()
    confirm(shop)
    (row,) = recurring.rows(shop)
    assert row.last_used_at == shop.clock.now()
    assert row.next_allowed_at > shop.clock.now()
    shop.advance(days=8)
    assert recurring.announce(shop) == 1
