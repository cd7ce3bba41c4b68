"""What is known of the people."""

from datetime import datetime

from sqlalchemy import Connection, func, select, update

from otn_studio.storage.tables import contact, lane


def set_unreachable(connection: Connection, id: int, now: datetime) -> None:
    """The person blocked the Page or left; whatever they do next takes this back."""
    connection.execute(update(contact).where(contact.c.id == id).values(unreachable_at=now))


def set_quiet(connection: Connection, id: int, until: datetime | None) -> None:
    """A colleague answers the person by hand until then, and the bot is quiet."""
    connection.execute(update(lane).where(lane.c.contact_id == id).values(quiet_until=until))


def count_reachable(connection: Connection, page_id: str, at_most: int) -> int:
    """How many people the Page can write to, counted no further than is asked for."""
    some = select(contact.c.id).where(
        contact.c.page_id == page_id, contact.c.unreachable_at.is_(None)
    )
    counted = select(func.count()).select_from(some.limit(at_most).subquery())
    return connection.scalar(counted) or 0
