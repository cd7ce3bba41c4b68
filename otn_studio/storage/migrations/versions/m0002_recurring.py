"""Recurring notifications: what a lasting yes needs, and the requests for one."""

import sqlalchemy as sa
from alembic import op

from otn_studio.storage.instant import Instant

revision = "0002"
down_revision = "0001"

PERMISSION = (
    sa.Column("frequency", sa.Text(), nullable=True),
    sa.Column("zone", sa.Text(), nullable=True),
    sa.Column("title", sa.Text(), nullable=True),
    sa.Column("stopped_at", Instant(), nullable=True),
    sa.Column("first_used_at", Instant(), nullable=True),
    sa.Column("follow_ups", sa.Integer(), server_default="0", nullable=False),
    sa.Column("last_used_at", Instant(), nullable=True),
    sa.Column("not_before", Instant(), nullable=True),
)


def upgrade() -> None:
    op.add_column("page", sa.Column("rules", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("topic", sa.Column("frequency", sa.Text(), nullable=True))
    op.add_column(
        "topic",
        sa.Column("asks_again", sa.Boolean(), server_default=sa.text("true"), nullable=False),
    )
    with op.batch_alter_table("permission") as permission:
        for column in PERMISSION:
            permission.add_column(column)
        permission.alter_column("expires_at", existing_type=Instant(), nullable=True)
    op.create_index(
        "ix_permission_recurring",
        "permission",
        ["page_id", "id"],
        unique=False,
        sqlite_where=sa.text("frequency IS NOT NULL"),
        postgresql_where=sa.text("frequency IS NOT NULL"),
    )
    op.add_column("send", sa.Column("request_title", sa.Text(), nullable=True))
    op.create_index(
        "ix_send_request",
        "send",
        ["contact_id", "created_at"],
        unique=False,
        sqlite_where=sa.text("request_title IS NOT NULL"),
        postgresql_where=sa.text("request_title IS NOT NULL"),
    )
