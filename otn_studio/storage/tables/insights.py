"""What is counted of messages; see `storage.insights.progress`."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, Table, Text, text

from otn_studio.storage.instant import Instant
from otn_studio.storage.tables.base import Id, metadata, page_id

_FIGURES = ("asked", "opted_in", "sent", "delivered", "read", "answered")


def _figures() -> list[Column[int]]:
    return [Column(name, Integer, nullable=False, server_default="0") for name in _FIGURES]


reach = Table(  # without foreign keys: nobody who sends is to wait for who counts
    "reach",
    metadata,
    Column("send_id", Id, primary_key=True, autoincrement=False),
    Column("page_id", Text, nullable=False),
    Column("contact_id", Id, nullable=False),
    Column("sent_at", Instant, nullable=False),
    Column("hour", Integer, nullable=False),  # in which it counts, by the Page's clock; see there
    Column("topic_id", Text, nullable=False),  # by whose permission it went; empty: by none
    Column("asks", Text),  # for which topic's permission it asks, if it does
    Column("flow_id", Text, nullable=False),
    Column("block", Text, nullable=False),
    Column("reached", Integer, nullable=False, server_default="0"),
    Column("answered", Boolean, nullable=False, server_default=text("false")),
    Column("opted_in", Boolean, nullable=False, server_default=text("false")),
)
"""How far each message that was sent has come, as far as events have been counted."""
Index("ix_reach_contact", reach.c.contact_id)

figure = Table(
    "figure",
    metadata,
    Column("page_id", Text, ForeignKey("page.id"), primary_key=True),
    Column("hour", Integer, primary_key=True, autoincrement=False),
    Column("topic_id", Text, primary_key=True),
    Column("flow_id", Text, primary_key=True),
    *_figures(),
    sqlite_with_rowid=False,
)
"""What is in `reach`, summed up."""

block_figure = Table(
    "block_figure",
    metadata,
    Column("page_id", Text, ForeignKey("page.id"), primary_key=True),
    Column("flow_id", Text, primary_key=True),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("block", Text, primary_key=True),
    *_figures(),
    sqlite_with_rowid=False,
)

way_figure = Table(
    "way_figure",
    metadata,
    Column("page_id", Text, ForeignKey("page.id"), primary_key=True),
    Column("flow_id", Text, primary_key=True),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("block", Text, primary_key=True),
    Column("port", Text, primary_key=True),  # empty: the block was come to
    Column("times", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""How often each way out of a block was gone."""

passage = Table(
    "passage",
    metadata,
    Column("id", Id, primary_key=True),
    page_id(),
    Column("at", Instant, nullable=False),
    Column("ways", JSON, nullable=False),
)
"""Ways that were gone and are not summed up yet: nobody waits for anybody to add to a sum."""

counted = Table(
    "counted",
    metadata,
    Column("page_id", Text, ForeignKey("page.id"), primary_key=True),
    Column("event_id", Id, nullable=False),  # up to which nothing has to be looked at again
)
