"""Which engine serves a Page, and how to wake it."""

import os
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


def doorbell(connection: Connection, page_id: str) -> int | None:
    """The port at which the Page's engine can be woken; none where no engine has signed on."""
    return connection.scalar(
        select(engine_process.c.doorbell).where(engine_process.c.page_id == page_id)
    )
