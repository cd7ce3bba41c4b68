"""Waking the conversations whose wait is over, and the lanes whose rest is."""

from datetime import datetime

from sqlalchemy import Connection

from otn_studio.storage.engine import inbox, lanes, poison
from otn_studio.storage.engine.inbox import Happening


def fire(connection: Connection, page_id: str, now: datetime) -> None:
    """Tell the lanes whose timers are due. One that somebody else fires meanwhile is theirs.

    Lanes that broke and have rested since are woken, too.
    """
    poison.end_rests(connection, page_id, now)
    due = lanes.due_timers(connection, page_id, now)
    if not due:
        return
    lanes.lock(connection, {contact_id for _, contact_id, *_ in due})
    ours = lanes.take_timers(connection, [id for id, *_ in due])
    woken = [
        Happening("woke", contact_id, due_at, {"ticket": ticket}, to_read=True)
        for id, contact_id, due_at, ticket in due
        if id in ours
    ]
    inbox.add(connection, page_id, woken, now)
