from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, update

from otn_studio.policy.calendar import Frequency
from otn_studio.policy.profiles import UTC as UTC_ZONE
from otn_studio.storage.permissions import permissions, topics
from otn_studio.storage.permissions.expiry import Asked, asked_again_by, ending_by
from otn_studio.storage.tables import contact, permission
from tests.storage.conftest import PAGE

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SOON = NOW + 30 * DAY


@pytest.fixture
def connection(database):
    with database.writing() as connection:
        person = {"id": 1, "page_id": PAGE, "person_id": "ann", "fields": {}, "tags": []}
        connection.execute(insert(contact).values(first_seen_at=NOW, **person))
        yield connection


def give(
    connection, topic: str, token: str, ends: datetime | None, person: int = 1, **more
) -> None:
    permissions.keep(connection, PAGE, person, topic, token, NOW - 300 * DAY, ends, **more)


@pytest.fixture
def weekly(connection):
    """Topics that ask again, and one that does not; and people enough."""
    for id, asks_again in (("deals", True), ("recipes", True), ("news", False)):
        topics.add(connection, PAGE, id, id, NOW, Frequency.WEEKLY, asks_again)
    for id in range(2, 7):
        person = {"id": id, "page_id": PAGE, "person_id": str(id), "fields": {}, "tags": []}
        connection.execute(insert(contact).values(first_seen_at=NOW, **person))

    def give_weekly(person: int, ends: datetime | None, topic: str = "deals", **more) -> None:
        token = f"{topic} {person}"
        give(connection, topic, token, ends, person, frequency=Frequency.WEEKLY, **more)

    return give_weekly


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


def asked(connection, zone: ZoneInfo = UTC_ZONE) -> dict[str, Asked]:
    return dict(asked_again_by(connection, PAGE, NOW, SOON, zone))


def test_people_are_asked_again_the_day_before_the_end(connection, weekly):
    weekly(1, NOW + DAY)  # was asked already
    weekly(2, NOW + DAY + timedelta(seconds=1))
    weekly(3, SOON + DAY)
    weekly(4, SOON + DAY + timedelta(seconds=1))
    weekly(5, None)
    weekly(6, SOON, "recipes")
    assert asked(connection) == {
        "deals": Asked(2, NOW + timedelta(seconds=1)),
        "recipes": Asked(1, SOON - DAY),
    }
    assert asked_again_by(connection, "another", NOW, SOON, UTC_ZONE) == {}


def test_nobody_is_asked_about_what_is_stopped_for_one_message_or_not_to_go_on(connection, weekly):
    weekly(1, SOON, stopped_at=NOW)
    weekly(2, SOON, "news")
    topics.add(connection, PAGE, "blue", "Blue", NOW)
    give(connection, "blue", "once", SOON)
    assert asked(connection) == {}


def test_the_day_before_is_one_of_the_permission_s_own_zone_and_else_of_the_page_s(
    connection, weekly
):
    apia = ZoneInfo("Pacific/Apia")
    ends = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    weekly(1, ends + DAY, zone="Europe/Berlin")
    weekly(2, ends)
    weekly(3, ends + 2 * DAY, zone=apia.key)
    assert asked(connection, apia) == {"deals": Asked(3, ends - DAY)}


def test_when_it_is_follows_the_clocks(connection, weekly):
    new_york = ZoneInfo("America/New_York")
    autumn = datetime(2026, 10, 20, 12, 0, tzinfo=UTC)
    weekly(1, datetime(2026, 11, 1, 23, 0, tzinfo=new_york).astimezone(UTC))
    found = asked_again_by(connection, PAGE, autumn, autumn + 30 * DAY, new_york)
    day_before = datetime(2026, 10, 31, 23, 0, tzinfo=new_york).astimezone(UTC)
    assert found == {"deals": Asked(1, day_before)}
