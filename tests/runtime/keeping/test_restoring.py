"""A backup takes the place of the database while the engine runs with it."""

import os
import shutil
import sqlite3
import threading
from contextlib import closing, contextmanager, nullcontext
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.words import Problem
from otn_studio.runtime.broadcasting import broadcasts, reporting
from otn_studio.runtime.broadcasting.announcing import announce_text, people
from otn_studio.runtime.broadcasting.broadcasts import Draft
from otn_studio.runtime.keeping import restoring
from otn_studio.runtime.keeping.restoring import Restored
from otn_studio.storage import pages
from otn_studio.storage.database import DatabaseProblem
from otn_studio.storage.keeping import backups
from otn_studio.storage.people import erasing
from otn_studio.storage.permissions import topics
from otn_studio.storage.tables import contact, event, permission
from tests.interpreter.flows import ASKING, TOPIC, flow, keyword, says
from tests.runtime.far_end import PAGE, Shop
from tests.runtime.permissions import recurring
from tests.storage.old import make_old

GREETING = flow({"s": keyword("hi"), "m": says("Hello")}, "s.next > m", id="greeting")
LATER = flow(
    {"s": keyword("later"), "w": Wait(**{"for": "2 hours"}), "m": says("It is later")},
    "s.next > w",
    "w.next > m",
    id="later",
)


@pytest.fixture
def shop(tmp_path):
    shop = Shop(f"sqlite:///{tmp_path / 'shop.db'}")
    yield shop
    shop.close()


@pytest.fixture
def file(tmp_path):
    return tmp_path / "kept" / "backup.db"


def back_up(shop: Shop, file: Path) -> None:
    file.parent.mkdir(exist_ok=True)
    backups.copy(shop.database.file, file)


def restore(shop: Shop, file: Path, **how) -> Restored:
    live, now = shop.database.file, shop.clock.now()
    how = {"alone": nobody_else_is_needed, **how}
    restored = restoring.restore(file, live, shop.page, now, **how)
    shop.ring()
    shop.settle()
    return restored


@contextmanager
def nobody_else_is_needed():
    pytest.fail("the engine need not stop for this")
    yield


def confirm(shop: Shop) -> None:
    restoring.confirm(shop.database, PAGE)
    shop.ring()
    shop.settle()


@contextmanager
def switched_off(shop: Shop):
    """The engine does nothing meanwhile."""
    shop.engine.stop()
    yield
    shop.start()
    shop.settle()


def say_yes(shop: Shop, token: str = "t-1", person: str = "ann") -> None:
    shop.publish(ASKING)
    shop.write("restock", person)
    shop.opts_in(token, person)
    shop.far_end.texts()


def announce(shop: Shop, text: str = "It is back") -> int:
    return announce_text(shop.database, PAGE, TOPIC, text, shop.clock.now())


def held(shop: Shop) -> int:
    return people(shop.database, PAGE, TOPIC, shop.clock.now())


def rows(shop: Shop, *columns) -> list:
    with shop.database.reading() as connection:
        return connection.execute(select(*columns)).all()


def damage(shop: Shop) -> None:
    """Other bytes over the whole file, but for its first page. The engine has to be off."""
    shop.database.close()
    file = shop.database.file
    size = file.stat().st_size
    with file.open("r+b") as stream:
        stream.seek(4096)
        stream.write(os.urandom(size - 4096))


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


def restore_damaged(shop: Shop, file: Path) -> Restored:
    live, now = shop.database.file, shop.clock.now()
    return restoring.restore(file, live, shop.page, now, nullcontext)


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


def test_a_broadcast_goes_on_where_it_was_and_tells_nobody_again(shop, file):
    """At the backup it waits for the next week; by the time of the restore it has gone."""
    recurring.say_yes(shop)
    assert recurring.announce(shop) == 1
    number = broadcast(shop)
    back_up(shop, file)
    shop.advance(days=8)
    assert shop.far_end.texts() == ["News!", "More news!"]
    restore(shop, file)
    confirm(shop)
    shop.advance(days=8)
    assert shop.far_end.texts() == []
    assert reporting.report(shop.database, PAGE, number, shop.clock.now()).sent == 1


def test_a_broadcast_that_still_waits_goes_on_waiting(shop, file):
    recurring.say_yes(shop)
    back_up(shop, file)
    assert recurring.announce(shop) == 1
    broadcast(shop)
    restore(shop, file)
    confirm(shop)
    assert shop.far_end.texts() == ["News!"]
    shop.advance(days=8)
    assert shop.far_end.texts() == ["More news!"]


def test_a_broadcast_ends_where_nobody_knows_who_has_got_it(shop, file):
    recurring.say_yes(shop)
    assert recurring.announce(shop) == 1
    shop.far_end.texts()
    number = broadcast(shop)
    later = broadcast(shop, at=shop.clock.now() + timedelta(days=20))
    back_up(shop, file)
    shop.engine.stop()
    damage(shop)
    restore_damaged(shop, file)
    shop.start()
    confirm(shop)
    shop.advance(days=8)
    assert shop.far_end.texts() == []
    found = reporting.report(shop.database, PAGE, number, shop.clock.now())
    assert found.left_out == {"cancelled": 1}
    assert broadcasts.numbered(shop.database, PAGE, later).state == "planned"


def broadcast(shop: Shop, at: datetime | None = None) -> int:
    """To whoever has to wait as well."""
    draft = Draft(recurring.NEWS, "More news!", at=at)
    number = broadcasts.plan(shop.database, PAGE, draft, shop.clock.now())
    shop.ring()
    shop.settle()
    return number


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
    assert set(taken) <= keys


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
