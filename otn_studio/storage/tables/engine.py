"""What the engine works by: what came, who waits, what is due, and who serves a Page."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from otn_studio.storage.instant import Instant
from otn_studio.storage.tables.base import Id, metadata, page_id, partial_index

lane = Table(
    "lane",
    metadata,
    Column("contact_id", Id, ForeignKey("contact.id"), primary_key=True, autoincrement=False),
    page_id(),
    Column("woken_at", Instant),  # there may be events to read
    Column("conversation", Text, nullable=False),  # where the person is in which flow
    Column("quiet_until", Instant),  # a colleague answers by hand until then
    Column("rests_until", Instant),  # it broke, and is not woken before; empty: it did not
)
partial_index(
    "ix_lane_rests",
    lane.c.page_id,
    lane.c.rests_until,
    where=lane.c.rests_until.is_not(None),
)
partial_index(
    "ix_lane_woken",
    lane.c.page_id,
    lane.c.woken_at,
    where=lane.c.woken_at.is_not(None),
)

webhook = Table(
    "webhook",
    metadata,
    Column("id", Id, primary_key=True),
    page_id(),
    Column("came_at", Instant, nullable=False),
    Column("bodies", LargeBinary, nullable=False),  # of some that came together
    Column("problem", Text),  # why they can't be read, and are set aside
)

event = Table(
    "event",
    metadata,
    Column("id", Id, primary_key=True),
    page_id(),
    Column("contact_id", Id, ForeignKey("contact.id")),
    Column("kind", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("stored_at", Instant, nullable=False),
    Column("key", Text),  # the same for every repeat of a webhook
    Column("body", JSON, nullable=False),
    Column("done_at", Instant),  # empty: the lane has not read it yet
    Column("tries", Integer, nullable=False, server_default="0"),  # how often it broke the lane
    Column("problem", Text),  # why it was parked
    UniqueConstraint("page_id", "key"),
)
Index("ix_event_timeline", event.c.contact_id, event.c.at)
partial_index(
    "ix_event_undone",
    event.c.contact_id,
    event.c.at,
    where=event.c.done_at.is_(None),
)

timer = Table(
    "timer",
    metadata,
    Column("id", Id, primary_key=True),
    page_id(),
    Column("contact_id", Id, ForeignKey("contact.id"), nullable=False),
    Column("ticket", Integer, nullable=False),  # the place in the conversation that waits
    Column("due_at", Instant, nullable=False),
    UniqueConstraint("contact_id", "ticket"),
)
Index("ix_timer_due", timer.c.page_id, timer.c.due_at)

errand = Table(
    "errand",
    metadata,
    Column("id", Id, primary_key=True),
    page_id(),
    Column("contact_id", Id, ForeignKey("contact.id"), nullable=False),
    Column("ticket", Integer),  # the place in the conversation that waits for it, if one does
    Column("flow_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("block", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("what", JSON, nullable=False),
    Column("key", Text, nullable=False, unique=True),  # the same for every try
    Column("state", Text, nullable=False),
    Column("due_at", Instant),  # the next try; empty: none to come
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("claimed_at", Instant),
    Column("answer", Text),  # until the conversation has read it
)
partial_index(
    "ix_errand_due",
    errand.c.page_id,
    errand.c.due_at,
    where=errand.c.due_at.is_not(None),
)
Index("ix_errand_contact", errand.c.contact_id)

engine_process = Table(
    "engine_process",
    metadata,
    Column("id", Id, primary_key=True),
    page_id(),
    Column("role", Text, nullable=False),
    Column("host", Text, nullable=False),  # the name of its computer
    Column("process_id", Integer, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),  # when it last said that it is there
    Column("listens_on", Text, nullable=False),
    Column("doorbell", Integer),  # a port on loopback; a datagram to it wakes
)
Index("ix_engine_process_page", engine_process.c.page_id, engine_process.c.id)

lease = Table(
    "lease",
    metadata,
    Column("page_id", Text, ForeignKey("page.id"), primary_key=True),
    Column("holder", Text, nullable=False),  # the one process that sends for the Page
    Column("until", BigInteger, nullable=False),  # microseconds since 1970, by the server's clock
)
