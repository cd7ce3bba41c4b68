"""One look at all that may be waiting to be done for a Page."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, exists, func, select

from otn_studio.storage import errands
from otn_studio.storage.announcements import NEXT_LOOK
from otn_studio.storage.instant import Instant
from otn_studio.storage.tables import lane, send, timer


@dataclass(frozen=True, slots=True)
class Work:
    """What is due by now, and when something is due next. A send that is overdue may have to wait for
    an earlier message, which is why it does not count for that.
    """

    timers_due: bool
    lanes_woken: bool
    sends_due: bool
    announcements_due: bool
    errands_due: bool
    next_due: datetime | None


def look(connection: Connection, page_id: str, now: datetime) -> Work:
    """See what there is to do."""
    timers, woken, overdue, next_send, announcing, errands_due, next_errand = connection.execute(
        _LOOK, {"page": page_id, "now": now}
    ).one()
    dues = [due for due in (timers, next_send, announcing, next_errand) if due is not None]
    return Work(
        timers is not None and timers <= now,
        woken,
        overdue,
        announcing is not None and announcing <= now,
        errands_due,
        min(dues, default=None),
    )


_PAGE, _NOW = bindparam("page"), bindparam("now", type_=Instant)
_NEXT_TIMER = select(func.min(timer.c.due_at, type_=Instant)).where(timer.c.page_id == _PAGE)
_NEXT_SEND = select(func.min(send.c.due_at, type_=Instant)).where(
    send.c.page_id == _PAGE, send.c.due_at > _NOW
)
_LOOK = select(
    _NEXT_TIMER.scalar_subquery(),
    exists().where(lane.c.page_id == _PAGE, lane.c.woken_at.is_not(None)),
    exists().where(send.c.page_id == _PAGE, send.c.due_at <= _NOW),
    _NEXT_SEND.scalar_subquery(),
    NEXT_LOOK.scalar_subquery(),
    errands.OVERDUE.exists(),
    errands.NEXT_DUE.scalar_subquery(),
)
