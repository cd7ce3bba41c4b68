"""Webhooks as they came, until the engine takes their events out of them.

Messenger waits for its answer, and gets it once they are here: all that came at once is one row,
which costs next to nothing. What it means, and to whom it happened, is found out afterwards.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from otn_studio.storage import many
from otn_studio.storage.tables import webhook

BETWEEN: Final = b"\x1e"
"""Stands nowhere in JSON. Source: RFC 7464, "JSON Text Sequences"."""
BODIES_IN_A_ROW: Final = 200
ROWS_AT_ONCE: Final = 5


@dataclass(frozen=True, slots=True)
class Kept:
    """Some webhooks that came together."""

    id: int
    came_at: datetime
    bodies: tuple[bytes, ...]


def keep(connection: Connection, page_id: str, bodies: Sequence[bytes], now: datetime) -> None:
    """Keep the bodies of webhooks that came."""
    rows = [_row(page_id, some, now) for some in _portions(bodies)]
    many.execute(connection, _INSERT, rows)


def oldest(connection: Connection, page_id: str) -> list[Kept]:
    """Those that have waited longest, as many as are to be read at once."""
    rows = connection.execute(_OLDEST, {"page": page_id})
    return [Kept(row.id, row.came_at, tuple(row.bodies.split(BETWEEN))) for row in rows]


def done(connection: Connection, kept: Collection[Kept]) -> None:
    """Their events are stored."""
    if kept:
        connection.execute(_DONE, {"ids": [entry.id for entry in kept]})


def apart(connection: Connection, page_id: str, kept: Collection[Kept]) -> list[Kept]:
    """The same with a row for each body."""
    bodies = [(entry.came_at, body) for entry in kept for body in entry.bodies]
    rows = [_row(page_id, [body], came_at) for came_at, body in bodies]
    ids = [connection.scalars(_INSERT.returning(webhook.c.id), row).one() for row in rows]
    done(connection, kept)
    return [Kept(id, came_at, (body,)) for id, (came_at, body) in zip(ids, bodies, strict=True)]


def set_aside(connection: Connection, entry: Kept, problem: str) -> None:
    """It can't be read, for that reason; the others go on."""
    connection.execute(_SET_ASIDE, {"row": entry.id, "why": problem})


def try_again(connection: Connection, page_id: str) -> None:
    """Those that were set aside may be read by a newer program."""
    connection.execute(_TRY_AGAIN, {"page": page_id})


def forget_set_aside(connection: Connection, before: datetime) -> None:
    """Let go of those that came before an instant and nobody could read since."""
    connection.execute(_FORGET, {"before": before})


def count_waiting(connection: Connection, page_id: str) -> int:
    """How many rows of them are still to be read."""
    return connection.scalar(_COUNT_WAITING, {"page": page_id}) or 0


def count_set_aside(connection: Connection, page_id: str) -> int:
    """How many can't be read."""
    return connection.scalar(_COUNT_ASIDE, {"page": page_id}) or 0


def _row(page_id: str, bodies: Sequence[bytes], now: datetime) -> dict[str, Any]:
    return {"page_id": page_id, "came_at": now, "bodies": BETWEEN.join(bodies)}


def _portions(bodies: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    for first in range(0, len(bodies), BODIES_IN_A_ROW):
        yield bodies[first : first + BODIES_IN_A_ROW]


_ITS = webhook.c.page_id == bindparam("page")
WAITING: Final = select(webhook.c.id).where(_ITS, webhook.c.problem.is_(None))
_INSERT = insert(webhook)
_OLDEST = (
    select(webhook.c.id, webhook.c.came_at, webhook.c.bodies)
    .where(_ITS, webhook.c.problem.is_(None))
    .order_by(webhook.c.id)
    .limit(ROWS_AT_ONCE)
)
_DONE = delete(webhook).where(webhook.c.id.in_(bindparam("ids", expanding=True)))
_SET_ASIDE = (
    update(webhook).where(webhook.c.id == bindparam("row")).values(problem=bindparam("why"))
)
_TRY_AGAIN = update(webhook).where(_ITS, webhook.c.problem.is_not(None)).values(problem=None)
_FORGET = delete(webhook).where(
    webhook.c.problem.is_not(None), webhook.c.came_at < bindparam("before")
)
_COUNT_WAITING = select(func.count()).select_from(WAITING.subquery())
_COUNT_ASIDE = select(func.count()).select_from(webhook).where(_ITS, webhook.c.problem.is_not(None))
