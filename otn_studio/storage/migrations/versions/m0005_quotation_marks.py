"""People and segments are found whichever apostrophes and quotation marks somebody types."""

import sqlalchemy as sa
from alembic import op

from otn_studio.blocks.folding import folded
from otn_studio.storage.people import searching
from otn_studio.storage.tables import contact, contact_word, segment

revision = "0005"
down_revision = "0004"

OTHERS = "‘’ʼ“”„«»"


def upgrade() -> None:
    connection = op.get_bind()
    _learn_again(connection)
    _rename_segments(connection)


def _learn_again(connection: sa.Connection) -> None:
    has_one = sa.or_(*(contact_word.c.word.contains(mark) for mark in OTHERS))
    ids = connection.scalars(sa.select(contact_word.c.contact_id).where(has_one).distinct()).all()
    columns = (contact.c.id, contact.c.page_id, contact.c.fields, contact.c.tags)
    for id in ids:
        row = connection.execute(sa.select(*columns).where(contact.c.id == id)).one()
        searching.learn(connection, row.page_id, {row.id: (row.fields, row.tags)})


def _rename_segments(connection: sa.Connection) -> None:
    """Of two whose names are the same now, the second is found by its old key only."""
    columns = (segment.c.id, segment.c.page_id, segment.c.name, segment.c.name_key)
    rows = connection.execute(sa.select(*columns)).all()
    taken = {(row.page_id, row.name_key) for row in rows}
    for row in rows:
        if (row.page_id, key := folded(row.name)) not in taken:
            connection.execute(
                sa.update(segment).where(segment.c.id == row.id).values(name_key=key)
            )
            taken.add((row.page_id, key))
