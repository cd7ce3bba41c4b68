"""The lanes: one for each contact, who reads their events one after the other.

Whoever changes anything of a contact, their permissions and messages included, locks the lane first,
and several lanes in the order of their ids. So no two ever wait for each other, and no event comes in
unseen between a lane's last look and its falling asleep. On SQLite nobody else writes meanwhile, lock
or no lock.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, case, delete, func, insert, select, update

from otn_studio.storage import many
from otn_studio.storage.instant import Instant
from otn_studio.storage.tables import contact, errand, event, lane, send, timer

CARRIER = "carrier"
"""The execution option of a connection with its `Carrier`."""
LANES_AT_ONCE = 200
EVENTS_AT_ONCE = 2_000

Carrier = Callable[[Connection, Sequence[int]], None]
"""Tells other processes, in the transaction of a connection, that these contacts' lanes are awake."""


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event that waits in its lane."""

    id: int
    kind: str
    at: datetime
    body: dict[str, Any]
    tries: int


@dataclass
class Lane:
    """One contact, where they are in their conversations, and the events to read, in order."""

    contact_id: int
    person_id: str
    fields: dict[str, Any]
    tags: list[str]
    last_action_at: datetime | None
    conversation: str
    quiet_until: datetime | None
    first_seen_at: datetime
    events: list[EventRow] = field(default_factory=list)


@dataclass
class Outcome:
    """Everything that one transaction writes about the lanes that it drained."""

    acted: list[dict[str, Any]] = field(default_factory=list)
    lanes: list[dict[str, Any]] = field(default_factory=list)
    read: list[int] = field(default_factory=list)
    tried: list[tuple[int, int, str]] = field(default_factory=list)
    parked: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    sends: list[dict[str, Any]] = field(default_factory=list)
    errands: list[dict[str, Any]] = field(default_factory=list)
    timers: list[dict[str, Any]] = field(default_factory=list)
    stopped_timers: list[dict[str, Any]] = field(default_factory=list)
    gone: list[tuple[str, str, str]] = field(default_factory=list)
    """The ways that were gone in flows; see `insights.note_ways`."""
    learned: dict[int, tuple[Mapping[str, Any], Collection[str]]] = field(default_factory=dict)
    """The fields and tags of those of whom they have changed."""


def lock(connection: Connection, contact_ids: Collection[int]) -> None:
    """Wait until nobody else serves these lanes."""
    if contact_ids and connection.dialect.name != "sqlite":
        connection.execute(_LOCK, {"ids": list(contact_ids)}).close()


def lock_all(connection: Connection, contact_ids: Select) -> None:
    """The same for those that a query finds."""
    lock_by(connection, locking(contact_ids), {})


def locking(contact_ids: Select) -> Select:
    """What locks the lanes that a query finds. For `lock_by`."""
    found = select(lane.c.contact_id).where(lane.c.contact_id.in_(contact_ids))
    return found.order_by(lane.c.contact_id).with_for_update()


def lock_by(connection: Connection, locks: Select, given: Mapping[str, Any]) -> None:
    """Wait until nobody else serves the lanes that a query finds by what is given to it."""
    if connection.dialect.name != "sqlite":
        connection.execute(locks, given).close()


def lock_free(connection: Connection, contact_ids: Collection[int]) -> Collection[int]:
    """Lock those of these lanes that nobody else serves now, without waiting; answers which."""
    if not contact_ids or connection.dialect.name == "sqlite":
        return contact_ids
    return connection.scalars(_LOCK_FREE, {"ids": list(contact_ids)}).all()


def wake(connection: Connection, contact_ids: Collection[int], now: datetime) -> None:
    """Have these lanes read. Where a carrier of wake-ups is there, it is told in this transaction."""
    if not contact_ids:
        return
    given = {"ids": list(contact_ids), "now": now}
    if _carrier(connection) is None:
        connection.execute(_WAKE, given)
    elif woken := connection.scalars(_WAKE_AND_TELL, given).all():
        carry(connection, woken)


def carry(connection: Connection, contact_ids: Sequence[int]) -> None:
    """Tell whoever serves lanes elsewhere that there is something to read in these."""
    if (carrier := _carrier(connection)) is not None:
        carrier(connection, contact_ids)


def _carrier(connection: Connection) -> Carrier | None:
    return connection.get_execution_options().get(CARRIER)


def longest_waiting(connection: Connection, page_id: str) -> list[int]:
    """Those that have waited longest to be read."""
    return sorted(connection.scalars(_LONGEST_WAITING, {"page": page_id}))


def forgotten(connection: Connection, page_id: str, since: datetime) -> list[int]:
    """Those that were woken by an instant and wait still, locked; not those that others serve now."""
    return sorted(connection.scalars(_FORGOTTEN, {"page": page_id, "since": since}))


def awake(connection: Connection, contact_ids: Collection[int]) -> Sequence[int]:
    """Those of these lanes that have something to read."""
    return connection.scalars(_AWAKE, {"ids": list(contact_ids)}).all()


def to_serve(connection: Connection, contact_ids: Sequence[int]) -> list[Lane]:
    """Those of these lanes that are awake, locked, each with its events."""
    if not contact_ids:
        return []
    lock(connection, contact_ids)
    given = {"ids": list(contact_ids)}
    lanes = {row[0]: Lane(*row) for row in connection.execute(_LANES, given).all()}
    for contact_id, *rest in connection.execute(_EVENTS, given).all():
        if contact_id in lanes:
            lanes[contact_id].events.append(EventRow(*rest))
    return list(lanes.values())


_IDS = bindparam("ids", expanding=True)
_LOCK = (
    select(lane.c.contact_id)
    .where(lane.c.contact_id.in_(_IDS))
    .order_by(lane.c.contact_id)
    .with_for_update()
)
_LOCK_FREE = (
    select(lane.c.contact_id).where(lane.c.contact_id.in_(_IDS)).with_for_update(skip_locked=True)
)
_WAKE = (
    update(lane)
    .where(lane.c.contact_id.in_(_IDS), lane.c.woken_at.is_(None), lane.c.rests_until.is_(None))
    .values(woken_at=bindparam("now", type_=Instant))
)
_WAKE_AND_TELL = _WAKE.returning(lane.c.contact_id)
_AWAKE = select(lane.c.contact_id).where(lane.c.contact_id.in_(_IDS), lane.c.woken_at.is_not(None))
_WOKEN = lane.c.page_id == bindparam("page"), lane.c.woken_at.is_not(None)
_LONGEST_WAITING = (
    select(lane.c.contact_id).where(*_WOKEN).order_by(lane.c.woken_at).limit(LANES_AT_ONCE)
)
_FORGOTTEN = _LONGEST_WAITING.where(
    lane.c.woken_at <= bindparam("since", type_=Instant)
).with_for_update(skip_locked=True)
_LANES = (
    select(
        lane.c.contact_id,
        contact.c.person_id,
        contact.c.fields,
        contact.c.tags,
        contact.c.last_action_at,
        lane.c.conversation,
        lane.c.quiet_until,
        contact.c.first_seen_at,
    )
    .join(contact, contact.c.id == lane.c.contact_id)
    .where(lane.c.contact_id.in_(_IDS), lane.c.woken_at.is_not(None))
    .order_by(lane.c.contact_id)
)
_EVENTS = (
    select(event.c.contact_id, event.c.id, event.c.kind, event.c.at, event.c.body, event.c.tries)
    .where(event.c.contact_id.in_(_IDS), event.c.done_at.is_(None))
    .order_by(event.c.contact_id, event.c.at, event.c.id)
    .limit(EVENTS_AT_ONCE)
)


def count_woken(connection: Connection, page_id: str) -> int:
    """How many lanes wait to be read."""
    query = select(func.count()).select_from(lane).where(*_WOKEN)
    return connection.scalar(query, {"page": page_id}) or 0


def conversations_with(
    connection: Connection, page_id: str, flow_id: str
) -> Iterator[tuple[int, str]]:
    """The conversations in which a flow is spoken of, with whose they are."""
    query = select(lane.c.contact_id, lane.c.conversation).where(
        lane.c.page_id == page_id, lane.c.conversation.contains(f'"{flow_id}"', autoescape=True)
    )
    for row in connection.execute(query.order_by(lane.c.contact_id)).yield_per(LANES_AT_ONCE):
        yield row.contact_id, row.conversation


def write(connection: Connection, outcome: Outcome, now: datetime) -> None:
    """Write it all, and let those lanes sleep that have nothing more to read. The caller commits."""
    done = outcome.read + [row["event"] for row in outcome.parked]
    if done:
        connection.execute(_FINISH_EVENTS, {"ids": done, "now": now})
    learned = [
        {"contact": id, "fields": dict(fields), "tags": sorted(tags)}
        for id, (fields, tags) in outcome.learned.items()
    ]
    for change, rows in (
        (_UPDATE_CONTACT, outcome.acted),
        (_UPDATE_CONTACT, learned),
        (_PARK_EVENT, outcome.parked),
        (_INSERT_EVENT, outcome.notes),
        (_STOP_TIMER, outcome.stopped_timers),
        (_INSERT_TIMER, outcome.timers),
        (_INSERT_SEND, outcome.sends),
        (_INSERT_ERRAND, outcome.errands),
        (_UPDATE_LANE, outcome.lanes),
    ):
        many.execute(connection, change, rows)


_UPDATE_CONTACT = update(contact).where(contact.c.id == bindparam("contact"))
_MORE_TO_READ = (
    select(event.c.id)
    .where(event.c.contact_id == lane.c.contact_id, event.c.done_at.is_(None))
    .exists()
)
_UPDATE_LANE = (
    update(lane)
    .where(lane.c.contact_id == bindparam("contact"))
    .values(conversation=bindparam("conversation"), woken_at=case((_MORE_TO_READ, lane.c.woken_at)))
)
_INSERT_EVENT, _INSERT_TIMER = insert(event), insert(timer)
_INSERT_SEND, _INSERT_ERRAND = insert(send), insert(errand)
_FINISH_EVENTS = (
    update(event)
    .where(event.c.id.in_(bindparam("ids", expanding=True)))
    .values(done_at=bindparam("now"), problem=None)
)
_PARK_EVENT = update(event).where(event.c.id == bindparam("event"))
_STOP_TIMER = delete(timer).where(
    timer.c.contact_id == bindparam("contact"), timer.c.ticket == bindparam("place")
)


def due_timers(
    connection: Connection, page_id: str, now: datetime
) -> list[tuple[int, int, datetime, int]]:
    """Timers whose time has come, as (id, contact, due at, ticket), the longest overdue first."""
    return [tuple(row) for row in connection.execute(_DUE_TIMERS, {"page": page_id, "now": now})]


_DUE_TIMERS = (
    select(timer.c.id, timer.c.contact_id, timer.c.due_at, timer.c.ticket)
    .where(timer.c.page_id == bindparam("page"), timer.c.due_at <= bindparam("now"))
    .order_by(timer.c.due_at, timer.c.id)
    .limit(EVENTS_AT_ONCE)
)


def take_timers(connection: Connection, ids: Collection[int]) -> set[int]:
    """Remove these timers, and answer which of them were there still."""
    query = delete(timer).where(timer.c.id.in_(ids)).returning(timer.c.id)
    return set(connection.scalars(query))


def next_timer(connection: Connection, page_id: str) -> datetime | None:
    """When a timer is due next, or a lane has rested."""
    found = connection.execute(_NEXT, {"page": page_id}).one()
    return min((due for due in found if due is not None), default=None)


NEXT_TIMER = select(func.min(timer.c.due_at, type_=Instant)).where(
    timer.c.page_id == bindparam("page")
)
NEXT_RESTED = select(func.min(lane.c.rests_until, type_=Instant)).where(
    lane.c.page_id == bindparam("page"), lane.c.rests_until.is_not(None)
)
_NEXT = select(NEXT_TIMER.scalar_subquery(), NEXT_RESTED.scalar_subquery())
