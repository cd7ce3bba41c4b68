"""200 calls in 24 hours for each person that the Page can write to, counted from the database."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from otn_studio.runtime.sending.budget import AT_ONCE, Budget
from otn_studio.runtime.sending.pacing import Room
from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.storage.engine import inbox
from otn_studio.storage.tables import contact, send
from tests.postgres import fresh_database
from tests.runtime.far_end import MONDAY, PAGE

ROOM = Room(32, 8, 300, 295, 10, 10**6)
MINUTE = timedelta(minutes=1)


@pytest.fixture(params=["sqlite", "postgresql"])
def connection(request):
    database = Database.open("sqlite://" if request.param == "sqlite" else fresh_database())
    with database.writing() as connection:
        pages.ensure(connection, PAGE)
        yield connection
    database.close()


def people(connection, count: int) -> list[int]:
    names = [f"p{number}" for number in range(count)]
    return list(inbox.contacts_of(connection, PAGE, names, MONDAY).values())


def sent(connection, contact_id: int, attempts: int, at) -> None:
    row = {"page_id": PAGE, "contact_id": contact_id, "last": True, "message": {}, "state": "sent"}
    times = {"created_at": at, "claimed_at": at, "settled_at": at}
    connection.execute(insert(send).values(**row, **times, attempts=attempts))


def left(budget, connection, now=MONDAY) -> int:
    return budget.narrowed(connection, ROOM, now).messages


def test_it_is_200_for_each_person_less_what_was_tried_within_24_hours(connection):
    ann, *_ = people(connection, 3)
    sent(connection, ann, 150, MONDAY - timedelta(hours=23))
    sent(connection, ann, 5_000, MONDAY - timedelta(hours=24))
    assert left(Budget(PAGE), connection) == 450


def test_whoever_has_left_does_not_count(connection):
    people(connection, 3)
    connection.execute(
        contact.update().where(contact.c.person_id == "p0").values(unreachable_at=MONDAY)
    )
    assert left(Budget(PAGE), connection) == 400


def test_once_it_is_spent_it_is_counted_anew_every_minute(connection):
    (ann,) = people(connection, 1)
    budget = Budget(PAGE)
    assert left(budget, connection) == 200
    assert budget.opens_at() > MONDAY + timedelta(days=365)
    sent(connection, ann, 200, MONDAY)
    budget.spend(200)
    assert left(budget, connection) == 0
    assert budget.opens_at() == MONDAY + MINUTE
    people(connection, 2)
    assert left(budget, connection, MONDAY + MINUTE / 2) == 0
    assert left(budget, connection, MONDAY + MINUTE) == 200
    budget.spend(200)
    sent(connection, ann, 200, MONDAY)
    assert left(budget, connection, MONDAY + 2 * MINUTE) == 0
    assert left(budget, connection, MONDAY - timedelta(days=1)) == 0
    assert left(budget, connection, MONDAY + timedelta(hours=24)) == 400


def test_a_grant_that_is_used_up_is_followed_by_the_next_at_once(connection):
    people(connection, 200)
    budget = Budget(PAGE)
    assert left(budget, connection) == AT_ONCE
    budget.spend(AT_ONCE)
    assert left(budget, connection) == AT_ONCE
