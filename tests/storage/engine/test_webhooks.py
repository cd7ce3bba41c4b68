from datetime import UTC, datetime, timedelta

import pytest

from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.storage.engine import webhooks
from otn_studio.storage.engine.webhooks import BODIES_IN_A_ROW, ROWS_AT_ONCE

PAGE = "1"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def connection(url):
    database = Database.open(url)
    with database.writing() as connection:
        pages.ensure(connection, PAGE)
        pages.ensure(connection, "2")
        yield connection
    database.close()


def bodies(connection) -> list[bytes]:
    return [body for kept in webhooks.oldest(connection, PAGE) for body in kept.bodies]


def test_they_come_back_as_they_came_in_their_order(connection):
    came = [b'{"a": 1}', b"", b'\xff "\n\\u001e"']
    webhooks.keep(connection, PAGE, came, NOW)
    webhooks.keep(connection, PAGE, [b"later"], NOW + timedelta(seconds=1))
    first, second = webhooks.oldest(connection, PAGE)
    assert (first.came_at, first.bodies) == (NOW, tuple(came))
    assert (second.came_at, second.bodies) == (NOW + timedelta(seconds=1), (b"later",))


def test_each_page_has_its_own(connection):
    webhooks.keep(connection, "2", [b"x"], NOW)
    assert webhooks.oldest(connection, PAGE) == []
    assert [webhooks.count_waiting(connection, id) for id in (PAGE, "2")] == [0, 1]


def test_nothing_is_kept_of_nothing(connection):
    webhooks.keep(connection, PAGE, [], NOW)
    assert webhooks.oldest(connection, PAGE) == []


def test_very_many_are_read_in_portions_until_none_is_left(connection):
    came = [b"%d" % number for number in range(BODIES_IN_A_ROW * (ROWS_AT_ONCE + 1) + 1)]
    webhooks.keep(connection, PAGE, came, NOW)
    read = []
    while some := webhooks.oldest(connection, PAGE):
        assert sum(len(kept.bodies) for kept in some) <= BODIES_IN_A_ROW * ROWS_AT_ONCE
        read += [body for kept in some for body in kept.bodies]
        webhooks.done(connection, some)
    assert read == came


def test_what_is_set_aside_waits_for_a_newer_program(connection):
    webhooks.keep(connection, PAGE, [b"good", b"bad"], NOW)
    good, bad = webhooks.apart(connection, PAGE, webhooks.oldest(connection, PAGE))
    assert (good.bodies, bad.bodies) == ((b"good",), (b"bad",))
    webhooks.set_aside(connection, bad, "ValueError")
    assert bodies(connection) == [b"good"]
    assert webhooks.count_set_aside(connection, PAGE) == 1
    webhooks.try_again(connection, PAGE)
    assert bodies(connection) == [b"good", b"bad"]
    assert webhooks.count_set_aside(connection, PAGE) == 0


def test_what_is_set_aside_goes_with_the_events_of_its_time(connection):
    webhooks.keep(connection, PAGE, [b"bad"], NOW)
    (bad,) = webhooks.oldest(connection, PAGE)
    webhooks.forget_set_aside(connection, NOW + timedelta(days=1))
    assert bodies(connection) == [b"bad"], "it was not set aside"
    webhooks.set_aside(connection, bad, "ValueError")
    webhooks.forget_set_aside(connection, NOW)
    assert webhooks.count_set_aside(connection, PAGE) == 1
    webhooks.forget_set_aside(connection, NOW + timedelta(seconds=1))
    assert webhooks.count_set_aside(connection, PAGE) == 0
