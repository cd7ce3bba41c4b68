"""The Pages of the database, whether Messenger takes their messages, and the rules they go by."""

from typing import Any

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


def rules(connection: Connection, page_id: str) -> dict[str, Any] | None:
    """The rules that the engine went by when it last ran, in plain values."""
    return connection.scalar(select(page.c.rules).where(page.c.id == page_id))


def set_rules(connection: Connection, page_id: str, rules: dict[str, Any]) -> None:
    connection.execute(update(page).where(page.c.id == page_id).values(rules=rules))
