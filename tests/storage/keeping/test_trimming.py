import os
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from otn_studio.storage.database import Database
from otn_studio.storage.engine import inbox
from otn_studio.storage.engine.inbox import Happening, Incoming
from otn_studio.storage.keeping import trimming
from otn_studio.storage.tables import contact, event
from tests.storage.conftest import PAGE
from tests.storage.old import make_old

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HORIZON = NOW - timedelta(days=400)
OLD = HORIZON - timedelta(days=1)


@pytest.fixture
def ann(database):
    come(database, "message", OLD, done=True)
    with database.reading() as connection:
        return connection.scalar(select(contact.c.id))


def come(database, kind: str, at: datetime, done: bool, count: int = 1, text: str = "") -> None:
    bodies = [{"text": text, "number": number} for number in range(count)]
    incoming = [
        Incoming(kind, "ann", at, f"{kind} {at} {body['number']}", body, True, not done)
        for body in bodies
    ]
    with database.writing() as connection:
        inbox.store(connection, PAGE, incoming, at)


def kinds(database) -> list[str]:
    with database.reading() as connection:
        return list(connection.scalars(select(event.c.kind).order_by(event.c.id)))


def test_what_is_old_and_read_goes(database, ann):
    come(database, "postback", OLD, done=True)
    come(database, "referral", HORIZON, done=True)
    come(database, "message", NOW, done=True)
    assert sum(trimming.trim(database, HORIZON)) == 2
    assert kinds(database) == ["referral", "message"]


def test_what_was_not_read_stays_however_old_it_is(database, ann):
    come(database, "postback", OLD, done=False)
    list(trimming.trim(database, HORIZON))
    assert kinds(database) == ["postback"]


def test_a_yes_stays_for_it_is_the_proof(database, ann):
    come(database, "optin", OLD, done=True)
    list(trimming.trim(database, HORIZON))
    assert kinds(database) == ["optin"]
    with database.reading() as connection:
        assert len(inbox.bodies(connection, ann, "optin", NOW)) == 1


def test_the_engines_own_notes_go_too(database, ann):
    with database.writing() as connection:
        inbox.add(connection, PAGE, [Happening("note", ann, OLD, {}, to_read=False)], OLD)
    list(trimming.trim(database, HORIZON))
    assert kinds(database) == []


def test_it_goes_in_steps_and_others_write_between_them(database, ann):
    come(database, "postback", OLD, done=True, count=3 * trimming.EVENTS_AT_ONCE)
    steps = []
    for number, step in enumerate(trimming.trim(database, HORIZON)):
        steps.append(step)
        come(database, f"new {number}", NOW, done=True)
    assert len(steps) > 3
    assert max(steps) <= trimming.EVENTS_AT_ONCE
    assert kinds(database) == [f"new {number}" for number in range(len(steps))]


def test_years_of_proofs_do_not_keep_what_is_behind_them(database, ann):
    come(database, "optin", OLD, done=True, count=2 * trimming.EVENTS_AT_ONCE)
    come(database, "postback", OLD, done=True)
    list(trimming.trim(database, HORIZON))
    assert set(kinds(database)) == {"optin"}


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_the_file_gets_smaller_while_others_use_it(database, ann):
    come(database, "postback", OLD, done=True, count=5_000, text="x" * 1_000)
    list(trimming.trim(database, HORIZON))
    _checkpoint(database)
    before = os.stat(database.file).st_size
    with database.reading() as reader:
        reader.execute(select(event.c.id)).all()
        steps = []
        for step in trimming.compact(database):
            steps.append(step)
            come(database, f"new {len(steps)}", NOW, done=True)
    assert len(steps) > 3
    assert max(steps) <= trimming.PAGES_AT_ONCE
    _checkpoint(database)
    assert os.stat(database.file).st_size < before / 3
    assert list(trimming.compact(database)) == []


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_little_room_is_left_for_the_next_rows(database, ann):
    come(database, "postback", NOW, done=True, count=4_000, text="x" * 1_000)
    come(database, "message", NOW, done=True, count=100, text="x" * 1_000)
    with database.writing() as connection:
        connection.execute(event.delete().where(event.c.kind == "message"))
    assert list(trimming.compact(database)) == []


def _checkpoint(database) -> None:
    with database.engine.connect() as connection:
        raw = connection.connection.driver_connection
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def test_a_database_without_events_is_left_alone(database):
    with database.writing() as connection:
        connection.execute(
            insert(contact).values(
                page_id=PAGE, person_id="7", fields={}, tags=[], first_seen_at=NOW
            )
        )
    assert list(trimming.trim(database, NOW)) == []


def test_an_old_file_keeps_its_empty_pages_and_fills_them(tmp_path):
    file = make_old(tmp_path / "old.db")
    database = Database.open(f"sqlite:///{file}")
    come(database, "postback", OLD, done=True, count=2_000, text="x" * 1_000)
    list(trimming.trim(database, HORIZON))
    assert list(trimming.compact(database)) == []
    _checkpoint(database)
    before = os.stat(file).st_size
    come(database, "message", NOW, done=True, count=1_000, text="x" * 1_000)
    _checkpoint(database)
    assert os.stat(file).st_size == before
    database.close()
