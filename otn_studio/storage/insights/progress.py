"""How far messages have come, and the sums of that.

What happened is in the events; `runtime.keeping.insights` reads them, off the way of any message,
and keeps here what follows from them. A sum changes only where a message has come farther than it was
known to, so an event that is looked at twice counts once: after a crash, or where two look at the same
time.

Hours and days are those of the Page's clock when a message was sent, counted from 1970.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, update

from otn_studio.storage import pages
from otn_studio.storage.tables import (
    block_figure,
    counted,
    event,
    figure,
    passage,
    permission,
    reach,
    send,
    way_figure,
)
from otn_studio.storage.upsert import add_up, insert_missing

SENT, DELIVERED, READ = range(3)
"""How far a message came."""
TELLING: Final = ("sent", "delivery", "read", "message", "postback", "optin")
"""The kinds of events that say how far messages came."""
PASSAGES_AT_ONCE: Final = 500

Way = tuple[str, str, str]
"""A flow, a block, and a way out of it; none where the block was come to."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The funnel, of messages: how many asked for a permission, to how many of those the person said
    yes, how many went, arrived, were read, and were answered within a day."""

    asked: int = 0
    opted_in: int = 0
    sent: int = 0
    delivered: int = 0
    read: int = 0
    answered: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    def __sub__(self, other: "Figures") -> "Figures":
        return Figures(*(a - b for a, b in zip(astuple(self), astuple(other), strict=True)))


NAMES: Final = tuple(field.name for field in fields(Figures))


@dataclass(frozen=True, slots=True)
class Told:
    """An event that says how far messages came."""

    id: int
    contact_id: int
    kind: str
    at: datetime
    body: dict[str, Any]
    stored_at: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """A message that was sent, with what is known of it. ``asks``: for a permission on that topic."""

    send_id: int
    contact_id: int
    sent_at: datetime
    hour: int
    topic_id: str
    asks: str | None
    flow_id: str
    block: str
    reached: int = SENT
    answered: bool = False
    opted_in: bool = False


@dataclass(frozen=True, slots=True)
class SentRow:
    """A message as it was sent. ``topic_id``: that of its permission."""

    id: int
    contact_id: int
    sent_at: datetime
    topic_id: str | None
    flow_id: str | None
    block: str | None
    message: dict[str, Any]


def note_ways(connection: Connection, page_id: str, gone: Iterable[Way], now: datetime) -> None:
    """Note which ways were gone in flows: one row, however many there are."""
    times = Counter(gone)
    if times:
        ways = [[*way, count] for way, count in times.items()]
        connection.execute(_NOTE_WAYS, {"page_id": page_id, "at": now, "ways": ways})


_NOTE_WAYS = insert(passage)


def begin(connection: Connection, page_id: str) -> int:
    """Let nobody else count meanwhile. Answers up to which event nothing has to be looked at."""
    pages.ensure(connection, page_id)
    insert_missing(connection, counted, [{"page_id": page_id, "event_id": 0}])
    query = select(counted.c.event_id).where(counted.c.page_id == page_id).with_for_update()
    return connection.scalar(query) or 0


def advance(connection: Connection, page_id: str, event_id: int) -> None:
    """Up to this event nothing has to be looked at again."""
    of_page = counted.c.page_id == page_id, counted.c.event_id < event_id
    connection.execute(update(counted).where(*of_page).values(event_id=event_id))


def step_back(connection: Connection) -> None:
    """After events were deleted: SQLite gives the numbers of the last ones again."""
    last = select(func.coalesce(func.max(event.c.id), 0)).scalar_subquery()
    connection.execute(update(counted).where(counted.c.event_id > last).values(event_id=last))


def next_told(connection: Connection, page_id: str, after: int, limit: int) -> list[Told]:
    """What is told next, behind the event of that number."""
    given = {"page": page_id, "after": after, "limit": limit}
    return [Told(*row) for row in connection.execute(_NEXT_TOLD, given)]


def newest_stored_at(connection: Connection) -> datetime | None:
    """When the newest event was stored."""
    return connection.scalar(select(event.c.stored_at).order_by(event.c.id.desc()).limit(1))


def told_of(
    connection: Connection,
    contact_ids: Collection[int],
    since: datetime,
    kinds: Sequence[str] = TELLING[1:],
) -> list[Told]:
    """What was told of these people since an instant."""
    given = {"contacts": list(contact_ids), "since": since, "kinds": kinds}
    return [Told(*row) for row in connection.execute(_TOLD_OF, given)]


_TOLD = tuple(event.c[field.name] for field in fields(Told))
_NEXT_TOLD = (
    select(*_TOLD)
    .where(
        event.c.id > bindparam("after"),
        event.c.page_id == bindparam("page"),
        event.c.kind.in_(TELLING),
        event.c.contact_id.is_not(None),
    )
    .order_by(event.c.id)
    .limit(bindparam("limit"))
)
_TOLD_OF = select(*_TOLD).where(
    event.c.contact_id.in_(bindparam("contacts", expanding=True)),
    event.c.at >= bindparam("since", type_=event.c.at.type),
    event.c.kind.in_(bindparam("kinds", expanding=True)),
)


def sent(connection: Connection, page_id: str, ids: Collection[int]) -> list[SentRow]:
    """Those of these messages that were sent, and are not known here yet."""
    given = {"page": page_id, "ids": list(ids)}
    return [SentRow(*row) for row in connection.execute(_SENT, given)]


_SENT = (
    select(
        send.c.id,
        send.c.contact_id,
        func.coalesce(send.c.claimed_at, send.c.created_at, type_=send.c.claimed_at.type),
        permission.c.topic_id,
        send.c.flow_id,
        send.c.block,
        send.c.message,
    )
    .outerjoin(permission, permission.c.id == send.c.permission_id)
    .where(
        send.c.page_id == bindparam("page"),
        send.c.id.in_(bindparam("ids", expanding=True)),
        send.c.state == "sent",
        ~select(reach.c.send_id).where(reach.c.send_id == send.c.id).exists(),
    )
    .order_by(send.c.id)
)


def open_messages(connection: Connection, contact_ids: Collection[int]) -> list[Message]:
    """The messages to these people of which more may be heard."""
    rows = connection.execute(_OPEN, {"contacts": list(contact_ids)})
    return [Message(*row) for row in rows]


_OPEN = select(*(reach.c[field.name] for field in fields(Message))).where(
    reach.c.contact_id.in_(bindparam("contacts", expanding=True)),
    or_(reach.c.reached < READ, ~reach.c.answered),
)


def requests(connection: Connection, contact_ids: Collection[int]) -> list[Message]:
    """The messages that asked these people for a permission."""
    rows = connection.execute(_REQUESTS, {"contacts": list(contact_ids)})
    return [Message(*row) for row in rows]


_REQUESTS = select(*(reach.c[field.name] for field in fields(Message))).where(
    reach.c.contact_id.in_(bindparam("contacts", expanding=True)), reach.c.asks.is_not(None)
)


def keep(
    connection: Connection,
    page_id: str,
    new: Collection[Message],
    changed: Collection[tuple[Message, Message]],
) -> None:
    """Keep messages that were sent, and how those have changed that were known: before, and now."""
    if new:
        connection.execute(_KEEP, [_row(message) | {"page_id": page_id} for message in new])
    alike: dict[tuple[int, bool, bool], list[int]] = {}
    for _, message in changed:
        state = message.reached, message.answered, message.opted_in
        alike.setdefault(state, []).append(message.send_id)
    for state, ids in alike.items():
        given = dict(zip(("is_reached", "is_answered", "is_opted_in"), state, strict=True))
        connection.execute(_CHANGE, given | {"ids": ids})
    sums: Counter[tuple[int, str, str, str, str]] = Counter()
    for message in new:
        sums.update(_counts(message))
    for before, after in changed:
        sums.update(_counts(after))
        sums.subtract(_counts(before))
    _add_up(connection, page_id, {key: count for key, count in sums.items() if count})


_KEEP = insert(reach)
_CHANGE = (
    update(reach)
    .where(reach.c.send_id.in_(bindparam("ids", expanding=True)))
    .values(
        reached=bindparam("is_reached"),
        answered=bindparam("is_answered"),
        opted_in=bindparam("is_opted_in"),
    )
)


def _row(message: Message) -> dict[str, Any]:
    return {field.name: getattr(message, field.name) for field in fields(Message)}


def _counts(message: Message) -> list[tuple[int, str, str, str, str]]:
    """What a message counts as: the hour, the topic, the flow and the block, and the figure's name."""
    place = message.flow_id, message.block
    own = [
        (message.hour, message.topic_id, *place, name)
        for name, counts in (
            ("sent", True),
            ("delivered", message.reached >= DELIVERED),
            ("read", message.reached >= READ),
            ("answered", message.answered),
        )
        if counts
    ]
    if message.asks is None:
        return own
    names = ["asked", "opted_in"] if message.opted_in else ["asked"]
    return own + [(message.hour, message.asks, *place, name) for name in names]


