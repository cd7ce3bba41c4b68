"""Events that break the lane that reads them: each is tried again after a rest, a few times, and parked
then; the lane goes on. While it rests nothing wakes it, so that its events stay in order.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, select, update

from otn_studio.storage.engine import lanes
from otn_studio.storage.instant import Instant
from otn_studio.storage.tables import event, lane

RESTS: Final = (timedelta(seconds=5), timedelta(minutes=1))
"""How long a lane rests after each try but the last."""
TRIES: Final = len(RESTS) + 1


def blame(connection: Connection, contact_id: int, problem: str, now: datetime) -> bool:
    """The lane broke: its next event is to blame. False where there is none; then the lane sleeps
    until something comes.
    """
    lanes.lock(connection, [contact_id])
    found = connection.execute(_NEXT, {"contact": contact_id}).one_or_none()
    if found is None:
        connection.execute(_CHANGE, {"lane_of": contact_id, "woken_at": None})
        return False
    if is_last_try(found.tries):
        parked = {"tries": TRIES, "problem": problem, "done_at": now}
        connection.execute(_TRIED, {"event": found.id, **parked})
    else:
        rest(connection, contact_id, found.id, problem, now)
    return True


def is_last_try(tries: int) -> bool:
    """Whether an event that was tried so often before is parked if it breaks its lane once more."""
    return tries + 1 >= TRIES


def rest(
    connection: Connection, contact_id: int, event_id: int, problem: str, now: datetime
) -> None:
    """The event broke its lane, and is tried again after a rest."""
    tries = connection.scalar(_TRIES, {"event": event_id}) or 0
    connection.execute(_TRIED, {"event": event_id, "tries": tries + 1, "problem": problem})
    until = now + RESTS[min(tries, len(RESTS) - 1)]
    connection.execute(_CHANGE, {"lane_of": contact_id, "woken_at": None, "rests_until": until})


def end_rests(connection: Connection, page_id: str, now: datetime) -> None:
    """Wake the lanes that have rested; those that somebody else serves are theirs."""
    given = {"page": page_id, "now": now}
    if rested := connection.scalars(_RESTED, given).all():
        connection.execute(_CHANGE, [{"lane_of": id, "rests_until": None} for id in rested])
        lanes.wake(connection, rested, now)


def clock_was_set_back(connection: Connection, page_id: str, now: datetime) -> None:
    """No lane rests longer than any does, by the clock as it is."""
    too_long = lane.c.page_id == page_id, lane.c.rests_until > now + RESTS[-1]
    connection.execute(update(lane).where(*too_long).values(rests_until=now))


_NEXT = (
    select(event.c.id, event.c.tries)
    .where(event.c.contact_id == bindparam("contact"), event.c.done_at.is_(None))
    .order_by(event.c.at, event.c.id)
    .limit(1)
)
_TRIES = select(event.c.tries).where(event.c.id == bindparam("event"))
_TRIED = update(event).where(event.c.id == bindparam("event"))
_CHANGE = update(lane).where(lane.c.contact_id == bindparam("lane_of"))
_RESTED = (
    select(lane.c.contact_id)
    .where(
        lane.c.page_id == bindparam("page"),
        lane.c.rests_until <= bindparam("now", type_=Instant),
    )
    .with_for_update(skip_locked=True)
)
