"""The Pages, what they publish, and the keys of systems beside them."""

from sqlalchemy import JSON, Boolean, Column, Integer, Table, Text, UniqueConstraint

from otn_studio.storage.instant import Instant
from otn_studio.storage.tables.base import Id, metadata, page_id

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

flow_version = Table(
    "flow_version",
    metadata,
    Column("id", Id, primary_key=True),
    page_id(),
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

api_key = Table(
    "api_key",
    metadata,
    Column("id", Id, primary_key=True),
    page_id(),
    Column("name", Text, nullable=False),
    Column("digest", Text, nullable=False),  # of the secret, which is nowhere
    Column("made_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("withdrawn_at", Instant),
    sqlite_autoincrement=True,  # the number of a withdrawn key is no other key's
)
