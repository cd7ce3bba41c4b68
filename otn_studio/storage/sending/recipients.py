"""The people to whom an announcement still has to go, and when each of them may get it.

They are written down some at a time, in the order of their numbers. Whoever is told, or left out, is
struck off in the same transaction, so nobody is told twice and nobody is passed over.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from otn_studio.flow.audience import Audience
from otn_studio.storage.instant import Instant
from otn_studio.storage.people import audiences
from otn_studio.storage.sending.announcements import Announcement
from otn_studio.storage.tables import contact, permission, recipient
from otn_studio.storage.upsert import insert_missing


@dataclass(frozen=True, slots=True)
class Reach:
    """How many people said yes to a topic, each counted once: who can get a message ``now``, who must
    wait (the first of them ``until`` then), who stopped it, whose yes has expired, and who can't be
    reached any more.
    """

    now: int
    waiting: int
    stopped: int
    expired: int
    unreachable: int
    until: datetime | None = None


held, person = permission.alias("held"), contact.alias("person")
_READY, _WAITS, _STOPPED, _EXPIRED = 3, 2, 1, 0


def reach(
    connection: Connection,
    page_id: str,
    topic_id: str,
    at: datetime,
    recurring: bool = True,
    audience: Audience | None = None,
) -> Reach:
    """Whom an announcement would reach at an instant, as things stand now."""
    usable, when = and_(_alive(at), held.c.stopped_at.is_(None)), _when(at)
    rank = case(
        (and_(usable, when <= at), _READY),
        (usable, _WAITS),
        (_alive(at), _STOPPED),
        else_=_EXPIRED,
    )
    each = (
        select(
            func.max(rank).label("rank"),
            func.min(case((usable, when)), type_=Instant).label("until"),
            person.c.unreachable_at.is_not(None).label("gone"),
        )
        .join(person, person.c.id == held.c.contact_id)
        .where(*_given(page_id, topic_id, at, recurring, audience))
        .group_by(held.c.contact_id, person.c.unreachable_at)
        .subquery()
    )
    here = ~each.c.gone
    counted = [
        _count(and_(here, each.c.rank == rank)) for rank in (_READY, _WAITS, _STOPPED, _EXPIRED)
    ]
    until = func.min(case((and_(here, each.c.rank == _WAITS), each.c.until)), type_=Instant)
    return Reach(*connection.execute(select(*counted, _count(each.c.gone), until)).one())


def count(
    connection: Connection, page_id: str, topic_id: str, now: datetime, recurring: bool = True
) -> int:
    """How many people can get a message on a topic now."""
    people = _people(page_id, topic_id, now, recurring, False, None).subquery()
    return connection.scalar(select(func.count()).select_from(people)) or 0


def write_down(
    connection: Connection,
    page_id: str,
    row: Announcement,
    now: datetime,
    recurring: bool,
    at_once: int,
) -> tuple[int, int | None]:
    """Write some more of an announcement's people down: those who hold the next so many permissions.
    Answers how many they are, and the contact up to whom they go; none: these were the last.
    """
    audience = None if row.audience is None else Audience.read(row.audience)
    people = _people(page_id, row.topic_id, now, recurring, row.waits, audience)
    after = row.planned_to or 0
    upto = _nth_after(connection, page_id, row.topic_id, after, at_once)
    for column in (held.c.contact_id, person.c.id):  # PostgreSQL would look at everybody else too
        people = people.where(column > after, *(() if upto is None else (column <= upto,)))
    some = people.subquery()
    rows = select(literal(row.id), some.c.contact_id, literal(page_id), some.c.due_at)
    columns = ["announcement_id", "contact_id", "page_id", "due_at"]
    statement = insert(recipient).from_select(columns, rows)
    written = connection.execute(statement.execution_options(preserve_rowcount=True))
    return written.rowcount, upto


def _nth_after(
    connection: Connection, page_id: str, topic_id: str, after: int, n: int
) -> int | None:
    """Who holds the n-th permission for a topic after that contact's; none: there are not so many."""
    holders = select(held.c.contact_id).where(
        *_unused(page_id, topic_id), held.c.contact_id > after
    )
    return connection.scalar(holders.order_by(held.c.contact_id).offset(n - 1).limit(1))


def due(connection: Connection, announcement_id: int, now: datetime, at_most: int) -> Sequence[int]:
    """The contacts who may get it by now, those first who may for longest."""
    given = {"announcement": announcement_id, "now": now, "limit": at_most}
    return sorted(connection.scalars(_DUE, given))


_OF_ONE = recipient.c.announcement_id == bindparam("announcement")
_DUE = (
    select(recipient.c.contact_id)
    .where(_OF_ONE, recipient.c.due_at <= bindparam("now"))
    .order_by(recipient.c.due_at)
    .limit(bindparam("limit"))
)


