"""Topics, and what people allow for them."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    or_,
    text,
)

from otn_studio.storage.instant import Instant
from otn_studio.storage.tables.base import Id, metadata, page_id, partial_index

topic = Table(
    "topic",
    metadata,
    Column("page_id", Text, ForeignKey("page.id"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False),  # as names compare: without regard to case
    Column("created_at", Instant, nullable=False),
    Column("deleted_at", Instant),
    Column("frequency", Text),  # empty: a yes is good for one message
    Column("asks_again", Boolean, nullable=False, server_default=text("true")),
)
partial_index(
    "uq_topic_name",
    topic.c.page_id,
    topic.c.name_key,
    unique=True,
    where=topic.c.deleted_at.is_(None),
)

permission = Table(
    "permission",
    metadata,
    Column("id", Id, primary_key=True),
    page_id(),
    Column("contact_id", Id, ForeignKey("contact.id"), nullable=False),
    Column("topic_id", Text, nullable=False),
    Column("token", Text, nullable=False),  # the only copy there is
    Column("opted_in_at", Instant, nullable=False),
    Column("expires_at", Instant),  # empty: never
    Column("next_allowed_at", Instant),  # empty: used, or set aside for a message
    Column("frequency", Text),  # empty: good for one message, and all below is of no meaning
    Column("zone", Text),  # Messenger's own; empty: the Page's
    Column("title", Text),  # of the request, as Messenger told it
    Column("stopped_at", Instant),
    Column("first_used_at", Instant),
    Column("follow_ups", Integer, nullable=False, server_default="0"),
    Column("last_used_at", Instant),
    Column("not_before", Instant),
    UniqueConstraint("page_id", "token"),
)
Index("ix_permission_contact", permission.c.contact_id)
_FREE = or_(permission.c.frequency.is_not(None), permission.c.next_allowed_at.is_not(None))
partial_index(
    "ix_permission_free",
    permission.c.page_id,
    permission.c.topic_id,
    permission.c.contact_id,
    permission.c.opted_in_at,
    where=_FREE,
)
partial_index(
    "ix_permission_recurring",
    permission.c.page_id,
    permission.c.id,
    where=permission.c.frequency.is_not(None),
)
