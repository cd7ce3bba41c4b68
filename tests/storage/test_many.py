from datetime import UTC, datetime

import pytest
from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from otn_studio.storage import many
from otn_studio.storage.tables import event
from tests.storage.conftest import PAGE

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BODIES = ({"text": "Größe? 100 %"}, {"text": ":key %s"}, {"text": ""})
ROWS = [
    {"page_id": PAGE, "kind": "note", "at": NOW, "stored_at": NOW, "key": None, "body": body}
    for body in BODIES
]
_CHANGE = update(event).where(event.c.id == bindparam("event"))


@pytest.fixture
def connection(database):
    with database.writing() as connection:
        many.execute(connection, insert(event), ROWS)
        yield connection


def events(connection):
    found = select(event.c.id, event.c.body, event.c.at, event.c.done_at).order_by(event.c.id)
    return connection.execute(found).all()


def test_rows_are_read_as_they_were_written(connection):
    assert [row[1:] for row in events(connection)] == [(body, NOW, None) for body in BODIES]


def test_each_row_is_changed_by_its_own_values(connection):
    first, _, last = events(connection)
    changes = [{"event": first.id, "done_at": NOW}, {"event": last.id, "done_at": None}]
    many.execute(connection, _CHANGE, changes)
    assert [row.done_at for row in events(connection)] == [NOW, None, None]


def test_each_row_is_deleted(connection):
    first, second, _ = events(connection)
    gone = delete(event).where(event.c.id == bindparam("event"))
    many.execute(connection, gone, [{"event": first.id}, {"event": second.id}])
    assert [row.body for row in events(connection)] == [BODIES[2]]


def test_one_row_is_enough_and_none_are_no_trouble(connection):
    many.execute(connection, insert(event), ROWS[:1])
    many.execute(connection, insert(event), [])
    assert len(events(connection)) == len(ROWS) + 1


def test_what_the_database_refuses_is_told_as_ever(connection):
    with pytest.raises(SQLAlchemyError), connection.begin_nested():
        many.execute(connection, insert(event), [ROWS[0] | {"page_id": None}])
