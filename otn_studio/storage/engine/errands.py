"""Errands: what is to be done outside of the conversation, besides messages to the person.

``due → doing``, and then gone, or ``→ due`` again later, or ``→ done`` where a conversation has still
to read the answer. `doing` is committed before anything is done, so that a crash in the middle of it
is seen. Every try of one errand has the same ``key``, and no other errand has.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, or_, select, update

from otn_studio.storage.instant import Instant
from otn_studio.storage.tables import contact, errand

DUE, DOING, DONE = "due", "doing", "done"
FETCH, NOTIFY, PASS, TAKE = "fetch", "notify", "pass", "take"
IN_ORDER = (PASS, TAKE)
"""Kinds of which a contact's come one after the other."""


@dataclass(frozen=True, slots=True)
class Errand:
    """One errand with what is needed to do it, and to tell its conversation."""

    id: int
    contact_id: int
    person_id: str
    ticket: int | None
    flow_id: str
    version: int
    block: str
    kind: str
    what: dict[str, Any]
    key: str
    state: str
    attempts: int


_ROWS = select(
    errand.c.id,
    errand.c.contact_id,
    contact.c.person_id,
    errand.c.ticket,
    errand.c.flow_id,
    errand.c.version,
    errand.c.block,
    errand.c.kind,
    errand.c.what,
    errand.c.key,
    errand.c.state,
    errand.c.attempts,
).join(contact, contact.c.id == errand.c.contact_id)


def due(connection: Connection, page_id: str, now: datetime, limit: int) -> list[Errand]:
    """Errands whose time has come, the longest overdue first."""
    rows = connection.execute(_DUE, {"page": page_id, "now": now, "limit": limit})
    return [Errand(*row) for row in rows]


_EARLIER = errand.alias()
_HAS_TO_WAIT = (
    select(_EARLIER.c.id)
    .where(
        _EARLIER.c.contact_id == errand.c.contact_id,
        _EARLIER.c.id < errand.c.id,
        _EARLIER.c.kind.in_(IN_ORDER),
        errand.c.kind.in_(IN_ORDER),
        or_(
            _EARLIER.c.state == DOING,
            and_(_EARLIER.c.state == DUE, _EARLIER.c.attempts > 0),
            and_(_EARLIER.c.state == DUE, _EARLIER.c.due_at <= bindparam("now")),
        ),
    )
    .exists()
)
_DUE = (
    _ROWS.where(
        errand.c.page_id == bindparam("page"),
        errand.c.due_at <= bindparam("now", type_=Instant),
        ~_HAS_TO_WAIT,
    )
    .order_by(errand.c.due_at, errand.c.id)
    .limit(bindparam("limit"))
)


def claim(connection: Connection, ids: Collection[int], now: datetime) -> set[int]:
    """Mark errands as being done, and answer which could be. The caller commits before they are."""
    query = update(errand).where(errand.c.id.in_(ids), errand.c.state == DUE)
    values = {"state": DOING, "due_at": None, "claimed_at": now}
    claimed = query.values(attempts=errand.c.attempts + 1, **values).returning(errand.c.id)
    return set(connection.scalars(claimed))


def found_doing(connection: Connection, page_id: str) -> list[Errand]:
    """Errands that were being done when the engine last stopped: nobody saw how they ended."""
    query = _ROWS.where(errand.c.page_id == page_id, errand.c.state == DOING)
    return [Errand(*row) for row in connection.execute(query.order_by(errand.c.id))]


def still_doing(connection: Connection, keys: Collection[str]) -> dict[str, int]:
    """Of these errands, those that are still being done, with how often they were tried."""
    query = select(errand.c.key, errand.c.attempts)
    query = query.where(errand.c.key.in_(keys), errand.c.state == DOING)
    return dict(connection.execute(query).all())


def again(connection: Connection, id: int, at: datetime) -> None:
    """Do it once more, at that time."""
    connection.execute(update(errand).where(errand.c.id == id).values(state=DUE, due_at=at))


def keep_answer(connection: Connection, id: int, answer: str) -> None:
    """It is done, and this came of it."""
    connection.execute(update(errand).where(errand.c.id == id).values(state=DONE, answer=answer))


def take_answer(connection: Connection, key: str) -> str:
    """What came of an errand that is done, which is over with that."""
    query = delete(errand).where(errand.c.key == key, errand.c.state == DONE)
    return connection.scalar(query.returning(errand.c.answer)) or ""


def drop(connection: Connection, id: int) -> None:
    """It is over."""
    connection.execute(delete(errand).where(errand.c.id == id))


def drop_due(connection: Connection, contact_id: int, kinds: Collection[str]) -> None:
    """Of a contact's errands, do no longer those of these kinds that nobody has begun."""
    of_contact = errand.c.contact_id == contact_id, errand.c.kind.in_(kinds)
    connection.execute(delete(errand).where(*of_contact, errand.c.state == DUE))


def hurry(connection: Connection, page_id: str, now: datetime, later_than: datetime) -> None:
    """Try errands at once that were to be tried again, and yet wait for longer than any does."""
    waiting = errand.c.page_id == page_id, errand.c.due_at > later_than, errand.c.attempts > 0
    connection.execute(update(errand).where(*waiting).values(due_at=now))


def count_waiting(connection: Connection, page_id: str, now: datetime) -> int:
    """How many errands are being done, or are to be done by now."""
    by_now = errand.c.page_id == page_id, errand.c.due_at <= now
    doing = errand.c.page_id == page_id, errand.c.state == DOING
    counts = (select(func.count()).select_from(errand).where(*where) for where in (by_now, doing))
    return sum(connection.scalar(count) or 0 for count in counts)


NEXT_DUE = select(func.min(errand.c.due_at, type_=Instant)).where(
    errand.c.page_id == bindparam("page"), errand.c.due_at > bindparam("now", type_=Instant)
)
OVERDUE = select(errand.c.id).where(
    errand.c.page_id == bindparam("page"), errand.c.due_at <= bindparam("now", type_=Instant)
)
