"""The part that takes webhooks: stores what came, and nothing more."""

from collections.abc import Sequence
from concurrent.futures import Future
from datetime import datetime, timedelta

from otn_studio.runtime.clock import Clock
from otn_studio.runtime.loop import FAR_AWAY, Loop
from otn_studio.runtime.page import Page
from otn_studio.runtime.receiving import unpacking
from otn_studio.runtime.receiving.arrivals import Arrivals
from otn_studio.runtime.server import metrics
from otn_studio.runtime.server.roles import Role
from otn_studio.storage.database import Database


class Receiver:
    """Stores what comes, many webhooks in one transaction."""

    role = Role.WEBHOOK

    def __init__(self, database: Database, page: Page, clock: Clock) -> None:
        self._page = page
        self._clock = clock
        self._database = database
        self._loop = Loop("receiver", clock, self)
        self._arrivals = Arrivals(self._loop.wake)

    def start(self) -> None:
        self._store = self._database.writer()
        self._loop.start()

    def stop(self) -> None:
        self._loop.stop()
        while self._arrivals.any():
            self.turn()
        self._store.close()

    def is_alive(self) -> bool:
        return self._loop.is_alive()

    def ring(self) -> None:
        """Nothing that others did is of interest here."""

    def take(self, webhook_bodies: Sequence[bytes]) -> "Future[None]":
        """Store what came in. The future is done once it is safe on the disk."""
        return self._arrivals.bring(webhook_bodies)

    def look(self, now: datetime, jump: timedelta) -> bool:
        """See `loop.Work`."""
        return False

    def turn(self) -> datetime:
        """See `loop.Work`."""
        with self._arrivals.taken() as webhook_bodies, metrics.STORING.time():
            if webhook_bodies:
                now = self._clock.now()
                with self._store.writing() as connection:
                    stored = unpacking.store(connection, self._page, webhook_bodies, now)
                metrics.EVENTS.inc(stored)
        return self._clock.now() if self._arrivals.any() else FAR_AWAY
