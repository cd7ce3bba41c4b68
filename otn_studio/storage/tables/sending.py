"""Messages, and what they are made from."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    text,
)

from otn_studio.storage.instant import Instant
from otn_studio.storage.tables.base import Id, metadata, page_id, partial_index

announcement = Table(
    "announcement",
    metadata,
    Column("id", Id, primary_key=True),
    page_id(),
    Column("topic_id", Text, nullable=False),
    Column("flow_id", Text),
    Column("text", Text),
    Column("made_at", Instant, nullable=False),
    Column("people", Integer, nullable=False),  # as far as they are written down
    Column("state", Text, nullable=False, server_default="done"),
    Column("begins_at", Instant),
    Column("waits", Boolean, nullable=False, server_default=text("false")),
    Column("look_at", Instant),  # when there is something to do for it; empty: nothing
    Column("planned_to", Id),  # the contact up to whom its people are written down
    Column("planned_at", Instant),  # when all of them were
    Column("told", Integer, nullable=False, server_default="0"),
    Column("left_out", JSON, nullable=False, server_default="{}"),  # how many, by the reason why
    Column("ended_at", Instant),
    Column("segment", Text),  # the name of those whom it is for; empty: for everybody
    Column("audience", JSON(none_as_null=True)),  # who they are
    Column("key", Text),  # whoever asks for it again with the same one gets no second one
)
Index("uq_announcement_key", announcement.c.page_id, announcement.c.key, unique=True)
partial_index(
    "ix_announcement_look",
    announcement.c.page_id,
    announcement.c.look_at,
    where=announcement.c.look_at.is_not(None),
)

recipient = Table(  # without foreign keys: PostgreSQL would lock, and so write, every contact
    "recipient",
    metadata,
    Column("announcement_id", Id, primary_key=True, autoincrement=False),
    Column("contact_id", Id, primary_key=True, autoincrement=False),
    Column("page_id", Text, nullable=False),
    Column("due_at", Instant, nullable=False),  # when they may get it, as far as is known
    sqlite_with_rowid=False,
)
Index("ix_recipient_due", recipient.c.announcement_id, recipient.c.due_at)

attachment = Table(
    "attachment",
    metadata,
    Column("page_id", Text, ForeignKey("page.id"), primary_key=True),
    Column("digest", Text, primary_key=True),
    Column("medium", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("kept_at", Instant, nullable=False),
    Column("upload_at", Instant),  # when it is to be uploaded; empty: not now
    Column("attempts", Integer, nullable=False, server_default="0"),  # since it last went well
    Column("number", Text),  # Messenger's, by which it is sent
    Column("uploaded_at", Instant),
    Column("problem", Text),  # why Messenger will never take it
)

send = Table(
    "send",
    metadata,
    Column("id", Id, primary_key=True),
    page_id(),
    Column("contact_id", Id, ForeignKey("contact.id"), nullable=False),
    Column("permission_id", Id, ForeignKey("permission.id")),
    Column("announcement_id", Id, ForeignKey("announcement.id")),
    Column("flow_id", Text),
    Column("version", Integer),
    Column("block", Text),
    Column("ticket", Integer),  # the place in the conversation that waits for it
    Column("last", Boolean, nullable=False),  # the last message of its block
    Column("message", JSON, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("due_at", Instant),  # the next attempt; empty: none to come
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("unsure", Boolean, nullable=False, server_default=text("false")),
    Column("claimed_at", Instant),
    Column("settled_at", Instant),
    Column("message_id", Text),
    Column("reason", Text),
    Column("details", Text),  # what Messenger said, for those who ask for help with it
    Column("comment", Text),  # the one that it answers, and until when it may
    Column("reply_until", Instant),
    Column("request_title", Text),  # of a request for a lasting permission, else empty
    Column("queue", Integer, nullable=False, server_default="0"),  # the lowest goes first
    Column(
        "by_hand", Boolean, nullable=False, server_default=text("false")
    ),  # a colleague wrote it
)
partial_index(
    "ix_send_queue",
    send.c.page_id,
    send.c.queue,
    send.c.due_at,
    where=send.c.due_at.is_not(None),
)
Index("ix_send_settled", send.c.page_id, send.c.settled_at, send.c.state, send.c.attempts)
partial_index(
    "ix_send_open",
    send.c.contact_id,
    send.c.id,
    where=send.c.state.in_(("due", "sending")),
)
Index("ix_send_contact", send.c.contact_id, send.c.id)
partial_index(
    "ix_send_permission",
    send.c.permission_id,
    where=send.c.permission_id.is_not(None),
)
partial_index(
    "ix_send_announcement",
    send.c.announcement_id,
    where=send.c.announcement_id.is_not(None),
)
partial_index(
    "ix_send_request",
    send.c.contact_id,
    send.c.created_at,
    where=send.c.request_title.is_not(None),
)
