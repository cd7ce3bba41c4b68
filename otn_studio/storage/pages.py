"""The Pages of the database, and whether Messenger takes their messages."""

from sqlalchemy import Connection, bindparam, select, update

from otn_studio.storage.tables import page
from otn_studio.storage.upsert import insert_missing

_STOPPED_WHY = select(page.c.stopped_why).where(page.c.id == bindparam("page"))


def ensure(connection: Connection, page_id: str) -> None:
    """Make the Page's row where it is missing: everything else refers to it."""
    insert_missing(connection, page, [{"id": page_id}])


def stopped_why(connection: Connection, page_id: str) -> str | None:
    """Why Messenger takes no message of this Page at the moment; none where it does."""
    return connection.scalar(_STOPPED_WHY, {"page": page_id})


def set_stopped(connection: Connection, page_id: str, why: str | None) -> None:
    connection.execute(update(page).where(page.c.id == page_id).values(stopped_why=why))
