"""Announcing: telling everyone who said yes to a topic, once; at once, or at an instant to come.

Here it is only written down. The engine carries it out, see `telling`.
"""

from datetime import datetime

from sqlalchemy import Connection

from otn_studio.runtime.publishing import wake_engine
from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.storage.sending import announcements, recipients


def people(database: Database, page_id: str, topic_id: str, now: datetime) -> int:
    """How many people an announcement would reach now."""
    with database.reading() as connection:
        return recipients.count(connection, page_id, topic_id, now, recurring(connection, page_id))


def announce_text(database: Database, page_id: str, topic_id: str, text: str, now: datetime) -> int:
    """Send a text to everyone who can get it now; answers to how many."""
    return _announce(database, page_id, topic_id, now, text=text)


def announce_flow(
    database: Database, page_id: str, topic_id: str, flow_id: str, now: datetime
) -> int:
    """Begin a published flow at its *announced* start for everyone who can get a message now; answers
    for how many."""
    return _announce(database, page_id, topic_id, now, flow_id=flow_id)


def recurring(connection: Connection, page_id: str) -> bool:
    """Whether the Page may use lasting permissions at all, by the rules that its engine goes by."""
    rules = pages.rules(connection, page_id)
    return rules is None or rules["recurring"]


def _announce(database: Database, page_id: str, topic_id: str, now: datetime, **what: str) -> int:
    with database.writing() as connection:
        lasting = recurring(connection, page_id)
        count = recipients.count(connection, page_id, topic_id, now, lasting)
        if count:
            announcements.make(
                connection, page_id, topic_id, now, begins_at=now, waits=False, **what
            )
    wake_engine(database, page_id)
    return count
