"""The lease of a Page: one process at a time sends for it. PostgreSQL's own clock says until when, so
that those of the computers need not agree.
"""

from datetime import timedelta

from sqlalchemy import BigInteger, Connection, bindparam, cast, delete, extract, func, or_, update

from otn_studio.storage.tables import lease
from otn_studio.storage.upsert import insert_missing


def take(connection: Connection, page_id: str, holder: str, length: timedelta) -> bool:
    """Take the lease, or make it last longer; false where somebody else has it.

    ``holder`` is a name that no other process has.
    """
    insert_missing(connection, lease, [{"page_id": page_id, "holder": holder, "until": _LONG_AGO}])
    microseconds = length // timedelta(microseconds=1)
    given = {"page": page_id, "name": holder, "length": microseconds}
    return connection.execute(_TAKE, given).rowcount == 1


def leave(connection: Connection, page_id: str, holder: str) -> None:
    connection.execute(delete(lease).where(lease.c.page_id == page_id, lease.c.holder == holder))


_LONG_AGO = 0
_NOW = cast(extract("epoch", func.clock_timestamp()) * 1_000_000, BigInteger)
_TAKE = (
    update(lease)
    .where(
        lease.c.page_id == bindparam("page"),
        or_(lease.c.holder == bindparam("name"), lease.c.until <= _NOW),
    )
    .values(holder=bindparam("name"), until=_NOW + bindparam("length", type_=BigInteger))
)
