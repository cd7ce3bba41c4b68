from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, update

from otn_studio.storage import permissions
from otn_studio.storage.expiry import ending_by
from otn_studio.storage.tables import contact, permission
from tests.storage.conftest import PAGE

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SOON = NOW + timedelta(days=30)


@pytest.fixture
def connection(database):
    with database.writing() as connection:
        person = {"id": 1, "page_id": PAGE, "person_id": "ann", "fields": {}, "tags": []}
        connection.execute(insert(contact).values(first_seen_at=NOW, **person))
        yield connection


def give(connection, topic: str, token: str, ends: datetime) -> None:
    permissions.keep(connection, PAGE, 1, topic, token, NOW - timedelta(days=300), ends)


def test_those_that_end_by_then_are_counted_for_each_topic(connection):
    for topic, token, ends in (
        ("blue", "over", NOW),
        ("blue", "next", NOW + timedelta(seconds=1)),
        ("blue", "last", SOON),
        ("blue", "later", SOON + timedelta(seconds=1)),
        ("red", "red", SOON),
        ("green", "green", SOON + timedelta(days=1)),
    ):
        give(connection, topic, token, ends)
    assert ending_by(connection, PAGE, NOW, SOON) == {"blue": 2, "red": 1}
    assert ending_by(connection, "another", NOW, SOON) == {}


def test_one_that_was_used_does_not_end_any_more(connection):
    give(connection, "blue", "used", SOON)
    connection.execute(update(permission).values(next_allowed_at=None))
    assert ending_by(connection, PAGE, NOW, SOON) == {}
