"""Segments: audiences that are kept under a name."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, delete, insert, select, update

from otn_studio.blocks.folding import folded
from otn_studio.blocks.words import Problem
from otn_studio.flow.audience import Audience
from otn_studio.policy import limits
from otn_studio.storage.people import audiences
from otn_studio.storage.tables import segment


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """One of them."""

    id: int
    name: str
    audience: Audience


_ROWS = select(segment.c.id, segment.c.name, segment.c.audience)


def all_segments(connection: Connection, page_id: str) -> list[SegmentRow]:
    """Every segment, by name."""
    rows = connection.execute(_ROWS.where(segment.c.page_id == page_id))
    found = (SegmentRow(id, name, Audience.read(plain)) for id, name, plain in rows)
    return sorted(found, key=lambda row: folded(row.name))


def by_id(connection: Connection, page_id: str, id: int) -> SegmentRow:
    """The segment of that id.

    Raises:
        Problem: there is none.
    """
    row = connection.execute(_ROWS.where(*_is(page_id, id))).first()
    if row is None:
        raise Problem("The segment is not there any more.")
    return SegmentRow(row.id, row.name, Audience.read(row.audience))


def contact_ids(connection: Connection, page_id: str, id: int, now: datetime) -> Select:
    """The query for the ids of the contacts who are in a segment, as of now.

    Raises:
        Problem: there is no such segment.
    """
    return audiences.matching(page_id, by_id(connection, page_id, id).audience, now)


def add(connection: Connection, page_id: str, name: str, audience: Audience, now: datetime) -> int:
    """Keep an audience under a name; one that has the name already means these people from now on.

    Raises:
        Problem: the name is empty or too long.
    """
    name = _usable(name)
    key = segment.c.page_id == page_id, segment.c.name_key == folded(name)
    known = connection.scalar(select(segment.c.id).where(*key))
    values = {"name": name, "audience": audience.plain()}
    if known is not None:
        connection.execute(update(segment).where(segment.c.id == known).values(**values))
        return known
    values |= {"page_id": page_id, "name_key": folded(name), "made_at": now}
    return connection.execute(insert(segment).values(**values)).inserted_primary_key[0]


def remove(connection: Connection, page_id: str, id: int) -> None:
    """The people stay; only the segment goes."""
    connection.execute(delete(segment).where(*_is(page_id, id)))


def _usable(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Problem("A segment needs a name.")
    if len(name) > limits.SEGMENT_NAME:
        raise Problem(
            "“{name}” has {count} characters; a segment’s name has at most {limit}.",
            name=name,
            count=len(name),
            limit=limits.SEGMENT_NAME,
        )
    return name


def _is(page_id: str, id: int):
    return segment.c.page_id == page_id, segment.c.id == id
