"""Topics: an id for good, a name that may change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from unicodedata import normalize

from sqlalchemy import Connection, Select, and_, case, func, insert, or_, select, update

from otn_studio.blocks.words import Problem
from otn_studio.policy import limits
from otn_studio.storage.instant import Instant
from otn_studio.storage.tables import permission, topic


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic with what there is of its permissions: held are those that can still be used."""

    id: str
    name: str
    held: int
    used: int
    expired: int
    ends_soonest: datetime | None
    """When the first of the held ones expires."""


class TopicProblem(Problem):
    """Something that can't be done with a topic."""


def name_key(name: str) -> str:
    """A name as names are compared: two that differ only in case are the same.

    >>> name_key("Blue  Sneakers ") == name_key("blue sneakers")
    True
    """
    return " ".join(normalize("NFKC", normalize("NFKC", name).casefold()).split())


def all_topics(connection: Connection, page_id: str, now: datetime) -> list[TopicRow]:
    """Every topic that is not deleted, by name."""
    rows = connection.execute(_with_counts(page_id, now).order_by(topic.c.name_key))
    return [TopicRow(*row) for row in rows]


def named(connection: Connection, page_id: str, name: str, now: datetime) -> TopicRow:
    """The topic of that name or id.

    Raises:
        TopicProblem: there is none.
    """
    wanted = or_(topic.c.id == name, topic.c.name_key == name_key(name))
    rows = connection.execute(
        _with_counts(page_id, now).where(wanted).order_by(topic.c.id == name)
    ).all()
    if not rows:
        raise TopicProblem("There is no topic “{name}”.", name=name)
    return TopicRow(*rows[-1])


def _with_counts(page_id: str, now: datetime) -> Select:
    free = permission.c.next_allowed_at.is_not(None)
    held = and_(free, permission.c.expires_at > now)
    return (
        select(
            topic.c.id,
            topic.c.name,
            _count(held),
            _count(and_(permission.c.id.is_not(None), permission.c.next_allowed_at.is_(None))),
            _count(and_(free, permission.c.expires_at <= now)),
            func.min(case((held, permission.c.expires_at)), type_=Instant),
        )
        .outerjoin(
            permission,
            and_(permission.c.page_id == topic.c.page_id, permission.c.topic_id == topic.c.id),
        )
        .where(topic.c.page_id == page_id, topic.c.deleted_at.is_(None))
        .group_by(topic.c.id, topic.c.name, topic.c.name_key)
    )


def _count(condition):
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def add(connection: Connection, page_id: str, id: str, name: str, now: datetime) -> None:
    """Make a topic.

    Raises:
        TopicProblem: the name is empty, too long, or taken.
    """
    name = _usable(connection, page_id, id, name)
    row = {"page_id": page_id, "id": id, "name": name, "name_key": name_key(name)}
    connection.execute(insert(topic).values(**row, created_at=now))


def rename(connection: Connection, page_id: str, id: str, name: str) -> None:
    """Give a topic another name; its permissions stay with it.

    Raises:
        TopicProblem: the name is empty, too long, or taken.
    """
    name = _usable(connection, page_id, id, name)
    _update(connection, page_id, id, name=name, name_key=name_key(name))


def delete(connection: Connection, page_id: str, id: str, now: datetime) -> None:
    """Take a topic away. Its permissions are kept, unused, until it is restored."""
    _update(connection, page_id, id, deleted_at=now)


def restore(connection: Connection, page_id: str, id: str) -> str:
    """Bring a deleted topic back with all its permissions; answers its name.

    Raises:
        TopicProblem: there is none with that id, or another topic has taken its name since.
    """
    name = connection.scalar(select(topic.c.name).where(*_is(page_id, id)))
    if name is None:
        raise TopicProblem("There never was a topic “{id}”.", id=id)
    _usable(connection, page_id, id, name)
    _update(connection, page_id, id, deleted_at=None)
    return name


def bring_along(
    connection: Connection, page_id: str, names: Mapping[str, str], now: datetime
) -> None:
    """Make the topics of a flow (id to name) that the Page does not have. A known one keeps its name.

    Raises:
        TopicProblem: the name of a new one is taken by another topic.
    """
    known = dict(
        connection.execute(
            select(topic.c.id, topic.c.deleted_at).where(topic.c.page_id == page_id)
        ).all()
    )
    for id, name in names.items():
        if id not in known:
            add(connection, page_id, id, name, now)
        elif known[id] is not None:
            restore(connection, page_id, id)


def _usable(connection: Connection, page_id: str, id: str, name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise TopicProblem("A topic needs a name.")
    if len(name) > limits.TOPIC_NAME:
        raise TopicProblem(
            "“{name}” has {count} characters; a topic's name has at most {limit}.",
            name=name,
            count=len(name),
            limit=limits.TOPIC_NAME,
        )
    taken = select(topic.c.name).where(
        topic.c.page_id == page_id,
        topic.c.name_key == name_key(name),
        topic.c.id != id,
        topic.c.deleted_at.is_(None),
    )
    if (other := connection.scalar(taken)) is not None:
        raise TopicProblem("There is a topic “{name}” already. Choose another name.", name=other)
    return name


def _update(connection: Connection, page_id: str, id: str, **values: object) -> None:
    connection.execute(update(topic).where(*_is(page_id, id)).values(**values))


def _is(page_id: str, id: str):
    return topic.c.page_id == page_id, topic.c.id == id
