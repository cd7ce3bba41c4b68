"""How it goes with a Page, in plain values: for a person who looks, and for a program that watches."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from otn_studio.runtime.sending import access
from otn_studio.storage import connections, pages
from otn_studio.storage.database import Database
from otn_studio.storage.engine import errands, lanes, webhooks
from otn_studio.storage.sending import announcements, sends

A_DAY = timedelta(hours=24)
COUNTED: Final = (
    "webhooks_waiting",
    "lanes_waiting",
    "sends_waiting",
    "errands_waiting",
    "announcements_under_way",
    "webhooks_set_aside",
)


def of(database: Database, page_id: str, now: datetime) -> dict[str, Any]:
    """What waits, what became of the messages of the last 24 hours, and why the Page is stopped."""
    with database.reading() as connection:
        stop = pages.stop(connection, page_id)
        lanes_waiting = lanes.count_woken(connection, page_id)
        announcing = announcements.count_under_way(connection, page_id, now)
        sends_waiting = sends.count_waiting(connection, page_id)
        errands_waiting = errands.count_waiting(connection, page_id, now)
        ended = sends.count_settled(connection, page_id, now - A_DAY)
        webhooks_waiting = webhooks.count_waiting(connection, page_id)
        set_aside = webhooks.count_set_aside(connection, page_id)
        kept = connections.of(connection, page_id)
    return {
        "page": page_id,
        "now": now.isoformat(),
        "webhooks_waiting": webhooks_waiting,
        "lanes_waiting": lanes_waiting,
        "sends_waiting": sends_waiting,
        "errands_waiting": errands_waiting,
        "announcements_under_way": announcing,
        "webhooks_set_aside": set_aside,
        "sends_of_last_day": dict.fromkeys((sends.SENT, sends.FAILED, sends.UNKNOWN), 0) | ended,
        "stopped_kind": stop and stop.kind,
        "stopped_why": stop and stop.why,
        "access": access.health(kept, now),
    }


def together(pages: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """Several Pages as one: what waits and what was sent is added up; each is in ``pages``."""
    all_of = list(pages.values())
    ended = [one["sends_of_last_day"] for one in all_of]
    stopped = next((one for one in all_of if one["stopped_kind"]), all_of[0])
    return {
        "working": all(one["working"] for one in all_of),
        "now": all_of[0]["now"],
        **{name: sum(one[name] for one in all_of) for name in COUNTED},
        "sends_of_last_day": {name: sum(one[name] for one in ended) for name in ended[0]},
        "stopped_kind": stopped["stopped_kind"],
        "stopped_why": stopped["stopped_why"],
        "pages": dict(pages),
    }
