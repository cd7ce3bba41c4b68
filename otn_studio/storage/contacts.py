"""What is known of the people."""

from datetime import datetime

from sqlalchemy import Connection, update

from otn_studio.storage.tables import contact


def set_unreachable(connection: Connection, id: int, now: datetime) -> None:
    """The person blocked the Page or left; whatever they do next takes this back."""
    connection.execute(update(contact).where(contact.c.id == id).values(unreachable_at=now))
