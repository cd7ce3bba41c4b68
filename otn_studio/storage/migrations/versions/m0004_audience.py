"""What is known and kept of a Page and its people, and how many are written to at once."""

import sqlalchemy as sa
from alembic import op

from otn_studio.storage.instant import Instant
from otn_studio.storage.people import searching
from otn_studio.storage.tables import Id

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("page", sa.Column("fields", sa.JSON(none_as_null=True), nullable=True))
    _announcements()
    _recipients()
    _reaching()
    _keys()
    op.add_column("page", sa.Column("shown", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("page", sa.Column("mail", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("page", sa.Column("connection", sa.JSON(none_as_null=True), nullable=True))
    _finding()
    _sending()
    op.add_column("lane", sa.Column("rests_until", Instant(), nullable=True))
    _partial("ix_lane_rests", "lane", ["page_id", "rests_until"], "rests_until IS NOT NULL")
    _introducing()
    _errands()
    op.add_column("send", sa.Column("comment", sa.Text(), nullable=True))
    op.add_column("send", sa.Column("reply_until", Instant(), nullable=True))
    _attachments()
    for name in ("title", "published_by"):
        column = sa.Column(name, sa.Text(), server_default="", nullable=False)
        op.add_column("flow_version", column)
    op.add_column(
        "send",
        sa.Column("by_hand", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    _insights()
    op.create_table(
        "webhook",
        sa.Column("id", Id, primary_key=True),
        sa.Column("page_id", sa.Text(), sa.ForeignKey("page.id"), nullable=False),
        sa.Column("came_at", Instant(), nullable=False),
        sa.Column("bodies", sa.LargeBinary(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
    )


def _announcements() -> None:
    """Those that were made before are done: they went to everybody at once."""
    op.add_column(
        "announcement", sa.Column("state", sa.Text(), server_default="done", nullable=False)
    )
    op.add_column("announcement", sa.Column("begins_at", Instant(), nullable=True))
    op.add_column(
        "announcement",
        sa.Column("waits", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.add_column("announcement", sa.Column("look_at", Instant(), nullable=True))
    op.add_column("announcement", sa.Column("planned_to", Id, nullable=True))
    op.add_column("announcement", sa.Column("planned_at", Instant(), nullable=True))
    op.add_column(
        "announcement", sa.Column("told", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column(
        "announcement", sa.Column("left_out", sa.JSON(), server_default="{}", nullable=False)
    )
    op.add_column("announcement", sa.Column("ended_at", Instant(), nullable=True))
    op.add_column("announcement", sa.Column("segment", sa.Text(), nullable=True))
    op.add_column("announcement", sa.Column("audience", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("announcement", sa.Column("key", sa.Text(), nullable=True))
    op.execute("UPDATE announcement SET told = people, begins_at = made_at, planned_at = made_at")
    op.create_index("uq_announcement_key", "announcement", ["page_id", "key"], unique=True)
    _partial("ix_announcement_look", "announcement", ["page_id", "look_at"], "look_at IS NOT NULL")


def _recipients() -> None:
    op.create_table(
        "recipient",
        sa.Column("announcement_id", Id, primary_key=True, autoincrement=False),
        sa.Column("contact_id", Id, primary_key=True, autoincrement=False),
        sa.Column("page_id", sa.Text(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_recipient_due", "recipient", ["announcement_id", "due_at"])


def _reaching() -> None:
    """A lasting permission that a message has just now is still one of those to be reached."""
    op.drop_index("ix_permission_free", "permission")
    _partial(
        "ix_permission_free",
        "permission",
        ["page_id", "topic_id", "contact_id", "opted_in_at"],
        "frequency IS NOT NULL OR next_allowed_at IS NOT NULL",
    )
    _partial("ix_send_announcement", "send", ["announcement_id"], "announcement_id IS NOT NULL")


def _finding() -> None:
    """By what people are found, and segments of them."""
    word = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "contact_word",
        sa.Column("page_id", sa.Text(), sa.ForeignKey("page.id"), primary_key=True),
        sa.Column("word", word, primary_key=True),
        sa.Column(
            "contact_id", Id, sa.ForeignKey("contact.id"), primary_key=True, autoincrement=False
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_contact_word_contact", "contact_word", ["contact_id"])
    op.create_index("ix_contact_page", "contact", ["page_id", "id"])
    op.create_table(
        "segment",
        sa.Column("id", Id, primary_key=True),
        sa.Column("page_id", sa.Text(), sa.ForeignKey("page.id"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.UniqueConstraint("page_id", "name_key"),
    )
    searching.learn_all(op.get_bind())


def _introducing() -> None:
    """Of those who are known already, Messenger is not asked."""
    op.add_column("contact", sa.Column("profile_due_at", Instant(), nullable=True))
    which = "profile_due_at IS NOT NULL"
    _partial("ix_contact_profile_due", "contact", ["page_id", "profile_due_at"], which)


def _errands() -> None:
    op.create_table(
        "errand",
        sa.Column("id", Id, primary_key=True),
        sa.Column("page_id", sa.Text(), sa.ForeignKey("page.id"), nullable=False),
        sa.Column("contact_id", Id, sa.ForeignKey("contact.id"), nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=True),
        sa.Column("flow_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("block", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("what", sa.JSON(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False, unique=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("claimed_at", Instant(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
    )
    _partial("ix_errand_due", "errand", ["page_id", "due_at"], "due_at IS NOT NULL")
    op.create_index("ix_errand_contact", "errand", ["contact_id"])


def _keys() -> None:
    op.create_table(
        "api_key",
        sa.Column("id", Id, primary_key=True),
        sa.Column("page_id", sa.Text(), sa.ForeignKey("page.id"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sqlite_autoincrement=True,
    )


def _attachments() -> None:
    """Files of flows, and by which number Messenger knows them."""
    op.create_table(
        "attachment",
        sa.Column("page_id", sa.Text(), sa.ForeignKey("page.id"), primary_key=True),
        sa.Column("digest", sa.Text(), primary_key=True),
        sa.Column("medium", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", Instant(), nullable=False),
        sa.Column("upload_at", Instant(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("uploaded_at", Instant(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
    )


def _sending() -> None:
    """Messages are looked for by their queues, and by their permissions where they have any."""
    op.drop_index("ix_send_due", "send")
    op.drop_index("ix_send_permission", "send")
    _partial("ix_send_permission", "send", ["permission_id"], "permission_id IS NOT NULL")


def _insights() -> None:
    """How far messages came, and sums of that. What was sent before is counted like what comes."""
    figures = ("asked", "opted_in", "sent", "delivered", "read", "answered")
    op.create_table(
        "reach",
        sa.Column("send_id", Id, primary_key=True, autoincrement=False),
        sa.Column("page_id", sa.Text(), nullable=False),
        sa.Column("contact_id", Id, nullable=False),
        sa.Column("sent_at", Instant(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Text(), nullable=False),
        sa.Column("asks", sa.Text(), nullable=True),
        sa.Column("flow_id", sa.Text(), nullable=False),
        sa.Column("block", sa.Text(), nullable=False),
        sa.Column("reached", sa.Integer(), server_default="0", nullable=False),
        sa.Column("answered", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("opted_in", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.create_index("ix_reach_contact", "reach", ["contact_id"])
    for table, keys in (
        ("figure", ("hour", "topic_id", "flow_id")),
        ("block_figure", ("flow_id", "day", "block")),
        ("way_figure", ("flow_id", "day", "block", "port")),
    ):
        counts = ("times",) if table == "way_figure" else figures
        default = None if table == "way_figure" else "0"
        op.create_table(
            table,
            sa.Column("page_id", sa.Text(), sa.ForeignKey("page.id"), primary_key=True),
            *(_sum_key(key) for key in keys),
            *(sa.Column(n, sa.Integer(), server_default=default, nullable=False) for n in counts),
            sqlite_with_rowid=False,
        )
    op.create_table(
        "passage",
        sa.Column("id", Id, primary_key=True),
        sa.Column("page_id", sa.Text(), sa.ForeignKey("page.id"), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("ways", sa.JSON(), nullable=False),
    )
    op.create_table(
        "counted",
        sa.Column("page_id", sa.Text(), sa.ForeignKey("page.id"), primary_key=True),
        sa.Column("event_id", Id, nullable=False),
    )


def _sum_key(name: str) -> sa.Column:
    kind = sa.Integer() if name in ("hour", "day") else sa.Text()
    return sa.Column(name, kind, primary_key=True, autoincrement=False)


def _partial(name: str, table: str, columns: list[str], which: str) -> None:
    """An index of some rows only."""
    where = sa.text(which)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
