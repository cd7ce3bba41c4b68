"""Storing what came, before anything is done with it. Repeats are stored once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, or_, select

from otn_studio.storage.engine import lanes
from otn_studio.storage.tables import contact, event, lane
from otn_studio.storage.upsert import insert_missing

EMPTY_CONVERSATION = "{}"
_INSERT_EVENT = insert(event)


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing that came. ``person_id`` is empty where it is nobody's.

    ``acts``: a person did it, so they are a contact from now on. ``to_read``: the contact's lane has
    to read it; anything else is only kept.
    """

    kind: str
    person_id: str
    at: datetime
    key: str | None
    body: dict[str, Any]
    acts: bool
    to_read: bool


def store(
    connection: Connection, page_id: str, incoming: Collection[Incoming], now: datetime
) -> None:
    """Store all of it, and wake the lanes that have something to read."""
    people = {entry.person_id for entry in incoming if entry.person_id}
    newcomers = {entry.person_id for entry in incoming if entry.acts and entry.person_id}
    contacts = _contacts(connection, page_id, people)
    if missing := newcomers - contacts.keys():
        contacts |= _new_contacts(connection, page_id, missing, now)
    to_wake = {
        contacts[entry.person_id]
        for entry in incoming
        if entry.to_read and entry.person_id in contacts
    }
    lanes.lock(connection, to_wake)
    rows = [_row(page_id, entry, contacts.get(entry.person_id), now) for entry in incoming]
    insert_missing(connection, event, rows)
    lanes.wake(connection, to_wake, now)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that the engine did, or that is to happen to a contact. See `Incoming`."""

    kind: str
    contact_id: int
    at: datetime
    body: dict[str, Any]
    to_read: bool


def add(
    connection: Connection, page_id: str, happenings: Collection[Happening], now: datetime
) -> None:
    """Write them into the contacts' timelines, and wake the lanes that have something to read."""
    if not happenings:
        return
    to_wake = {entry.contact_id for entry in happenings if entry.to_read}
    lanes.lock(connection, to_wake)
    rows = [
        {
            "page_id": page_id,
            "contact_id": entry.contact_id,
            "kind": entry.kind,
            "at": entry.at,
            "stored_at": now,
            "body": entry.body,
            "done_at": None if entry.to_read else now,
        }
        for entry in happenings
    ]
    connection.execute(_INSERT_EVENT, rows)
    lanes.wake(connection, to_wake, now)


def last_webhook_at(connection: Connection, page_id: str) -> datetime | None:
    """When a webhook came last; what the engine itself writes has no key."""
    query = select(event.c.stored_at).where(event.c.page_id == page_id, event.c.key.is_not(None))
    return connection.scalar(query.order_by(event.c.id.desc()).limit(1))


def is_known(
    connection: Connection, page_id: str, kind: str, key: str | None, at: datetime
) -> bool:
    """Whether something of that kind was stored before, or something that happened later was."""
    query = select(event.c.id).where(event.c.page_id == page_id, event.c.kind == kind)
    known = query.where(or_(event.c.key == key, event.c.at > at))
    return connection.scalar(known.limit(1)) is not None


def newest(connection: Connection) -> int:
    """The number of the newest event."""
    return connection.scalar(select(func.max(event.c.id))) or 0


def who_told(connection: Connection, page_id: str, kind: str, after: int) -> dict[int, str]:
    """The contacts of whom something of that kind came after the event of that number, with
    Messenger's ids."""
    query = (
        select(contact.c.id, contact.c.person_id)
        .join(event, event.c.contact_id == contact.c.id)
        .where(event.c.id > after, event.c.page_id == page_id, event.c.kind == kind)
    )
    return dict(connection.execute(query).all())


def bodies(
    connection: Connection, contact_id: int, kind: str, before: datetime
) -> list[dict[str, Any]]:
    """What came of that kind from a contact, and was read or happened before an instant."""
    was_read = or_(event.c.done_at.is_not(None), event.c.at < before)
    query = select(event.c.body).where(event.c.contact_id == contact_id, event.c.kind == kind)
    return list(connection.scalars(query.where(was_read)))


def read_since(
    connection: Connection, contact_id: int, kind: str, after: datetime
) -> list[tuple[datetime, dict[str, Any]]]:
    """What came of that kind from a contact, happened after an instant, and was read; in order."""
    query = select(event.c.at, event.c.body).where(
        event.c.contact_id == contact_id,
        event.c.kind == kind,
        event.c.at > after,
        event.c.done_at.is_not(None),
    )
    rows = connection.execute(query.order_by(event.c.at, event.c.id))
    return [tuple(row) for row in rows]


def contacts_of(
    connection: Connection, page_id: str, people: Collection[str], now: datetime
) -> dict[str, int]:
    """The contacts of these people by Messenger's ids, new ones where there were none."""
    known = _contacts(connection, page_id, people)
    missing = set(people) - known.keys()
    return known | _new_contacts(connection, page_id, missing, now) if missing else known


def _contacts(connection: Connection, page_id: str, people: Collection[str]) -> dict[str, int]:
    if not people:
        return {}
    return dict(connection.execute(_CONTACTS, {"page": page_id, "people": list(people)}).all())


_CONTACTS = select(contact.c.person_id, contact.c.id).where(
    contact.c.page_id == bindparam("page"),
    contact.c.person_id.in_(bindparam("people", expanding=True)),
)


def _new_contacts(
    connection: Connection, page_id: str, people: Collection[str], now: datetime
) -> dict[str, int]:
    shared = {"page_id": page_id, "fields": {}, "tags": [], "first_seen_at": now}
    shared |= {"profile_due_at": now}
    insert_missing(connection, contact, [shared | {"person_id": id} for id in sorted(people)])
    found = _contacts(connection, page_id, people)
    empty = {"page_id": page_id, "conversation": EMPTY_CONVERSATION}
    insert_missing(connection, lane, [empty | {"contact_id": id} for id in sorted(found.values())])
    return found


def _row(page_id: str, entry: Incoming, contact_id: int | None, now: datetime) -> dict[str, Any]:
    return {
        "page_id": page_id,
        "contact_id": contact_id,
        "kind": entry.kind,
        "at": entry.at,
        "stored_at": now,
        "key": entry.key,
        "body": entry.body,
        "done_at": None if entry.to_read and contact_id is not None else now,
    }
