"""How it goes with a Page, in plain values: for a person who looks, and for a program that watches."""

from datetime import datetime, timedelta
from typing import Any

from otn_studio.storage import announcements, errands, lanes, pages, sends
from otn_studio.storage.database import Database

A_DAY = timedelta(hours=24)


def of(database: Database, page_id: str, now: datetime) -> dict[str, Any]:
    """What waits, what became of the messages of the last 24 hours, and why the Page is stopped."""
    with database.reading() as connection:
        stop = pages.stop(connection, page_id)
        lanes_waiting = lanes.count_woken(connection, page_id)
        announcing = announcements.count_under_way(connection, page_id, now)
        sends_waiting = sends.count_waiting(connection, page_id)
        errands_waiting = errands.count_waiting(connection, page_id, now)
        ended = sends.count_settled(connection, page_id, now - A_DAY)
    return {
        "page": page_id,
        "now": now.isoformat(),
        "lanes_waiting": lanes_waiting,
        "sends_waiting": sends_waiting,
        "errands_waiting": errands_waiting,
        "announcements_under_way": announcing,
        "sends_of_last_day": dict.fromkeys((sends.SENT, sends.FAILED, sends.UNKNOWN), 0) | ended,
        "stopped_kind": stop and stop.kind,
        "stopped_why": stop and stop.why,
    }
