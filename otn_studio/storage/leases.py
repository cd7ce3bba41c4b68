"""The lease of a Page: one process at a time sends for it.

Clocks of several computers are compared by it, so they have to agree to within a few seconds.
"""

from datetime import datetime

from sqlalchemy import Connection, delete, or_, update

from otn_studio.storage.tables import lease
from otn_studio.storage.upsert import insert_missing


def take(connection: Connection, page_id: str, holder: str, now: datetime, until: datetime) -> bool:
    """Take the lease, or make it last longer; false where somebody else has it.

    ``holder`` is a name that no other process has.
    """
    row = {"page_id": page_id, "holder": holder, "until": until}
    insert_missing(connection, lease, [row])
    free = or_(lease.c.holder == holder, lease.c.until <= now)
    mine = update(lease).where(lease.c.page_id == page_id, free)
    return connection.execute(mine.values(holder=holder, until=until)).rowcount == 1


def leave(connection: Connection, page_id: str, holder: str) -> None:
    connection.execute(delete(lease).where(lease.c.page_id == page_id, lease.c.holder == holder))
