"""Announcing: telling everyone who said yes to a topic, once."""

from datetime import datetime

from otn_studio.blocks.outgoing import TextMessage
from otn_studio.messenger.payloads import message_body
from otn_studio.runtime.publishing import wake_engine
from otn_studio.storage import announcements
from otn_studio.storage.database import Database


def people(database: Database, page_id: str, topic_id: str, now: datetime) -> int:
    """How many people an announcement would reach now."""
    with database.reading() as connection:
        return announcements.holders(connection, page_id, topic_id, now)


def announce_text(database: Database, page_id: str, topic_id: str, text: str, now: datetime) -> int:
    """Send a text to every holder of a permission; answers to how many."""
    message = message_body(TextMessage(text), str)
    with database.writing() as connection:
        count = announcements.announce_text(connection, page_id, topic_id, message, now)
    wake_engine(database, page_id)
    return count


def announce_flow(
    database: Database, page_id: str, topic_id: str, flow_id: str, now: datetime
) -> int:
    """Begin a published flow at its *announced* start for every holder; answers for how many."""
    with database.writing() as connection:
        count = announcements.announce_flow(connection, page_id, topic_id, flow_id, now)
    wake_engine(database, page_id)
    return count
