"""Permissions: each kept as soon as it comes, set aside by one message at a time.

One for a single message is used up by it. A lasting one, which has a ``frequency``, is free again
from the next instant on at which the rules allow another message.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from otn_studio.storage.instant import Instant
from otn_studio.storage.tables import permission
from otn_studio.storage.upsert import insert_missing

ROWS_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class PermissionRow:
    """One person's yes to one topic. ``next_allowed_at`` is empty while a message has it."""

    id: int
    contact_id: int
    topic_id: str
    token: str
    opted_in_at: datetime
    expires_at: datetime | None
    next_allowed_at: datetime | None
    frequency: str | None
    zone: str | None
    title: str | None
    stopped_at: datetime | None
    first_used_at: datetime | None
    follow_ups: int
    last_used_at: datetime | None
    not_before: datetime | None


_ROWS = select(*(permission.c[name] for name in PermissionRow.__slots__))
_RECURRING = permission.c.frequency.is_not(None)
_UNUSED: dict[str, Any] = {
    "stopped_at": None,
    "first_used_at": None,
    "follow_ups": 0,
    "last_used_at": None,
    "not_before": None,
}


def keep(
    connection: Connection,
    page_id: str,
    contact_id: int,
    topic_id: str,
    token: str,
    opted_in_at: datetime,
    expires_at: datetime | None,
    **lasting: Any,
) -> bool:
    """Keep a permission. False: we had it already, so this was a repeat."""
    if with_token(connection, page_id, token) is not None:
        return False
    row = {
        "page_id": page_id,
        "contact_id": contact_id,
        "topic_id": topic_id,
        "token": token,
        "opted_in_at": opted_in_at,
        "expires_at": expires_at,
        "next_allowed_at": opted_in_at,
    }
    insert_missing(connection, permission, [row | lasting])
    return True


def begin_anew(connection: Connection, id: int, opted_in_at: datetime, **values: Any) -> None:
    """The person said yes again after the end: nothing of what was before counts any more."""
    begins = {"opted_in_at": opted_in_at, "next_allowed_at": opted_in_at}
    change(connection, id, **_UNUSED, **begins, **values)


def change(connection: Connection, id: int, **values: Any) -> None:
    connection.execute(_CHANGE, {"permission": id, **values})


_CHANGE = update(permission).where(permission.c.id == bindparam("permission"))


def with_token(connection: Connection, page_id: str, token: str) -> PermissionRow | None:
    """The permission that Messenger gave us this token for."""
    row = connection.execute(_WITH_TOKEN, {"page": page_id, "token": token}).first()
    return None if row is None else PermissionRow(*row)


_WITH_TOKEN = _ROWS.where(
    permission.c.page_id == bindparam("page"), permission.c.token == bindparam("token")
)


def of_contact(connection: Connection, contact_id: int, topic_id: str) -> list[PermissionRow]:
    """A contact's permissions for a topic, locked until the transaction ends."""
    given = {"contact": contact_id, "topic": topic_id}
    return [PermissionRow(*row) for row in connection.execute(_OF_CONTACT, given)]


_OF_CONTACT = _ROWS.where(
    permission.c.contact_id == bindparam("contact"), permission.c.topic_id == bindparam("topic")
).with_for_update()


def of_contacts(
    connection: Connection, contact_ids: Collection[int], topic_id: str
) -> dict[int, list[PermissionRow]]:
    """The same of several contacts, by their numbers."""
    given = {"contacts": list(contact_ids), "topic": topic_id}
    found: dict[int, list[PermissionRow]] = {}
    for row in connection.execute(_OF_CONTACTS, given):
        found.setdefault(row.contact_id, []).append(PermissionRow(*row))
    return found


_OF_CONTACTS = (
    _ROWS.where(
        permission.c.contact_id.in_(bindparam("contacts", expanding=True)),
        permission.c.topic_id == bindparam("topic"),
    )
    .order_by(permission.c.id)
    .with_for_update()
)


def topics_of_contact(connection: Connection, contact_id: int) -> list[str]:
    """The topics for which a contact has, or had, a permission."""
    return list(connection.scalars(_TOPICS_OF_CONTACT, {"contact": contact_id}))


_TOPICS_OF_CONTACT = (
    select(permission.c.topic_id)
    .where(permission.c.contact_id == bindparam("contact"))
    .distinct()
    .order_by(permission.c.topic_id)
)


def recurring_of_contact(connection: Connection, contact_id: int) -> list[PermissionRow]:
    """All lasting permissions of a contact, locked until the transaction ends."""
    rows = connection.execute(_RECURRING_OF_CONTACT, {"contact": contact_id})
    return [PermissionRow(*row) for row in rows]


_RECURRING_OF_CONTACT = (
    _ROWS.where(permission.c.contact_id == bindparam("contact"), _RECURRING)
    .order_by(permission.c.opted_in_at, permission.c.id)
    .with_for_update()
)


def by_id(connection: Connection, ids: Collection[int]) -> dict[int, PermissionRow]:
    """These permissions by their ids."""
    if not ids:
        return {}
    rows = connection.execute(_BY_ID, {"ids": list(ids)})
    return {row.id: PermissionRow(*row) for row in rows}


_BY_ID = _ROWS.where(permission.c.id.in_(bindparam("ids", expanding=True)))


def set_aside(connection: Connection, row: PermissionRow) -> bool:
    """Give a permission, as it was seen, to one message. False: another message was faster."""
    given = {"permission": row.id, "seen": row.next_allowed_at}
    return connection.execute(_SET_ASIDE, given).rowcount == 1


_SET_ASIDE = (
    update(permission)
    .where(
        permission.c.id == bindparam("permission"),
        permission.c.next_allowed_at == bindparam("seen", type_=Instant),
    )
    .values(next_allowed_at=None)
)


def give_back(connection: Connection, rows: Iterable[PermissionRow]) -> None:
    """Free permissions as they were seen before they were set aside."""
    free(connection, {row.id: row.next_allowed_at for row in rows})


def free(connection: Connection, instants: dict[int, datetime | None]) -> None:
    """Say from when on these permissions may be used."""
    given = [{"permission": id, "at": at} for id, at in instants.items()]
    if given:
        connection.execute(_FREE, given)


_FREE = (
    update(permission)
    .where(permission.c.id == bindparam("permission"))
    .values(next_allowed_at=bindparam("at", type_=Instant))
)


def recurring_of_page(connection: Connection, page_id: str) -> Iterator[list[PermissionRow]]:
    """All lasting permissions of a Page, some at a time."""
    last = 0
    while rows := connection.execute(_RECURRING_OF_PAGE, {"page": page_id, "last": last}).all():
        yield [PermissionRow(*row) for row in rows]
        last = rows[-1].id


_RECURRING_OF_PAGE = (
    _ROWS.where(
        permission.c.page_id == bindparam("page"), permission.c.id > bindparam("last"), _RECURRING
    )
    .order_by(permission.c.id)
    .limit(ROWS_AT_ONCE)
)
