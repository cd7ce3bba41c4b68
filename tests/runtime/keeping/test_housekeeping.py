import os
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from otn_studio.runtime.keeping.housekeeping import AGAIN, Housekeeping
from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.storage.keeping import backups
from otn_studio.storage.people import erasing
from otn_studio.storage.tables import event

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def database(tmp_path):
    database = Database.open(f"sqlite:///{tmp_path / 'otn-studio.db'}")
    with database.writing() as connection:
        pages.ensure(connection, "1")
    yield database
    database.close()


def add_event(database: Database, stored_at: datetime, text: str = "") -> None:
    shared = {"page_id": "1", "kind": "note", "body": {"text": text}}
    times = {"at": stored_at, "stored_at": stored_at, "done_at": stored_at}
    with database.writing() as connection:
        connection.execute(insert(event).values(**shared, **times))


def events(database: Database) -> list[datetime]:
    with database.reading() as connection:
        return list(connection.scalars(select(event.c.at).order_by(event.c.id)))


def made(database: Database) -> list[str]:
    return sorted(path.name for path in backups.daily(database.file).values())


def housekeeping(database: Database) -> Housekeeping:
    return Housekeeping(database, keep_events=400 * DAY, pause_seconds=0)


def test_a_backup_is_made_once_a_day_and_seven_are_kept(database):
    work = housekeeping(database)
    for hours in range(0, 10 * 24, 6):
        now = NOON + timedelta(hours=hours)
        if work.look(now):
            work.turn()
    assert len(made(database)) == backups.KEPT
    assert made(database)[-1] == "otn-studio.backup-2026-12-03.db"


def test_it_says_when_there_is_more_to_do(database):
    work = housekeeping(database)
    assert work.look(NOON)
    assert work.turn() == datetime(2026, 11, 24, tzinfo=UTC)
    assert not work.look(NOON + timedelta(hours=11))
    assert work.look(NOON + timedelta(hours=12))


def test_a_restart_makes_no_second_backup_of_the_day(database):
    for _ in range(2):
        work = housekeeping(database)
        assert work.look(NOON)
        work.turn()
        add_event(database, NOON)
    (name,) = made(database)
    copy = Database.open(f"sqlite:///{database.file.with_name(name)}")
    assert events(copy) == []
    copy.close()


def test_old_events_go_after_they_were_backed_up(database):
    add_event(database, NOON - 401 * DAY)
    add_event(database, NOON - 399 * DAY)
    work = housekeeping(database)
    work.look(NOON)
    work.turn()
    assert events(database) == [NOON - 399 * DAY]
    (name,) = made(database)
    copy = Database.open(f"sqlite:///{database.file.with_name(name)}")
    assert len(events(copy)) == 2
    copy.close()


def test_what_fails_is_logged_in_a_sentence_and_tried_again_in_an_hour(database, caplog):
    caplog.set_level("WARNING")
    add_event(database, NOON, "x" * 1_000_000)
    erasing.empty_journal(database)
    with database.file.open("r+b") as stream:
        stream.seek(database.file.stat().st_size // 2)
        stream.write(os.urandom(100_000))
    work = housekeeping(database)
    assert work.look(NOON)
    assert work.turn() == NOON + AGAIN
    (said,) = caplog.records
    assert "is damaged" in said.getMessage()
    assert said.exc_info is None
    assert not work.look(NOON + timedelta(minutes=59))
    assert work.look(NOON + AGAIN)
    assert work.look(NOON - DAY, jump=-DAY)


def test_it_stops_between_two_steps_and_begins_anew_another_time(database):
    add_event(database, NOON, "x" * 10_000_000)
    work = housekeeping(database)
    work.stop()
    assert work.look(NOON)
    work.turn()
    assert made(database) == []
    assert not list(database.file.parent.glob("*.part*"))
    again = housekeeping(database)
    again.look(NOON)
    again.turn()
    assert made(database) == ["otn-studio.backup-2026-11-23.db"]
