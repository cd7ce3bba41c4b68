"""Permissions that end before they were used."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, func, select

from otn_studio.storage.tables import permission


def ending_by(
    connection: Connection, page_id: str, now: datetime, until: datetime
) -> Mapping[str, int]:
    """How many permissions that can still be used end by then, for each topic that has such."""
    counts = (
        select(permission.c.topic_id, func.count())
        .where(
            permission.c.page_id == page_id,
            permission.c.next_allowed_at.is_not(None),
            permission.c.expires_at > now,
            permission.c.expires_at <= until,
        )
        .group_by(permission.c.topic_id)
    )
    return dict(connection.execute(counts).all())
