"""The part that reads the lanes: interprets what came, and writes down what follows.

It reads lanes when a wake-up says so. Once a second, and whenever somebody rings, it sweeps besides: it
fires the timers that are due, and reads the lanes that were woken without a wake-up, or whose wake-up
got lost.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from otn_studio.runtime.clock import Clock
from otn_studio.runtime.conversing import draining, timers
from otn_studio.runtime.loop import FAR_AWAY, Loop
from otn_studio.runtime.page import Page
from otn_studio.runtime.publishing import Published
from otn_studio.runtime.server import metrics
from otn_studio.runtime.server.carrier import Hearing
from otn_studio.runtime.server.roles import Role
from otn_studio.storage.database import Database
from otn_studio.storage.engine import bells, lanes
from otn_studio.storage.troubles import DatabaseProblem

TRANSACTIONS_AT_ONCE = 4
LOST_AFTER = timedelta(seconds=10)
"""A lane that waits for so long has lost its wake-up."""


class Worker:
    """Serves the lanes of one Page, beside any number of others that do."""

    role = Role.WORKER

    def __init__(self, database: Database, page: Page, clock: Clock) -> None:
        self._database = database
        self._page = page
        self._clock = clock
        self._programs = Published(database, page.id)
        self._loop = Loop("sweeper", clock, self)
        url = database.engine.url
        self._hearing = Hearing(url, page.id, TRANSACTIONS_AT_ONCE, self.serve)
        self._rung = True

    def start(self) -> None:
        self._programs.refresh()
        self._loop.start()
        self._hearing.start()

    def stop(self) -> None:
        """Finish the lanes that are being read."""
        self._hearing.stop()
        self._loop.stop()

    def is_alive(self) -> bool:
        return self._loop.is_alive() and self._hearing.is_alive()

    def ring(self) -> None:
        """Something was published or announced."""
        self._rung = True
        self._loop.wake()

    def flows(self) -> dict[str, int]:
        """The version of every live flow, by its id."""
        return {program.flow_id: program.version for program in self._programs.all_live()}

    def serve(self, contact_ids: Sequence[int]) -> None:
        """Read these lanes."""
        now = self._clock.now()
        try:
            with metrics.DRAINING.time(), self._database.writing() as connection:
                self._drain(connection, contact_ids, now)
        except DatabaseProblem:
            raise  # they are read when the database is there again
        except Exception:
            draining.drain_apart(self._database, self._page, self._programs, contact_ids, now)

    def look(self, now: datetime, jump: timedelta) -> bool:
        """See `loop.Work`."""
        self._programs.refresh()
        return True

    def turn(self) -> datetime:
        """See `loop.Work`."""
        rung, self._rung = self._rung, False
        now = self._clock.now()
        with self._database.writing() as connection:
            timers.fire(connection, self._page.id, now)
            next_timer = lanes.next_timer(connection, self._page.id)
        swept = self._sweep(now if rung else now - LOST_AFTER, now)
        self._rung = self._rung or (rung and swept)
        return now if swept else next_timer or FAR_AWAY

    def _sweep(self, since: datetime, now: datetime) -> bool:
        """Read some of the lanes that were woken by an instant; answer whether there were any."""
        with self._database.writing() as connection:
            found = lanes.forgotten(connection, self._page.id, since)
        if found:
            self.serve(found)
        return bool(found)

    def _drain(self, connection: Connection, contact_ids: Sequence[int], now: datetime) -> None:
        served = draining.drain(connection, self._page, self._programs, contact_ids, now)
        metrics.LANES.inc(served)
        if more := lanes.awake(connection, contact_ids):
            lanes.carry(connection, more)
        if served:
            bells.ring(connection, self._page.id, Role.SENDER)
