"""What keeps a Page going for years: why it stopped, colleagues who answer, events that break us."""

import sqlalchemy as sa
from alembic import op

from otn_studio.storage.instant import Instant

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("page", sa.Column("stopped_kind", sa.Text(), nullable=True))
    op.add_column("lane", sa.Column("quiet_until", Instant(), nullable=True))
    op.add_column("event", sa.Column("tries", sa.Integer(), server_default="0", nullable=False))