def next_due(connection: Connection, announcement_id: int) -> datetime | None:
    """When the next of them may get it; none: it goes to nobody else."""
    return connection.scalar(_NEXT_DUE, {"announcement": announcement_id})


_NEXT_DUE = select(func.min(recipient.c.due_at, type_=Instant)).where(_OF_ONE)


def count_waiting(connection: Connection, announcement_id: int, now: datetime) -> tuple[int, int]:
    """To how many it still has to go: who may get it by now, and who may later."""
    soon = _count(recipient.c.due_at <= bindparam("now", type_=Instant))
    query = select(soon, func.count()).select_from(recipient).where(_OF_ONE)
    by_now, all_in_all = connection.execute(
        query, {"announcement": announcement_id, "now": now}
    ).one()
    return by_now, all_in_all - by_now


def strike_off(connection: Connection, announcement_id: int, contact_ids: Collection[int]) -> None:
    if contact_ids:
        given = {"announcement": announcement_id, "ids": list(contact_ids)}
        connection.execute(_STRIKE_OFF, given)


_STRIKE_OFF = delete(recipient).where(
    _OF_ONE, recipient.c.contact_id.in_(bindparam("ids", expanding=True))
)


def strike_off_some(connection: Connection, announcement_id: int, at_most: int) -> int:
    """Strike off no matter whom, and answer how many."""
    given = {"announcement": announcement_id}
    some = connection.scalars(select(recipient.c.contact_id).where(_OF_ONE).limit(at_most), given)
    ids = some.all()
    strike_off(connection, announcement_id, ids)
    return len(ids)


def postpone(
    connection: Connection, announcement_id: int, instants: Mapping[int, datetime]
) -> None:
    """Say when these contacts may get it, which is later than was thought."""
    given = [
        {"announcement": announcement_id, "contact": contact_id, "at": at}
        for contact_id, at in instants.items()
    ]
    if given:
        connection.execute(_POSTPONE, given)


_POSTPONE = (
    update(recipient)
    .where(_OF_ONE, recipient.c.contact_id == bindparam("contact"))
    .values(due_at=bindparam("at", type_=Instant))
)


def put_back(
    connection: Connection,
    page_id: str,
    announcement_id: int,
    contact_ids: Collection[int],
    now: datetime,
) -> None:
    """Contacts whom it did not reach after all."""
    shared = {"announcement_id": announcement_id, "page_id": page_id, "due_at": now}
    rows: list[dict[str, Any]] = [shared | {"contact_id": id} for id in contact_ids]
    insert_missing(connection, recipient, rows)


def _people(
    page_id: str,
    topic_id: str,
    now: datetime,
    recurring: bool,
    waits: bool,
    audience: Audience | None,
) -> Select[tuple[int, datetime]]:
    """Each contact who can be reached with a permission, and when the first of theirs may be used."""
    in_time = () if waits else (held.c.next_allowed_at <= now,)
    return (
        select(held.c.contact_id, func.min(_when(now), type_=Instant).label("due_at"))
        .join(person, person.c.id == held.c.contact_id)
        .where(
            *_given(page_id, topic_id, now, recurring, audience),
            _alive(now),
            held.c.stopped_at.is_(None),
            person.c.unreachable_at.is_(None),
            *in_time,
        )
        .group_by(held.c.contact_id)
    )


def _given(
    page_id: str, topic_id: str, now: datetime, recurring: bool, audience: Audience | None
) -> list[ColumnElement[bool]]:
    """Permissions for a topic that are not used up. ``recurring``: whether lasting ones count."""
    given = _unused(page_id, topic_id)
    if not recurring:
        given.append(held.c.frequency.is_(None))
    if audience is not None:
        meant = audiences.matching(page_id, audience, now)
        given.append(meant.where(contact.c.id == held.c.contact_id).correlate(held).exists())
    return given


def _unused(page_id: str, topic_id: str) -> list[ColumnElement[bool]]:
    not_used = or_(held.c.frequency.is_not(None), held.c.next_allowed_at.is_not(None))
    return [held.c.page_id == page_id, held.c.topic_id == topic_id, not_used]


def _when(now: datetime) -> ColumnElement[datetime]:
    """When a permission may be used; one that a message has just now may be soon."""
    return func.coalesce(held.c.next_allowed_at, literal(now, Instant), type_=Instant)


def _alive(now: datetime) -> ColumnElement[bool]:
    """Whether it has not ended when it may be used."""
    ends = held.c.expires_at
    return or_(ends.is_(None), and_(ends > now, ends > _when(now)))


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