def _add_up(
    connection: Connection, page_id: str, sums: Mapping[tuple[int, str, str, str, str], int]
) -> None:
    by_hour: dict[tuple[Any, ...], Counter[str]] = {}
    by_block: dict[tuple[Any, ...], Counter[str]] = {}
    for (hour, topic, flow, block, name), count in sums.items():
        by_hour.setdefault((hour, topic, flow), Counter())[name] += count
        by_block.setdefault((flow, hour // 24, block), Counter())[name] += count
    for table, found, key in (
        (figure, by_hour, ("hour", "topic_id", "flow_id")),
        (block_figure, by_block, ("flow_id", "day", "block")),
    ):
        rows = [
            {"page_id": page_id}
            | dict(zip(key, place, strict=True))
            | {name: counts[name] for name in NAMES}
            for place, counts in sorted(found.items())
            if place[0] != "" or table is figure
        ]
        add_up(connection, table, rows, NAMES)


def take_ways(connection: Connection, page_id: str) -> list[tuple[datetime, list[list[Any]]]]:
    """Ways that were gone and are not summed up yet; they are the caller's now."""
    some = select(passage.c.id).where(passage.c.page_id == page_id)
    some = some.order_by(passage.c.id).limit(PASSAGES_AT_ONCE)
    taken = delete(passage).where(passage.c.id.in_(some.scalar_subquery()))
    rows = connection.execute(taken.returning(passage.c.at, passage.c.ways))
    return [(row.at, row.ways) for row in rows]


def add_ways(
    connection: Connection, page_id: str, gone: Mapping[tuple[str, int, str, str], int]
) -> None:
    """Add to how often ways were gone, each as flow, day, block and way out."""
    rows = [
        {"page_id": page_id, "flow_id": f, "day": day, "block": b, "port": port, "times": count}
        for (f, day, b, port), count in sorted(gone.items())
    ]
    add_up(connection, way_figure, rows, ("times",))
