"""People of whom Messenger has not told yet who they are."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from otn_studio.storage.instant import Instant
from otn_studio.storage.tables import contact


class Stranger(NamedTuple):
    contact_id: int
    person_id: str
    first_seen_at: datetime


def due(connection: Connection, page_id: str, now: datetime) -> list[Stranger]:
    """Some of those whom Messenger is to be asked about by now, the longest due first."""
    rows = connection.execute(_DUE, {"page": page_id, "now": now})
    return [Stranger(*row) for row in rows]


def ask_again(connection: Connection, contact_id: int, at: datetime | None) -> None:
    """Ask about them then, or no more."""
    connection.execute(update(contact).where(contact.c.id == contact_id).values(profile_due_at=at))


AT_ONCE = 20
_DUE = (
    select(contact.c.id, contact.c.person_id, contact.c.first_seen_at)
    .where(
        contact.c.page_id == bindparam("page"),
        contact.c.profile_due_at <= bindparam("now", type_=Instant),
    )
    .order_by(contact.c.profile_due_at)
    .limit(AT_ONCE)
)
