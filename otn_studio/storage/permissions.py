"""Permissions: each kept as soon as it comes, set aside by one message, used once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from otn_studio.storage.tables import permission
from otn_studio.storage.upsert import insert_missing


@dataclass(frozen=True, slots=True)
class PermissionRow:
    """One person's yes to one topic. ``next_allowed_at`` is empty once a message has it."""

    id: int
    contact_id: int
    topic_id: str
    token: str
    opted_in_at: datetime
    expires_at: datetime
    next_allowed_at: datetime | None


_COLUMNS = (
    permission.c.id,
    permission.c.contact_id,
    permission.c.topic_id,
    permission.c.token,
    permission.c.opted_in_at,
    permission.c.expires_at,
    permission.c.next_allowed_at,
)


def keep(
    connection: Connection,
    page_id: str,
    contact_id: int,
    topic_id: str,
    token: str,
    opted_in_at: datetime,
    expires_at: datetime,
) -> bool:
    """Keep a permission. False: we had it already, so this was a repeat."""
    before = connection.scalar(
        select(permission.c.id).where(permission.c.page_id == page_id, permission.c.token == token)
    )
    if before is not None:
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
    insert_missing(connection, permission, [row])
    return True


def of_contact(connection: Connection, contact_id: int, topic_id: str) -> list[PermissionRow]:
    """A contact's permissions for a topic, locked until the transaction ends."""
    query = select(*_COLUMNS).where(
        permission.c.contact_id == contact_id, permission.c.topic_id == topic_id
    )
    return [PermissionRow(*row) for row in connection.execute(query.with_for_update())]


def set_aside(connection: Connection, row: PermissionRow) -> bool:
    """Give a permission, as it was seen, to one message. False: another message was faster."""
    as_seen = permission.c.id == row.id, permission.c.next_allowed_at == row.next_allowed_at
    changed = connection.execute(update(permission).where(*as_seen).values(next_allowed_at=None))
    return changed.rowcount == 1


def give_back(connection: Connection, ids: Collection[int]) -> None:
    """Free permissions whose message certainly was not taken for them."""
    if ids:
        freed = update(permission).where(permission.c.id.in_(ids))
        connection.execute(freed.values(next_allowed_at=permission.c.opted_in_at))
