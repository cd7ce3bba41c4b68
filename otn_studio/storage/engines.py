"""Which engine serves a Page, and how to wake it."""

import os
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from otn_studio.storage.tables import engine_process


def sign_on(
    connection: Connection, page_id: str, now: datetime, listens_on: str, doorbell: int
) -> None:
    """This process serves the Page from now on; the last one's row, if a crash left it, goes."""
    connection.execute(delete(engine_process).where(engine_process.c.page_id == page_id))
    connection.execute(
        insert(engine_process).values(
            page_id=page_id,
            process_id=os.getpid(),
            started_at=now,
            listens_on=listens_on,
            doorbell=doorbell,
        )
    )


def sign_off(connection: Connection, page_id: str) -> None:
    connection.execute(
        delete(engine_process).where(
            engine_process.c.page_id == page_id, engine_process.c.process_id == os.getpid()
        )
    )


@dataclass(frozen=True, slots=True)
class EngineRow:
    """The engine that signed on last. After a crash it stays here although it is gone."""

    process_id: int
    started_at: datetime
    listens_on: str
    doorbell: int


def signed_on(connection: Connection, page_id: str) -> EngineRow | None:
    """The engine of a Page; none where none has signed on, or the last one has signed off."""
    query = select(
        engine_process.c.process_id,
        engine_process.c.started_at,
        engine_process.c.listens_on,
        engine_process.c.doorbell,
    ).where(engine_process.c.page_id == page_id)
    row = connection.execute(query).first()
    return None if row is None else EngineRow(*row)
