"""What is known of the people."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, or_, select, update

from otn_studio.storage.engine import lanes
from otn_studio.storage.instant import Instant
from otn_studio.storage.people import searching
from otn_studio.storage.tables import contact, lane, permission


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One person. ``quiet_until``: a colleague answers them by hand until then."""

    id: int
    person_id: str
    fields: Mapping[str, Any]
    tags: list[str]
    first_seen_at: datetime
    last_action_at: datetime | None
    unreachable_at: datetime | None
    quiet_until: datetime | None


def by_ids(connection: Connection, page_id: str, ids: Collection[int]) -> dict[int, ContactRow]:
    """These people, by their ids; who is not there any more is left out."""
    rows = connection.execute(_BY_IDS, {"page": page_id, "ids": list(ids)})
    return {row.id: ContactRow(*row) for row in rows}


_BY_IDS = (
    select(
        contact.c.id,
        contact.c.person_id,
        contact.c.fields,
        contact.c.tags,
        contact.c.first_seen_at,
        contact.c.last_action_at,
        contact.c.unreachable_at,
        lane.c.quiet_until,
    )
    .outerjoin(lane, lane.c.contact_id == contact.c.id)
    .where(
        contact.c.page_id == bindparam("page"),
        contact.c.id.in_(bindparam("ids", expanding=True)),
    )
)


def topics_held(
    connection: Connection, ids: Collection[int], now: datetime
) -> dict[int, list[str]]:
    """For which topics these people hold a permission, each topic once."""
    found: dict[int, list[str]] = defaultdict(list)
    for id, topic_id in connection.execute(_TOPICS_HELD, {"ids": list(ids), "now": now}):
        found[id].append(topic_id)
    return found


_TOPICS_HELD = (
    select(permission.c.contact_id, permission.c.topic_id)
    .where(
        permission.c.contact_id.in_(bindparam("ids", expanding=True)),
        or_(permission.c.frequency.is_not(None), permission.c.next_allowed_at.is_not(None)),
        or_(
            permission.c.expires_at.is_(None),
            permission.c.expires_at > bindparam("now", type_=Instant),
        ),
        permission.c.stopped_at.is_(None),
    )
    .group_by(permission.c.contact_id, permission.c.topic_id)
    .order_by(permission.c.contact_id, func.min(permission.c.opted_in_at))
)


def know(
    connection: Connection,
    page_id: str,
    id: int,
    fields: Mapping[str, Any],
    tags: Collection[str],
) -> None:
    """A person has these fields and tags now. The caller has locked their lane."""
    values = {"fields": dict(fields), "tags": sorted(tags)}
    connection.execute(update(contact).where(contact.c.id == id).values(**values))
    searching.learn(connection, page_id, {id: (fields, tags)})


def locked(connection: Connection, page_id: str, id: int) -> ContactRow | None:
    """A person as they are, and stay until the transaction ends; none where they are gone."""
    lanes.lock(connection, [id])
    return by_ids(connection, page_id, [id]).get(id)


def set_unreachable(connection: Connection, id: int, now: datetime) -> None:
    """The person blocked the Page or left; whatever they do next takes this back."""
    connection.execute(update(contact).where(contact.c.id == id).values(unreachable_at=now))


def set_quiet(connection: Connection, id: int, until: datetime | None) -> None:
    """A colleague answers the person by hand until then, and the bot is quiet."""
    connection.execute(update(lane).where(lane.c.contact_id == id).values(quiet_until=until))


def count_reachable(connection: Connection, page_id: str, at_most: int) -> int:
    """How many people the Page can write to, counted no further than is asked for."""
    some = select(contact.c.id).where(
        contact.c.page_id == page_id, contact.c.unreachable_at.is_(None)
    )
    counted = select(func.count()).select_from(some.limit(at_most).subquery())
    return connection.scalar(counted) or 0
