"""The tables. Every one carries ``page_id``: one database serves several Pages.

The truth about a conversation is here and nowhere else: what came (`event`), who waits to be
served (`lane`), what is to happen later (`timer`), what was asked for and may be used
(`permission`), and every message with its state (`send`).
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    or_,
    text,
)

from otn_studio.storage.instant import Instant

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = BigInteger().with_variant(Integer, "sqlite")
"""A number that the database gives; on SQLite only ``INTEGER`` counts by itself."""


def _page() -> Column[str]:
    return Column("page_id", Text, ForeignKey("page.id"), nullable=False)


page = Table(
    "page",
    metadata,
    Column("id", Text, primary_key=True),
    Column("stopped_why", Text),  # set while no message of the Page goes out
    Column("stopped_kind", Text),  # what has to be done about that
    Column("try_at", Instant),  # when one message is tried, to see; empty: none is
    Column("try_send", Id),  # the message that is tried
    Column("pause", Integer),  # seconds until the next try
    Column("rules", JSON(none_as_null=True)),  # those that the engine went by when it last ran
    Column("fields", JSON(none_as_null=True)),  # values that hold for everybody, by their key
    Column("shown", JSON(none_as_null=True)),  # the menu and the like, as Messenger was last told
    Column("mail", JSON(none_as_null=True)),  # the mail server, but for its password
    Column("connection", JSON(none_as_null=True)),  # to Messenger, but for its secrets
)

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
Index(
    "uq_topic_name",
    topic.c.page_id,
    topic.c.name_key,
    unique=True,
    sqlite_where=topic.c.deleted_at.is_(None),
    postgresql_where=topic.c.deleted_at.is_(None),
)

flow_version = Table(
    "flow_version",
    metadata,
    Column("id", Id, primary_key=True),
    _page(),
    Column("flow_id", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("document", Text, nullable=False),  # the flow's file, as it was published
    Column("published_at", Instant, nullable=False),
    Column("live", Boolean, nullable=False),  # the one that new runs begin in
    Column("title", Text, server_default="", nullable=False),  # what people call this version
    Column("published_by", Text, server_default="", nullable=False),
    UniqueConstraint("page_id", "flow_id", "number"),
)

contact = Table(
    "contact",
    metadata,
    Column("id", Id, primary_key=True),
    _page(),
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
Index(
    "ix_contact_profile_due",
    contact.c.page_id,
    contact.c.profile_due_at,
    sqlite_where=contact.c.profile_due_at.is_not(None),
    postgresql_where=contact.c.profile_due_at.is_not(None),
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
    _page(),
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
    _page(),
    Column("first_seen_at", Instant, nullable=False),  # so that no backup brings them back
)

lane = Table(
    "lane",
    metadata,
    Column("contact_id", Id, ForeignKey("contact.id"), primary_key=True, autoincrement=False),
    _page(),
    Column("woken_at", Instant),  # there may be events to read
    Column("conversation", Text, nullable=False),  # where the person is in which flow
    Column("quiet_until", Instant),  # a colleague answers by hand until then
    Column("rests_until", Instant),  # it broke, and is not woken before; empty: it did not
)
Index(
    "ix_lane_rests",
    lane.c.page_id,
    lane.c.rests_until,
    sqlite_where=lane.c.rests_until.is_not(None),
    postgresql_where=lane.c.rests_until.is_not(None),
)
Index(
    "ix_lane_woken",
    lane.c.page_id,
    lane.c.woken_at,
    sqlite_where=lane.c.woken_at.is_not(None),
    postgresql_where=lane.c.woken_at.is_not(None),
)

event = Table(
    "event",
    metadata,
    Column("id", Id, primary_key=True),
    _page(),
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
Index(
    "ix_event_undone",
    event.c.contact_id,
    event.c.at,
    sqlite_where=event.c.done_at.is_(None),
    postgresql_where=event.c.done_at.is_(None),
)

timer = Table(
    "timer",
    metadata,
    Column("id", Id, primary_key=True),
    _page(),
    Column("contact_id", Id, ForeignKey("contact.id"), nullable=False),
    Column("ticket", Integer, nullable=False),  # the place in the conversation that waits
    Column("due_at", Instant, nullable=False),
    UniqueConstraint("contact_id", "ticket"),
)
Index("ix_timer_due", timer.c.page_id, timer.c.due_at)

permission = Table(
    "permission",
    metadata,
    Column("id", Id, primary_key=True),
    _page(),
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
Index(
    "ix_permission_free",
    permission.c.page_id,
    permission.c.topic_id,
    permission.c.contact_id,
    permission.c.opted_in_at,
    sqlite_where=_FREE,
    postgresql_where=_FREE,
)
Index(
    "ix_permission_recurring",
    permission.c.page_id,
    permission.c.id,
    sqlite_where=permission.c.frequency.is_not(None),
    postgresql_where=permission.c.frequency.is_not(None),
)

announcement = Table(
    "announcement",
    metadata,
    Column("id", Id, primary_key=True),
    _page(),
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
Index(
    "ix_announcement_look",
    announcement.c.page_id,
    announcement.c.look_at,
    sqlite_where=announcement.c.look_at.is_not(None),
    postgresql_where=announcement.c.look_at.is_not(None),
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
    _page(),
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
Index(
    "ix_send_queue",
    send.c.page_id,
    send.c.queue,
    send.c.due_at,
    sqlite_where=send.c.due_at.is_not(None),
    postgresql_where=send.c.due_at.is_not(None),
)
Index("ix_send_settled", send.c.page_id, send.c.settled_at, send.c.state, send.c.attempts)
Index(
    "ix_send_open",
    send.c.contact_id,
    send.c.id,
    sqlite_where=send.c.state.in_(("due", "sending")),
    postgresql_where=send.c.state.in_(("due", "sending")),
)
Index("ix_send_contact", send.c.contact_id, send.c.id)
Index(
    "ix_send_permission",
    send.c.permission_id,
    sqlite_where=send.c.permission_id.is_not(None),
    postgresql_where=send.c.permission_id.is_not(None),
)
Index(
    "ix_send_announcement",
    send.c.announcement_id,
    sqlite_where=send.c.announcement_id.is_not(None),
    postgresql_where=send.c.announcement_id.is_not(None),
)
Index(
    "ix_send_request",
    send.c.contact_id,
    send.c.created_at,
    sqlite_where=send.c.request_title.is_not(None),
    postgresql_where=send.c.request_title.is_not(None),
)

errand = Table(
    "errand",
    metadata,
    Column("id", Id, primary_key=True),
    _page(),
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
Index(
    "ix_errand_due",
    errand.c.page_id,
    errand.c.due_at,
    sqlite_where=errand.c.due_at.is_not(None),
    postgresql_where=errand.c.due_at.is_not(None),
)
Index("ix_errand_contact", errand.c.contact_id)

_FIGURES = ("asked", "opted_in", "sent", "delivered", "read", "answered")
"""What is counted of messages; see `storage.insights.progress`."""


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
    _page(),
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

api_key = Table(
    "api_key",
    metadata,
    Column("id", Id, primary_key=True),
    _page(),
    Column("name", Text, nullable=False),
    Column("digest", Text, nullable=False),  # of the secret, which is nowhere
    Column("made_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("withdrawn_at", Instant),
    sqlite_autoincrement=True,  # the number of a withdrawn key is no other key's
)

engine_process = Table(
    "engine_process",
    metadata,
    Column("id", Id, primary_key=True),
    _page(),
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
