"""Files that flows send: their content, and the number by which Messenger knows each for a while."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from otn_studio.storage.instant import Instant
from otn_studio.storage.tables import attachment

Key = tuple[str, str]
"""What a file is kept by: the digest of its content, and what it is sent as."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file without its content. ``number`` is none where Messenger does not have it yet."""

    digest: str
    medium: str
    name: str
    upload_at: datetime | None
    attempts: int
    number: str | None
    uploaded_at: datetime | None
    problem: str | None

    @property
    def key(self) -> Key:
        return self.digest, self.medium


_COLUMNS = (
    attachment.c.digest,
    attachment.c.medium,
    attachment.c.name,
    attachment.c.upload_at,
    attachment.c.attempts,
    attachment.c.number,
    attachment.c.uploaded_at,
    attachment.c.problem,
)


def keep(
    connection: Connection, page_id: str, key: Key, name: str, content: bytes, now: datetime
) -> None:
    """Keep a file, and let it be uploaded; one that is kept already stays as it is."""
    digest, medium = key
    known = select(attachment.c.digest).where(*_is(page_id, key))
    if connection.scalar(known) is None:
        values = {"name": name, "content": content, "kept_at": now, "upload_at": now}
        where = {"page_id": page_id, "digest": digest, "medium": medium}
        connection.execute(insert(attachment).values(where | values))


def by_key(connection: Connection, page_id: str, keys: Collection[Key]) -> dict[Key, Kept]:
    """Those of these files that are kept."""
    digests = {digest for digest, _medium in keys}
    query = select(*_COLUMNS).where(
        attachment.c.page_id == page_id, attachment.c.digest.in_(digests)
    )
    found = (Kept(*row) for row in connection.execute(query))
    return {kept.key: kept for kept in found if kept.key in keys}


def next_upload(connection: Connection, page_id: str) -> datetime | None:
    """When the next file is to be uploaded, if one is."""
    query = select(func.min(attachment.c.upload_at, type_=Instant))
    return connection.scalar(query.where(attachment.c.page_id == page_id))


def to_upload(connection: Connection, page_id: str, now: datetime) -> list[Kept]:
    """The files that are to be uploaded now."""
    query = select(*_COLUMNS).where(attachment.c.page_id == page_id, attachment.c.upload_at <= now)
    return [Kept(*row) for row in connection.execute(query.order_by(attachment.c.upload_at))]


def content(connection: Connection, page_id: str, key: Key) -> bytes:
    return bytes(connection.scalar(select(attachment.c.content).where(*_is(page_id, key))) or b"")


def change(connection: Connection, page_id: str, key: Key, **values: Any) -> None:
    connection.execute(update(attachment).where(*_is(page_id, key)).values(values))


def _is(page_id: str, key: Key) -> tuple[Any, ...]:
    digest, medium = key
    return (
        attachment.c.page_id == page_id,
        attachment.c.digest == digest,
        attachment.c.medium == medium,
    )
