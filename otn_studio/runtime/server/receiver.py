"""The part that takes webhooks: stores what came, and nothing more."""

from collections.abc import Collection
from concurrent.futures import Future
from datetime import datetime, timedelta

from otn_studio.runtime.clock import Clock
from otn_studio.runtime.loop import FAR_AWAY, Loop
from otn_studio.runtime.receiving.arrivals import Arrivals
from otn_studio.runtime.sending import stops
from otn_studio.runtime.server import metrics
from otn_studio.runtime.server.roles import Role
from otn_studio.storage.database import Database
from otn_studio.storage.engine import inbox
from otn_studio.storage.engine.inbox import Incoming


class Receiver:
    """Stores what comes, many webhooks in one transaction."""

    role = Role.WEBHOOK

    def __init__(self, database: Database, page_id: str, clock: Clock) -> None:
        self._page_id = page_id
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

    def take(self, incoming: Collection[Incoming]) -> "Future[None]":
        """Store what came in. The future is done once it is safe on the disk."""
        return self._arrivals.bring(incoming)

    def look(self, now: datetime, jump: timedelta) -> bool:
        """See `loop.Work`."""
        return False

    def turn(self) -> datetime:
        """See `loop.Work`."""
        with self._arrivals.taken() as incoming, metrics.STORING.time():
            if incoming:
                with self._store.writing() as connection:
                    stops.hear(connection, self._page_id, incoming)
                    inbox.store(connection, self._page_id, incoming, self._clock.now())
                metrics.EVENTS.inc(len(incoming))
        return self._clock.now() if self._arrivals.any() else FAR_AWAY
