"""One process of an engine that runs on several machines: one part of it, or all of them."""

from collections.abc import Sequence
from concurrent.futures import Future
from datetime import datetime, timedelta
from typing import Any

from otn_studio.runtime import health
from otn_studio.runtime.clock import Clock
from otn_studio.runtime.engine import Graph
from otn_studio.runtime.errands.doing import Doer
from otn_studio.runtime.loop import Loop
from otn_studio.runtime.page import Page
from otn_studio.runtime.server import carrier, metrics
from otn_studio.runtime.server.receiver import Receiver
from otn_studio.runtime.server.roles import Part, Role
from otn_studio.runtime.server.sender import Sender
from otn_studio.runtime.server.worker import Worker
from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.storage.engine import bells, engines
from otn_studio.storage.engine.bells import Bell

SAYS_SO_EVERY = timedelta(seconds=5)


class Server:
    """What `engine.Engine` is on one machine."""

    def __init__(
        self,
        database: Database,
        page: Page,
        graph: Graph,
        clock: Clock,
        role: Role = Role.ALL,
        doer: Doer | None = None,
    ) -> None:
        carrier.prepare(database.engine)
        self._database = database.carried_by(carrier.Carrier(page.id))
        self._page = page
        self._clock = clock
        self._role = role
        self._receiver = Receiver(self._database, page, clock)
        self._worker = Worker(self._database, page, clock)
        self._sender = Sender(self._database, page, graph, clock, doer)
        self.reconciler = self._sender.reconciler
        parts: Sequence[Part] = (self._receiver, self._worker, self._sender)
        self._parts = [part for part in parts if role in (Role.ALL, part.role)]
        self._presence = Loop("presence", clock, self)

    @property
    def takes_webhooks(self) -> bool:
        return self._receiver in self._parts

    def start(self, listens_on: str = "", reconcile: bool = False) -> None:
        """Take up the work. A sender compares notes with Messenger first where that is wanted, or where
        it has been silent for long.
        """
        self._sender.compare_at_once = reconcile
        with self._database.writing() as connection:
            pages.ensure(connection, self._page.id)
            self._number = engines.sign_on(
                connection, self._page.id, self.now(), listens_on, role=self._role
            )
        for part in self._parts:
            part.start()
        self._presence.start()
        self._bell = Bell(self._database, self._page.id, self._ring)

    def stop(self) -> None:
        """Finish what is under way, and no more: the rest is in the database."""
        self._bell.close()
        self._presence.stop()
        for part in self._parts:
            part.stop()
        with self._database.writing() as connection:
            engines.sign_off(connection, self._number)

    def take(self, webhook_bodies: Sequence[bytes]) -> "Future[None]":
        """Store what came in. The future is done once it is safe on the disk."""
        return self._receiver.take(webhook_bodies)

    def now(self) -> datetime:
        return self._clock.now()

    def health(self) -> dict[str, Any]:
        """How it goes, in plain values: for a person who looks, and for a program that watches."""
        return {
            "working": all(part.is_alive() for part in self._parts),
            "role": self._role,
            "flows": self._worker.flows(),
            **health.of(self._database, self._page.id, self.now()),
        }

    def waiting(self) -> dict[str, int]:
        """What waits in the database, by the names that Prometheus knows it by."""
        return metrics.waiting(self._database, self._page.id, self.now())

    def look(self, now: datetime, jump: timedelta) -> bool:
        """See `loop.Work`."""
        return False

    def turn(self) -> datetime:
        """See `loop.Work`: say that this process is there."""
        now = self._clock.now()
        with self._database.writing() as connection:
            engines.seen(connection, self._number, now)
        return now + SAYS_SO_EVERY

    def _ring(self, role: str = bells.EVERYBODY) -> None:
        for part in self._parts:
            if role in (bells.EVERYBODY, part.role):
                part.ring()
