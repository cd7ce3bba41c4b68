"""Which processes serve a Page, and how to wake the one on this computer."""

import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from otn_studio.storage.tables import engine_process

FORGOTTEN_AFTER = timedelta(days=1)


def sign_on(
    connection: Connection,
    page_id: str,
    now: datetime,
    listens_on: str,
    doorbell: int | None = None,
    role: str = "all",
) -> int:
    """This process serves the Page from now on; answers its number.

    Rows that crashes left go: on SQLite, where one process serves a Page, every other one.
    """
    alone = connection.dialect.name == "sqlite"
    left = () if alone else (engine_process.c.seen_at < now - FORGOTTEN_AFTER,)
    connection.execute(delete(engine_process).where(engine_process.c.page_id == page_id, *left))
    signed_on = insert(engine_process).values(
        page_id=page_id,
        role=role,
        host=socket.gethostname(),
        process_id=os.getpid(),
        started_at=now,
        seen_at=now,
        listens_on=listens_on,
        doorbell=doorbell,
    )
    return connection.execute(signed_on).inserted_primary_key[0]


def seen(connection: Connection, id: int, now: datetime) -> None:
    """The process is still there."""
    query = update(engine_process).where(engine_process.c.id == id)
    connection.execute(query.values(seen_at=now))


def sign_off(connection: Connection, id: int) -> None:
    connection.execute(delete(engine_process).where(engine_process.c.id == id))


@dataclass(frozen=True, slots=True)
class EngineRow:
    """A process that signed on. After a crash it stays here although it is gone."""

    role: str
    host: str
    process_id: int
    started_at: datetime
    seen_at: datetime
    listens_on: str
    doorbell: int | None


def signed_on(connection: Connection, page_id: str) -> EngineRow | None:
    """The process that signed on last; none where none has, or the last one has signed off."""
    rows = all_signed_on(connection, page_id)
    return rows[-1] if rows else None


def all_signed_on(connection: Connection, page_id: str) -> Sequence[EngineRow]:
    """All processes that serve a Page, in the order in which they came."""
    query = (
        select(
            engine_process.c.role,
            engine_process.c.host,
            engine_process.c.process_id,
            engine_process.c.started_at,
            engine_process.c.seen_at,
            engine_process.c.listens_on,
            engine_process.c.doorbell,
        )
        .where(engine_process.c.page_id == page_id)
        .order_by(engine_process.c.id)
    )
    return [EngineRow(*row) for row in connection.execute(query)]
