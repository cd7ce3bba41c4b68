"""How many calls Messenger's limit of 24 hours leaves: 200 for each person that the Page can write to.

Counted from what is in the database, so that a restart forgets nothing; so many at a time, since
counting takes its time.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from otn_studio.policy import rates
from otn_studio.runtime.loop import FAR_AWAY
from otn_studio.runtime.sending.pacing import Room
from otn_studio.storage.people import contacts
from otn_studio.storage.sending import sends

DAY = timedelta(hours=24)
AT_ONCE = 10_000
"""So many calls are granted at a time."""
SOON = timedelta(minutes=1)
"""After this time it is counted anew whether there are any."""


class Budget:
    """What is left for one Page."""

    def __init__(self, page_id: str) -> None:
        self._page_id = page_id
        self._granted = 0
        self._empty_since: datetime | None = None

    def narrowed(self, connection: Connection, room: Room, now: datetime) -> Room:
        """The room within the budget."""
        if self._granted <= 0 and self._may_have_more(now):
            self._granted = self._left(connection, now)
            self._empty_since = None if self._granted > 0 else now
        return room.at_most(max(self._granted, 0))

    def spend(self, calls: int) -> None:
        self._granted -= calls

    def opens_at(self) -> datetime:
        """When there may be more to spend; far away where there is something left."""
        return self._empty_since + SOON if self._empty_since else FAR_AWAY

    def _may_have_more(self, now: datetime) -> bool:
        """Also where the clock was set back."""
        since = self._empty_since
        return since is None or not since <= now < since + SOON

    def _left(self, connection: Connection, now: datetime) -> int:
        spent = sends.count_tries(connection, self._page_id, now - DAY)
        needed = (spent + AT_ONCE) // rates.CALLS_A_DAY_PER_PERSON + 1
        people = contacts.count_reachable(connection, self._page_id, needed)
        return min(people * rates.CALLS_A_DAY_PER_PERSON - spent, AT_ONCE)
