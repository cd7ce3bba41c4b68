"""What keeps a Page going for years: why it stopped, colleagues who answer, events that break us."""

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
    _forgetting()


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
