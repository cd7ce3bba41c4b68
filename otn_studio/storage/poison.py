"""Events that break the lane that reads them: after a few tries they are parked, and it goes on."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, case, select, update

from otn_studio.storage import lanes
from otn_studio.storage.instant import Instant
from otn_studio.storage.tables import event, lane

TRIES = 3


def blame(connection: Connection, contact_id: int, problem: str, now: datetime) -> bool:
    """The lane broke: its next event is to blame, and is parked if it is not for the first time.

    False where there is none; then the lane sleeps until something comes.
    """
    lanes.lock(connection, [contact_id])
    next_event = connection.scalar(_NEXT, {"contact": contact_id})
    if next_event is None:
        connection.execute(_SLEEP, {"sleeper": contact_id})
        return False
    connection.execute(_TRIED, {"event": next_event, "why": problem, "now": now})
    return True


_SLEEP = update(lane).where(lane.c.contact_id == bindparam("sleeper")).values(woken_at=None)
_NEXT = (
    select(event.c.id)
    .where(event.c.contact_id == bindparam("contact"), event.c.done_at.is_(None))
    .order_by(event.c.at, event.c.id)
    .limit(1)
)
_IS_LAST_TRY = event.c.tries + 1 >= TRIES
_TRIED = (
    update(event)
    .where(event.c.id == bindparam("event"))
    .values(
        tries=event.c.tries + 1,
        problem=bindparam("why"),
        done_at=case((_IS_LAST_TRY, bindparam("now", type_=Instant))),
    )
)
