"""One look at all that may be waiting to be done for a Page."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, exists, func, or_, select

from otn_studio.storage.engine import errands, lanes, webhooks
from otn_studio.storage.instant import Instant
from otn_studio.storage.sending.announcements import NEXT_LOOK
from otn_studio.storage.sending.sends import QUEUES
from otn_studio.storage.tables import lane, send


@dataclass(frozen=True, slots=True)
class Work:
    """What is due by now, and when something is due next. A send that is overdue may have to wait for
    an earlier message, which is why it does not count for that.
    """

    timers_due: bool
    lanes_woken: bool
    webhooks_wait: bool
    sends_due: bool
    announcements_due: bool
    errands_due: bool
    next_due: datetime | None


def queues_with_work(connection: Connection, page_id: str, now: datetime) -> list[int]:
    """The queues with messages whose time has come, in the order in which they are served."""
    has_work = connection.execute(_QUEUES, {"page": page_id, "now": now}).one()
    return [queue for queue, has in zip(QUEUES, has_work, strict=True) if has]


def look(connection: Connection, page_id: str, now: datetime) -> Work:
    """See what there is to do."""
    given = {"page": page_id, "now": now}
    row = connection.execute(_LOOK, given).one()
    timers, rested, announcing, woken, came, overdue, errands_due, next_errand, *sending = row
    waking = [due for due in (timers, rested) if due is not None]
    dues = [due for due in (*waking, announcing, next_errand, *sending) if due is not None]
    return Work(
        any(due <= now for due in waking),
        woken,
        came,
        overdue,
        announcing is not None and announcing <= now,
        errands_due,
        min(dues, default=None),
    )


_PAGE, _NOW = bindparam("page"), bindparam("now", type_=Instant)
_IN_QUEUES = [and_(send.c.page_id == _PAGE, send.c.queue == queue) for queue in QUEUES]
_SENDS_DUE = [exists().where(queue, send.c.due_at <= _NOW) for queue in _IN_QUEUES]
_NEXT_SENDS = [
    select(func.min(send.c.due_at, type_=Instant)).where(queue, send.c.due_at > _NOW)
    for queue in _IN_QUEUES
]
_QUEUES = select(*_SENDS_DUE)
_LOOK = select(
    lanes.NEXT_TIMER.scalar_subquery(),
    lanes.NEXT_RESTED.scalar_subquery(),
    NEXT_LOOK.scalar_subquery(),
    exists().where(lane.c.page_id == _PAGE, lane.c.woken_at.is_not(None)),
    webhooks.WAITING.exists(),
    or_(*_SENDS_DUE),
    errands.OVERDUE.exists(),
    errands.NEXT_DUE.scalar_subquery(),
    *(next_send.scalar_subquery() for next_send in _NEXT_SENDS),
)
