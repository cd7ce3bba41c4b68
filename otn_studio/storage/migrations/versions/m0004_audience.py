"""What is known and kept of a Page and its people, and how many are written to at once."""

import sqlalchemy as sa
from alembic import op

from otn_studio.storage import searching
from otn_studio.storage.instant import Instant
from otn_studio.storage.tables import Id

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("page", sa.Column("fields", sa.JSON(none_as_null=True), nullable=True))
    _finding()
    op.add_column(
        "send",
        sa.Column("by_hand", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )


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
