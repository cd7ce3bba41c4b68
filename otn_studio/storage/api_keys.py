"""The keys with which other systems may announce. Only a digest is here: who finds it has no key."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from otn_studio.storage.tables import api_key


@dataclass(frozen=True, slots=True)
class ApiKey:
    """One key that was not withdrawn."""

    id: int
    name: str
    digest: str
    made_at: datetime
    used_at: datetime | None


_ROWS = select(*(api_key.c[name] for name in ApiKey.__slots__)).where(
    api_key.c.withdrawn_at.is_(None)
)


def add(connection: Connection, page_id: str, name: str, digest: str, now: datetime) -> int:
    values = {"page_id": page_id, "name": name, "digest": digest, "made_at": now}
    return connection.execute(insert(api_key).values(values)).inserted_primary_key[0]


def all_keys(connection: Connection, page_id: str) -> list[ApiKey]:
    """Those that are good, the oldest first."""
    rows = connection.execute(_ROWS.where(api_key.c.page_id == page_id).order_by(api_key.c.id))
    return [ApiKey(*row) for row in rows]


def numbered(connection: Connection, page_id: str, id: int) -> ApiKey | None:
    """The key of that number, if it is good."""
    of_page = _ROWS.where(api_key.c.page_id == page_id, api_key.c.id == id)
    row = connection.execute(of_page).first()
    return None if row is None else ApiKey(*row)


def page_of(connection: Connection, id: int) -> str | None:
    """Whose key has that number."""
    return connection.scalar(select(api_key.c.page_id).where(api_key.c.id == id))


def used(connection: Connection, id: int, now: datetime) -> None:
    connection.execute(update(api_key).where(api_key.c.id == id).values(used_at=now))


def withdraw(connection: Connection, page_id: str, id: int, now: datetime) -> None:
    """From now on it is good for nothing."""
    gone = update(api_key).where(api_key.c.page_id == page_id, api_key.c.id == id)
    connection.execute(gone.values(withdrawn_at=now))
