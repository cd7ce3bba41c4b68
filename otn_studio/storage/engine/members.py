"""Telling people's lanes that they are put on a sequence, or taken off."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Select, select

from otn_studio.storage.engine import inbox
from otn_studio.storage.engine.inbox import Happening
from otn_studio.storage.tables import contact

JOINED: Final = "joined"
LEFT: Final = "left"


def chosen(connection: Connection, page_id: str, contact_ids: Select | None) -> list[int]:
    """Those of the Page whom a query finds, or everybody, in the order in which lanes are locked."""
    query = select(contact.c.id).where(contact.c.page_id == page_id)
    if contact_ids is not None:
        query = query.where(contact.c.id.in_(contact_ids))
    return list(connection.scalars(query.order_by(contact.c.id)))


def tell(
    connection: Connection,
    page_id: str,
    kind: str,
    flow_id: str,
    contact_ids: Collection[int],
    now: datetime,
) -> None:
    """Let these people's lanes read that they have joined or left."""
    body = {"flow": flow_id}
    happenings = [Happening(kind, id, now, body, to_read=True) for id in contact_ids]
    inbox.add(connection, page_id, happenings, now)
