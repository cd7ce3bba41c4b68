"""Lanes: one at a time serves each."""

from datetime import UTC, datetime

from otn_studio.storage.engine import inbox, lanes
from tests.storage.conftest import PAGE

NOW = datetime(2027, 3, 1, tzinfo=UTC)


def test_who_takes_free_lanes_waits_for_nobody(database):
    with database.writing() as connection:
        ids = sorted(inbox.contacts_of(connection, PAGE, ["ann", "bob"], NOW).values())
    if database.engine.dialect.name == "sqlite":  # only one writes at all
        with database.writing() as connection:
            assert list(lanes.lock_free(connection, ids)) == ids
        return
    with database.writing() as first, database.writing() as second:
        lanes.lock(first, ids[:1])
        assert list(lanes.lock_free(second, ids)) == ids[1:]
    with database.writing() as connection:
        assert sorted(lanes.lock_free(connection, ids)) == ids
