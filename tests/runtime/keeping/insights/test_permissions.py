"""Permissions are counted on the days of the Page."""

from collections import Counter
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert

from otn_studio.storage.insights import of_permissions
from otn_studio.storage.tables import permission
from tests.runtime.keeping.insights.history import BEGIN, MANY, World, numbers, topics, yeses

zones = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/Havana", "Asia/Kathmandu", "Africa/Cairo", "Pacific/Apia"]
)


@given(rows=yeses, zone=zones.map(ZoneInfo), topic=st.none() | topics)
@MANY
def test_permissions_are_counted_on_the_days_of_the_page(database, rows, zone, topic):
    world = World(database)
    with database.writing() as connection:
        for of, opted_in_at, expires_at, stopped_at, is_free, frequency in rows:
            row = {"page_id": world.page, "contact_id": world.people[0], "topic_id": of}
            row |= {"token": f"token {next(numbers)}", "opted_in_at": opted_in_at}
            row |= {"expires_at": expires_at, "stopped_at": stopped_at, "frequency": frequency}
            row |= {"next_allowed_at": opted_in_at if is_free else None}
            connection.execute(insert(permission).values(**row))
    now, day = BEGIN, lambda moment: of_permissions.local_day(moment, zone)
    first, last = day(now) - 100, day(now) + 100
    wanted = [row for row in rows if topic in (None, row[0])]
    free = [row for row in wanted if row[4] or row[5]]
    held = [row for row in free if (row[2] is None or row[2] > now) and row[3] is None]

    def by_day(moments, since=first):
        days = (day(moment) for moment in moments if moment is not None)
        return Counter(number for number in days if since <= number <= last)

    of = world.page, topic
    with database.reading() as connection:
        span = connection, *of, first, last, zone
        assert of_permissions.gained(*span) == by_day(row[1] for row in wanted)
        assert of_permissions.stopped(*span) == by_day(row[3] for row in wanted)
        ended = by_day(row[2] for row in free if row[2] and row[2] <= now)
        assert of_permissions.expired(*span, now) == ended
        ends = dict(of_permissions.ending(connection, *of, last, zone, now))
        assert sum(ends.values()) == len(held)
        ends.pop(None, None)
        assert ends == by_day((row[2] for row in held), day(now))
