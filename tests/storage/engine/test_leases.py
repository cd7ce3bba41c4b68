"""The lease of a Page: one process at a time has it."""

from datetime import timedelta

import pytest

from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.storage.engine import leases
from tests.postgres import fresh_database
from tests.storage.conftest import PAGE

LONG, OVER = timedelta(minutes=1), timedelta(microseconds=-1)


@pytest.fixture
def server():
    database = Database.open(fresh_database())
    with database.writing() as connection:
        pages.ensure(connection, PAGE)
    yield database
    database.close()


def _take(server, holder, length=LONG):
    with server.writing() as connection:
        return leases.take(connection, PAGE, holder, length)


def test_one_at_a_time_has_it(server):
    assert _take(server, "ann")
    assert not _take(server, "ben")


def test_whoever_has_it_may_have_it_longer(server):
    assert _take(server, "ann", OVER)
    assert _take(server, "ann")
    assert not _take(server, "ben")


def test_it_ends_by_itself(server):
    assert _take(server, "ann", OVER)
    assert _take(server, "ben")
    assert not _take(server, "ann")


def test_it_is_left_for_the_next_one(server):
    _take(server, "ann")
    with server.writing() as connection:
        leases.leave(connection, PAGE, "ann")
    assert _take(server, "ben")


def test_nobody_leaves_it_for_somebody_else(server):
    _take(server, "ann")
    with server.writing() as connection:
        leases.leave(connection, PAGE, "ben")
    assert not _take(server, "ben")
