"""What has become of a broadcast: everybody whom it was for, and the sums agree."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from otn_studio.runtime.broadcasting.broadcasts import numbered
from otn_studio.storage.database import Database
from otn_studio.storage.sending import announcements, recipients, told
from otn_studio.storage.sending.sends import DUE, FAILED, SENDING, SENT, UNKNOWN

FORGOTTEN: Final = "forgotten"


@dataclass(frozen=True, slots=True)
class Report:
    """What has become of a broadcast. The people of it are those ``going`` out now, ``waiting`` for
    their turn, waiting until ``later``, ``sent``, ``unknown``, ``failed`` and ``left_out``, each by
    its reason. Of one with a flow, ``begun`` are the people with whom the flow began; the messages
    are that flow's first ones.
    """

    people: int
    begun: int
    going: int
    waiting: int
    later: int
    until: datetime | None
    sent: int
    unknown: int
    failed: Mapping[str, int]
    left_out: Mapping[str, int]

    @property
    def messages(self) -> int:
        return self.going + self.sent + self.unknown + sum(self.failed.values())


def report(database: Database, page_id: str, number: int, now: datetime) -> Report:
    """What has become of a broadcast.

    Raises:
        Problem: there is no such broadcast.
    """
    row = numbered(database, page_id, number)
    with database.reading() as connection:
        ends = told.by_end(connection, number)
        waiting, later = recipients.count_waiting(connection, number, now)
        until = recipients.next_due(connection, number) if later and not waiting else None
        row = announcements.numbered(connection, page_id, number) or row
    states = {state: sum(n for (its, _), n in ends.items() if its == state) for state, _ in ends}
    failed = {reason or "": n for (state, reason), n in sorted(ends.items()) if state == FAILED}
    reached = sum(ends.values()) if row.flow_id is None else row.told
    gone = row.people - waiting - later - sum(row.left_out.values()) - reached
    return Report(
        people=row.people,
        begun=row.told,
        going=states.get(DUE, 0) + states.get(SENDING, 0),
        waiting=waiting,
        later=later,
        until=until,
        sent=states.get(SENT, 0),
        unknown=states.get(UNKNOWN, 0),
        failed=failed,
        left_out=row.left_out | ({FORGOTTEN: gone} if gone else {}),
    )
