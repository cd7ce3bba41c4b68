"""The first tables."""

import sqlalchemy as sa
from alembic import op

from otn_studio.storage.instant import Instant

revision = "0001"
down_revision = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "page",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("stopped_why", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page")),
    )
    op.create_table(
        "announcement",
        sa.Column("id", Id, nullable=False),
        sa.Column("page_id", sa.Text(), nullable=False),
        sa.Column("topic_id", sa.Text(), nullable=False),
        sa.Column("flow_id", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["page_id"], ["page.id"], name=op.f("fk_announcement_page_id_page")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    op.create_table(
        "contact",
        sa.Column("id", Id, nullable=False),
        sa.Column("page_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("first_seen_at", Instant(), nullable=False),
        sa.Column("last_action_at", Instant(), nullable=True),
        sa.Column("unreachable_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_contact_page_id_page")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("page_id", "person_id", name=op.f("uq_contact_page_id_person_id")),
    )
    op.create_table(
        "engine_process",
        sa.Column("page_id", sa.Text(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("listens_on", sa.Text(), nullable=False),
        sa.Column("doorbell", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["page_id"], ["page.id"], name=op.f("fk_engine_process_page_id_page")
        ),
        sa.PrimaryKeyConstraint("page_id", name=op.f("pk_engine_process")),
    )
    op.create_table(
        "flow_version",
        sa.Column("id", Id, nullable=False),
        sa.Column("page_id", sa.Text(), nullable=False),
        sa.Column("flow_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("published_at", Instant(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["page_id"], ["page.id"], name=op.f("fk_flow_version_page_id_page")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flow_version")),
        sa.UniqueConstraint(
            "page_id", "flow_id", "number", name=op.f("uq_flow_version_page_id_flow_id_number")
        ),
    )
    op.create_table(
        "topic",
        sa.Column("page_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("deleted_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_topic_page_id_page")),
        sa.PrimaryKeyConstraint("page_id", "id", name=op.f("pk_topic")),
    )
    op.create_index(
        "uq_topic_name",
        "topic",
        ["page_id", "name_key"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "event",
        sa.Column("id", Id, nullable=False),
        sa.Column("page_id", sa.Text(), nullable=False),
        sa.Column("contact_id", Id, nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("stored_at", Instant(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("done_at", Instant(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_event_contact_id_contact")
        ),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_event_page_id_page")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("page_id", "key", name=op.f("uq_event_page_id_key")),
    )
    op.create_index("ix_event_timeline", "event", ["contact_id", "at"], unique=False)
    op.create_index(
        "ix_event_undone",
        "event",
        ["contact_id", "at"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_table(
        "lane",
        sa.Column("contact_id", Id, autoincrement=False, nullable=False),
        sa.Column("page_id", sa.Text(), nullable=False),
        sa.Column("woken_at", Instant(), nullable=True),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_lane_contact_id_contact")
        ),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_lane_page_id_page")),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_lane")),
    )
    op.create_index(
        "ix_lane_woken",
        "lane",
        ["page_id", "woken_at"],
        unique=False,
        sqlite_where=sa.text("woken_at IS NOT NULL"),
        postgresql_where=sa.text("woken_at IS NOT NULL"),
    )
    op.create_table(
        "permission",
        sa.Column("id", Id, nullable=False),
        sa.Column("page_id", sa.Text(), nullable=False),
        sa.Column("contact_id", Id, nullable=False),
        sa.Column("topic_id", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("opted_in_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("next_allowed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_permission_contact_id_contact")
        ),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_permission_page_id_page")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permission")),
        sa.UniqueConstraint("page_id", "token", name=op.f("uq_permission_page_id_token")),
    )
    op.create_index("ix_permission_contact", "permission", ["contact_id"], unique=False)
    op.create_index(
        "ix_permission_free",
        "permission",
        ["page_id", "topic_id", "contact_id", "opted_in_at"],
        unique=False,
        sqlite_where=sa.text("next_allowed_at IS NOT NULL"),
        postgresql_where=sa.text("next_allowed_at IS NOT NULL"),
    )
    op.create_table(
        "timer",
        sa.Column("id", Id, nullable=False),
        sa.Column("page_id", sa.Text(), nullable=False),
        sa.Column("contact_id", Id, nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_timer_contact_id_contact")
        ),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_timer_page_id_page")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timer")),
        sa.UniqueConstraint("contact_id", "ticket", name=op.f("uq_timer_contact_id_ticket")),
    )
    op.create_index("ix_timer_due", "timer", ["page_id", "due_at"], unique=False)
    op.create_table(
        "send",
        sa.Column("id", Id, nullable=False),
        sa.Column("page_id", sa.Text(), nullable=False),
        sa.Column("contact_id", Id, nullable=False),
        sa.Column("permission_id", Id, nullable=True),
        sa.Column("announcement_id", Id, nullable=True),
        sa.Column("flow_id", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("block", sa.Text(), nullable=True),
        sa.Column("ticket", sa.Integer(), nullable=True),
        sa.Column("last", sa.Boolean(), nullable=False),
        sa.Column("message", sa.JSON(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("unsure", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("claimed_at", Instant(), nullable=True),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("details", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcement.id"],
            name=op.f("fk_send_announcement_id_announcement"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_send_contact_id_contact")
        ),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_send_page_id_page")),
        sa.ForeignKeyConstraint(
            ["permission_id"], ["permission.id"], name=op.f("fk_send_permission_id_permission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_send")),
    )
    op.create_index("ix_send_contact", "send", ["contact_id", "id"], unique=False)
    op.create_index(
        "ix_send_due",
        "send",
        ["page_id", "due_at"],
        unique=False,
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index(
        "ix_send_open",
        "send",
        ["contact_id", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('due', 'sending')"),
        postgresql_where=sa.text("state IN ('due', 'sending')"),
    )
    op.create_index("ix_send_permission", "send", ["permission_id"], unique=False)
