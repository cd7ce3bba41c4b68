"""Permissions that end, and the people whom Messenger asks before theirs does."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Select, and_, distinct, func, select

from otn_studio.policy.recurring import asked_again_at
from otn_studio.storage.tables import permission, topic

_DAY = timedelta(days=1)


class Asked(NamedTuple):
    """How many people are asked, and when the next of them is."""

    people: int
    next: datetime


def ending_by(
    connection: Connection, page_id: str, now: datetime, until: datetime
) -> Mapping[str, int]:
    """How many permissions that can still be used end by then, for each topic that has such."""
    counts = (
        select(permission.c.topic_id, func.count())
        .where(
            permission.c.page_id == page_id,
            permission.c.next_allowed_at.is_not(None),
            permission.c.expires_at > now,
            permission.c.expires_at <= until,
        )
        .group_by(permission.c.topic_id)
    )
    return dict(connection.execute(counts).all())


def asked_again_by(
    connection: Connection, page_id: str, now: datetime, until: datetime, zone: ZoneInfo
) -> Mapping[str, Asked]:
    """Whom Messenger itself asks by then whether their lasting permission shall go on, for each topic.

    ``zone`` counts for permissions without one of their own. The day before an end is taken as 24
    hours to count people, and by the calendar to say when; where clocks change they differ by one.
    """
    found: dict[str, Asked] = {}
    for id, own_zone, people, ends in connection.execute(_lasting_until(page_id, now, until)):
        at = asked_again_at(ends, ZoneInfo(own_zone) if own_zone else zone)
        before = found.get(id, Asked(0, at))
        found[id] = Asked(before.people + people, min(before.next, at))
    return found


def _lasting_until(page_id: str, now: datetime, until: datetime) -> Select:
    """Those of whom Messenger asks between now and then, by topic and zone: how many, the first end."""
    ends = permission.c.expires_at
    same_topic = and_(topic.c.page_id == permission.c.page_id, topic.c.id == permission.c.topic_id)
    return (
        select(
            permission.c.topic_id,
            permission.c.zone,
            func.count(distinct(permission.c.contact_id)),
            func.min(ends, type_=ends.type),
        )
        .join(topic, same_topic)
        .where(
            permission.c.page_id == page_id,
            permission.c.frequency.is_not(None),
            permission.c.stopped_at.is_(None),
            topic.c.asks_again,
            ends > now + _DAY,
            ends <= until + _DAY,
        )
        .group_by(permission.c.topic_id, permission.c.zone)
    )
