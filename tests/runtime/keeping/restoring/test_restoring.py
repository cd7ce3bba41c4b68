"""A backup takes the place of the database while the engine runs with it."""

import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.words import Problem
from otn_studio.runtime.keeping import restoring
from otn_studio.runtime.keeping.restoring import Restored
from otn_studio.storage import pages
from otn_studio.storage.people import erasing
from otn_studio.storage.permissions import topics
from otn_studio.storage.tables import contact, permission
from tests.interpreter.flows import ASKING, TOPIC, flow, keyword, says
from tests.runtime.far_end import PAGE, Shop
from tests.runtime.keeping.restoring.hands import (
    GREETING,
    announce,
    back_up,
    confirm,
    damage,
    held,
    nobody_else_is_needed,
    restore,
    restore_damaged,
    rows,
    say_yes,
)
from tests.runtime.permissions import recurring

LATER = flow(
    {"s": keyword("later"), "w": Wait(**{"for": "2 hours"}), "m": says("It is later")},
    "s.next > w",
    "w.next > m",
    id="later",
)


@contextmanager
def switched_off(shop: Shop):
    """The engine does nothing meanwhile."""
    shop.engine.stop()
    yield
    shop.start()
    shop.settle()


def test_what_was_published_and_named_is_as_it_was_and_the_engine_takes_it_up(shop, file):
    shop.publish(ASKING, GREETING)
    back_up(shop, file)
    other = flow({"s": keyword("hi"), "m": says("Go away")}, "s.next > m", id="greeting")
    shop.publish(other)
    with shop.database.writing() as connection:
        topics.rename(connection, PAGE, TOPIC, "Wrong")
    shop.wait_until(lambda: shop.engine.health()["flows"]["greeting"] == 2)
    restored = restore(shop, file)
    shop.wait_until(lambda: shop.engine.health()["flows"]["greeting"] == 1)
    assert restored.known
    with shop.database.reading() as connection:
        names = [row.name for row in topics.all_topics(connection, PAGE, shop.clock.now())]
    assert "Wrong" not in names
    confirm(shop)
    shop.write("hi")
    assert shop.far_end.texts() == ["Hello"]


def test_what_was_replaced_is_kept(shop, file, tmp_path):
    say_yes(shop)
    back_up(shop, file)
    say_yes(shop, "t-2", "bob")
    restored = restore(shop, file)
    assert restored.replaced == tmp_path / "shop.replaced-2026-11-23-090000.db"
    assert restored.replaced.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(restored.replaced)) as connection:
        tokens = connection.execute("SELECT token FROM permission ORDER BY id").fetchall()
    assert tokens == [("t-1",), ("t-2",)]


def test_a_yes_that_came_since_is_not_lost(shop, file):
    say_yes(shop)
    back_up(shop, file)
    say_yes(shop, "t-2", "bob")
    restore(shop, file)
    confirm(shop)
    assert held(shop) == 2
    assert announce(shop) == 2
    shop.ring()
    shop.settle()
    recipients = [call["recipient"] for call in shop.far_end.calls]
    assert recipients == [{"one_time_notif_token": "t-1"}, {"one_time_notif_token": "t-2"}]


def test_a_permission_that_was_used_since_is_not_used_again(shop, file):
    say_yes(shop)
    back_up(shop, file)
    announce(shop)
    shop.ring()
    shop.settle()
    assert shop.far_end.texts() == ["It is back"]
    restore(shop, file)
    confirm(shop)
    assert held(shop) == 0
    assert shop.sends()[-1] == ("sent", None)
    assert shop.far_end.texts() == []


def test_a_message_that_went_since_the_backup_does_not_go_again(shop, file):
    say_yes(shop)
    with switched_off(shop):
        announce(shop)
        back_up(shop, file)
    assert shop.far_end.texts() == ["It is back"]
    restored = restore(shop, file)
    assert restored.unknown == 0
    confirm(shop)
    assert shop.far_end.texts() == []
    assert shop.sends()[-1] == ("sent", None)


