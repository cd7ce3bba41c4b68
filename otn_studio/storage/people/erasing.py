"""Deleting a person for good: nothing of them stays, not even in the empty parts of the file."""

from sqlalchemy import Connection, Text, cast, delete, insert, select

from otn_studio.storage.database import Database
from otn_studio.storage.engine import lanes
from otn_studio.storage.insights import progress
from otn_studio.storage.tables import (
    contact,
    contact_word,
    errand,
    event,
    forgotten,
    lane,
    permission,
    reach,
    recipient,
    send,
    timer,
)


def forget(connection: Connection, page_id: str, person_id: str) -> bool:
    """Delete a contact with all that is known of them; false where there is none.

    If the person writes again, they are somebody new. The caller commits, and empties the journal.
    """
    of_person = contact.c.page_id == page_id, contact.c.person_id == person_id
    found = connection.execute(select(contact.c.id, contact.c.first_seen_at).where(*of_person))
    row = found.first()
    if row is None:
        return False
    lanes.lock(connection, [row.id])
    for table in (recipient, contact_word, errand, reach, send, timer, permission, event, lane):
        connection.execute(delete(table).where(table.c.contact_id == row.id))
    connection.execute(delete(contact).where(contact.c.id == row.id))
    _forget_mentions(connection, page_id, person_id)
    progress.step_back(connection)
    values = {"page_id": page_id, "contact_id": row.id, "first_seen_at": row.first_seen_at}
    connection.execute(insert(forgotten).values(values))
    return True


def _forget_mentions(connection: Connection, page_id: str, person_id: str) -> None:
    """What came before they were a contact, or about the Page, and names them."""
    names_them = cast(event.c.body, Text).contains(f'"{person_id}"', autoescape=True)
    of_nobody = event.c.page_id == page_id, event.c.contact_id.is_(None)
    connection.execute(delete(event).where(*of_nobody, names_them))


def empty_journal(database: Database) -> None:
    """Let nothing that was deleted stay in SQLite's journal, once nobody reads it any more."""
    if database.file is not None:
        with database.reading() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
