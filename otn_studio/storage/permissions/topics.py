"""Topics: an id for good, a name that may change."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from unicodedata import normalize

from sqlalchemy import Connection, Row, Select, and_, case, func, insert, or_, select, update

from otn_studio.blocks.words import Problem
from otn_studio.flow.document import Topic
from otn_studio.policy import limits
from otn_studio.policy.calendar import Frequency
from otn_studio.storage.instant import Instant
from otn_studio.storage.tables import permission, topic


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic with what there is of its permissions: held are those that can still be used.

    A lasting one stays held when it is used; ``used`` are those that were good for one message.
    """

    id: str
    name: str
    held: int
    used: int
    expired: int
    ends_soonest: datetime | None
    """When the first of the held ones expires."""
    frequency: Frequency | None = None
    asks_again: bool = True
    stopped: int = 0


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
    return [_row(row) for row in rows]


def names(connection: Connection, page_id: str) -> dict[str, str]:
    """The names of all topics that are not deleted, by their ids, in the order of the alphabet."""
    of_page = topic.c.page_id == page_id, topic.c.deleted_at.is_(None)
    query = select(topic.c.id, topic.c.name).where(*of_page).order_by(topic.c.name_key)
    return dict(connection.execute(query).all())


def one_time(connection: Connection, page_id: str) -> set[str]:
    """The topics for which a yes is good for one message, deleted ones too."""
    of_page = topic.c.page_id == page_id, topic.c.frequency.is_(None)
    return set(connection.scalars(select(topic.c.id).where(*of_page)))


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
    return _row(rows[-1])


def _row(row: Row) -> TopicRow:
    found = TopicRow(*row)
    return replace(found, frequency=found.frequency and Frequency(found.frequency))


def _with_counts(page_id: str, now: datetime) -> Select:
    lasting = permission.c.frequency.is_not(None)
    free = or_(lasting, permission.c.next_allowed_at.is_not(None))
    alive = or_(permission.c.expires_at.is_(None), permission.c.expires_at > now)
    held = and_(permission.c.id.is_not(None), free, alive, permission.c.stopped_at.is_(None))
    used = and_(permission.c.id.is_not(None), ~lasting, permission.c.next_allowed_at.is_(None))
    return (
        select(
            topic.c.id,
            topic.c.name,
            _count(held),
            _count(used),
            _count(and_(free, permission.c.expires_at <= now)),
            func.min(case((held, permission.c.expires_at)), type_=Instant),
            topic.c.frequency,
            topic.c.asks_again,
            _count(and_(free, alive, permission.c.stopped_at.is_not(None))),
        )
        .outerjoin(
            permission,
            and_(permission.c.page_id == topic.c.page_id, permission.c.topic_id == topic.c.id),
        )
        .where(topic.c.page_id == page_id, topic.c.deleted_at.is_(None))
        .group_by(topic.c.page_id, topic.c.id)
    )


def _count(condition):
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def add(
    connection: Connection,
    page_id: str,
    id: str,
    name: str,
    now: datetime,
    frequency: Frequency | None = None,
    asks_again: bool = True,
) -> None:
    """Make a topic, of one-time permissions where it has no frequency.

    Raises:
        TopicProblem: the name is empty, too long, or taken.
    """
    name = _usable(connection, page_id, id, name)
    row = {"page_id": page_id, "id": id, "name": name, "name_key": name_key(name)}
    row |= {"frequency": frequency, "asks_again": asks_again}
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
    connection: Connection, page_id: str, brought: Mapping[str, Topic], now: datetime
) -> None:
    """Make the topics of a flow, by their ids, that the Page does not have. Known ones stay as they
    are.

    Raises:
        TopicProblem: the name of a new one is taken by another topic.
    """
    known = dict(
        connection.execute(
            select(topic.c.id, topic.c.deleted_at).where(topic.c.page_id == page_id)
        ).all()
    )
    for id, new in brought.items():
        if id not in known:
            add(connection, page_id, id, new.name, now, new.frequency, new.asks_again)
        elif known[id] is not None:
            restore(connection, page_id, id)


def is_there(connection: Connection, page_id: str, id: str) -> bool:
    """Whether there is such a topic, and it is not deleted."""
    there = select(topic.c.id).where(*_is(page_id, id), topic.c.deleted_at.is_(None))
    return connection.scalar(there) is not None


def by_id(connection: Connection, page_id: str, ids: Collection[str]) -> dict[str, Topic]:
    """These topics, deleted ones too, by their ids."""
    query = select(topic.c.id, topic.c.name, topic.c.frequency, topic.c.asks_again)
    rows = connection.execute(query.where(topic.c.page_id == page_id, topic.c.id.in_(ids)))
    return {
        id: Topic(name, frequency and Frequency(frequency), asks_again)
        for id, name, frequency, asks_again in rows
    }


def _usable(connection: Connection, page_id: str, id: str, name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise TopicProblem("A topic needs a name.")
    if len(name) > limits.TOPIC_NAME:
        raise TopicProblem(
            "“{name}” has {count} characters; a topic’s name has at most {limit}.",
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
