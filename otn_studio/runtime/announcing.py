"""Announcing: telling everyone who said yes to a topic, once."""

from datetime import datetime

from sqlalchemy import Connection

from otn_studio.blocks.outgoing import TextMessage
from otn_studio.messenger.payloads import message_body
from otn_studio.runtime.publishing import wake_engine
from otn_studio.storage import announcements, pages
from otn_studio.storage.database import Database


def people(database: Database, page_id: str, topic_id: str, now: datetime) -> int:
    """How many people an announcement would reach now."""
    with database.reading() as connection:
        recurring = _recurring(connection, page_id)
        return announcements.holders(connection, page_id, topic_id, now, recurring)


def announce_text(database: Database, page_id: str, topic_id: str, text: str, now: datetime) -> int:
    """Send a text to every holder of a permission; answers to how many."""
    message = message_body(TextMessage(text), str)
    with database.writing() as connection:
        recurring = _recurring(connection, page_id)
        count = announcements.announce_text(connection, page_id, topic_id, message, now, recurring)
    wake_engine(database, page_id)
    return count


def announce_flow(
    database: Database, page_id: str, topic_id: str, flow_id: str, now: datetime
) -> int:
    """Begin a published flow at its *announced* start for every holder; answers for how many."""
    with database.writing() as connection:
        recurring = _recurring(connection, page_id)
        count = announcements.announce_flow(connection, page_id, topic_id, flow_id, now, recurring)
    wake_engine(database, page_id)
    return count


def _recurring(connection: Connection, page_id: str) -> bool:
    """Whether the Page may use lasting permissions at all, by the rules that its engine goes by."""
    rules = pages.rules(connection, page_id)
    return rules is None or rules["recurring"]
