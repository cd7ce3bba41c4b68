"""What keeps a Page going for years: why it stopped, colleagues who answer, events that break us,
several processes, and who of them sends."""

import sqlalchemy as sa
from alembic import op

from otn_studio.storage.instant import Instant
from otn_studio.storage.tables import Id

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("page", sa.Column("stopped_kind", sa.Text(), nullable=True))
    op.add_column("lane", sa.Column("quiet_until", Instant(), nullable=True))
    op.add_column("event", sa.Column("tries", sa.Integer(), server_default="0", nullable=False))
    _processes()
    _sending()
    _forgetting()


def _processes() -> None:
    """Who serves a Page is told anew at every start, so nothing of the old table is worth keeping."""
    op.drop_table("engine_process")
    op.create_table(
        "engine_process",
        sa.Column("id", Id, primary_key=True),
        sa.Column("page_id", sa.Text(), sa.ForeignKey("page.id"), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("listens_on", sa.Text(), nullable=False),
        sa.Column("doorbell", sa.Integer(), nullable=True),
    )
    op.create_index("ix_engine_process_page", "engine_process", ["page_id", "id"])
    op.create_table(
        "lease",
        sa.Column("page_id", sa.Text(), sa.ForeignKey("page.id"), primary_key=True),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
    )


def _sending() -> None:
    """Which message goes first, and when a Page that was stopped tries again."""
    op.add_column("page", sa.Column("try_at", Instant(), nullable=True))
    op.add_column("page", sa.Column("try_send", Id, nullable=True))
    op.add_column("page", sa.Column("pause", sa.Integer(), nullable=True))
    op.add_column("send", sa.Column("queue", sa.Integer(), server_default="0", nullable=False))
    op.execute("UPDATE send SET queue = 2 WHERE permission_id IS NOT NULL")
    op.create_index(
        "ix_send_queue",
        "send",
        ["page_id", "queue", "due_at"],
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index("ix_send_settled", "send", ["page_id", "settled_at", "state", "attempts"])


def _forgetting() -> None:
    """Who was forgotten stays so, and their numbers are nobody else's."""
    op.create_table(
        "forgotten",
        sa.Column("contact_id", Id, autoincrement=False, nullable=False),
        sa.Column("page_id", sa.Text(), nullable=False),
        sa.Column("first_seen_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_forgotten_page_id_page")),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_forgotten")),
    )
    if op.get_bind().dialect.name == "sqlite":
        for table in ("contact", "send"):
            _give_no_number_twice(table)


def _give_no_number_twice(table: str) -> None:
    counting = {"sqlite_autoincrement": True}
    with op.batch_alter_table(table, recreate="always", table_kwargs=counting):
        pass