def test_a_message_that_has_not_gone_goes_once_the_user_says_so(shop, file):
    say_yes(shop)
    back_up(shop, file)
    with switched_off(shop):
        announce(shop)
        shop.make_messages()
        restored = restoring.restore(
            file, shop.database.file, shop.page, shop.clock.now(), nobody_else_is_needed
        )
        assert (restored.unknown, restored.waiting) == (0, 1)
    assert shop.far_end.texts() == []
    confirm(shop)
    assert shop.far_end.texts() == ["It is back"]


def test_without_a_word_nothing_goes_not_even_after_a_restart(shop, file):
    shop.publish(GREETING)
    back_up(shop, file)
    restore(shop, file)
    shop.write("hi")
    with switched_off(shop):
        pass
    assert shop.far_end.texts() == []
    with shop.database.reading() as connection:
        stop = pages.stop(connection, PAGE)
    assert stop.kind == pages.RESTORED
    assert stop.why.startswith("A backup was restored")
    confirm(shop)
    assert shop.far_end.texts() == ["Hello"]


def test_there_must_be_something_to_confirm(shop):
    with pytest.raises(Problem, match="No restored backup waits"):
        restoring.confirm(shop.database, PAGE)


def test_where_nobody_knows_what_went_it_is_unknown_and_does_not_go(shop, file):
    """The database is damaged from end to end."""
    say_yes(shop)
    shop.engine.stop()
    announce(shop)
    shop.make_messages()
    back_up(shop, file)
    damage(shop)
    restored = restore_damaged(shop, file)
    assert (restored.known, restored.unknown) == (False, 1)
    assert restored.replaced.exists()
    shop.start()
    confirm(shop)
    assert shop.far_end.texts() == []
    assert shop.sends()[-1] == ("unknown", None)
    assert held(shop) == 0


def test_on_a_new_computer_nothing_goes_either(shop, file):
    say_yes(shop)
    shop.engine.stop()
    announce(shop)
    shop.make_messages()
    back_up(shop, file)
    shop.database.close()
    for ending in ("", "-wal", "-shm"):
        Path(f"{shop.database.file}{ending}").unlink(missing_ok=True)
    restored = restore_damaged(shop, file)
    assert restored == Restored(None, known=False, unknown=1, waiting=0)
    shop.start()
    confirm(shop)
    assert shop.far_end.texts() == []


def test_who_was_forgotten_since_stays_so(shop, file):
    say_yes(shop)
    say_yes(shop, "t-2", "bob")
    back_up(shop, file)
    with shop.database.writing() as connection:
        erasing.forget(connection, PAGE, "bob")
    restore(shop, file)
    assert rows(shop, contact.c.person_id) == [("ann",)]
    assert rows(shop, permission.c.token) == [("t-1",)]
    with closing(sqlite3.connect(shop.database.file)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_wait_that_was_over_since_does_not_end_again(shop, file):
    shop.publish(LATER)
    shop.write("later")
    back_up(shop, file)
    shop.advance(hours=3)
    assert shop.far_end.texts() == ["It is later"]
    restore(shop, file)
    confirm(shop)
    shop.advance(hours=3)
    assert shop.far_end.texts() == []


def test_a_wait_that_is_not_over_goes_on(shop, file):
    shop.publish(LATER)
    back_up(shop, file)
    shop.write("later")
    restore(shop, file)
    confirm(shop)
    shop.advance(hours=3)
    assert shop.far_end.texts() == ["It is later"]


def test_a_lasting_permission_that_was_used_since_waits_for_its_next_time(shop, file):
    recurring.say_yes(shop)
    back_up(shop, file)
    assert recurring.announce(shop) == 1
    before = recurring.rows(shop)
    restore(shop, file)
    confirm(shop)
    assert recurring.rows(shop) == before
    assert recurring.announce(shop) == 0
    shop.advance(days=8)
    assert recurring.announce(shop) == 1
