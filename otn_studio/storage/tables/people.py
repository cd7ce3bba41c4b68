"""People, by what they are found, and who is meant by a segment."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Table, Text, UniqueConstraint

from otn_studio.storage.instant import Instant
from otn_studio.storage.tables.base import Id, metadata, page_id, partial_index

contact = Table(
    "contact",
    metadata,
    Column("id", Id, primary_key=True),
    page_id(),
    Column("person_id", Text, nullable=False),  # Messenger's id of the person for this Page
    Column("fields", JSON, nullable=False),
    Column("tags", JSON, nullable=False),
    Column("first_seen_at", Instant, nullable=False),
    Column("last_action_at", Instant),  # opens the 24-hour window
    Column("unreachable_at", Instant),
    Column("profile_due_at", Instant),  # when Messenger is asked who they are; empty: no more
    UniqueConstraint("page_id", "person_id"),
    sqlite_autoincrement=True,  # the number of somebody who was forgotten is nobody else's
)
Index("ix_contact_page", contact.c.page_id, contact.c.id)
partial_index(
    "ix_contact_profile_due",
    contact.c.page_id,
    contact.c.profile_due_at,
    where=contact.c.profile_due_at.is_not(None),
)

contact_word = Table(
    "contact_word",
    metadata,
    Column("page_id", Text, ForeignKey("page.id"), primary_key=True),
    Column("word", Text().with_variant(Text(collation="C"), "postgresql"), primary_key=True),
    Column("contact_id", Id, ForeignKey("contact.id"), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""By what a contact is found: see `storage.people.searching`."""
Index("ix_contact_word_contact", contact_word.c.contact_id)

segment = Table(
    "segment",
    metadata,
    Column("id", Id, primary_key=True),
    page_id(),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False),  # as names compare: without regard to case
    Column("audience", JSON, nullable=False),
    Column("made_at", Instant, nullable=False),
    UniqueConstraint("page_id", "name_key"),
)

forgotten = Table(
    "forgotten",
    metadata,
    Column("contact_id", Id, primary_key=True, autoincrement=False),
    page_id(),
    Column("first_seen_at", Instant, nullable=False),  # so that no backup brings them back
)
