"""What is known and kept of a Page and its people, and how many are written to at once."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("page", sa.Column("fields", sa.JSON(none_as_null=True), nullable=True))
