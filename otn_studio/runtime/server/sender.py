"""The part that calls Messenger. One process at a time does so for a Page: it holds the lease."""

import os
import secrets
import socket
import threading
from datetime import datetime, timedelta

from sqlalchemy import Connection

from otn_studio.runtime import delivery, ledger
from otn_studio.runtime.calling import Calls
from otn_studio.runtime.clock import Clock
from otn_studio.runtime.delivery import Claimed
from otn_studio.runtime.engine import Graph
from otn_studio.runtime.loop import FAR_AWAY, Loop
from otn_studio.runtime.page import Page
from otn_studio.runtime.reconciling import Reconciler
from otn_studio.runtime.server import metrics
from otn_studio.runtime.server.roles import Role
from otn_studio.storage import leases, work
from otn_studio.storage.database import Database

LEASE = timedelta(seconds=15)
RENEWED_EARLY = timedelta(seconds=10)


class Sender:
    """Sends the messages of one Page while it holds the lease, and waits for it while another does."""

    role = Role.SENDER

    def __init__(self, database: Database, page: Page, graph: Graph, clock: Clock) -> None:
        self._page = page
        self._clock = clock
        self._store = database.writer()
        self._loop = Loop("sender", clock, self)
        self._calls = Calls(page.id, graph, self._loop.wake)
        self._reconciler = Reconciler(database, page, graph, clock)
        self._comparing: threading.Thread | None = None
        self._name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._holds_until: datetime | None = None

    def start(self) -> None:
        self._reconciler.begin(at_once=False)
        self._loop.start()

    def stop(self) -> None:
        """Finish the calls that are under way, and let the next one send."""
        self._reconciler.stop()
        self._loop.stop()
        self._calls.finish()
        if self._comparing is not None:
            self._comparing.join()
        while self._calls.any_answers():
            self._record()
        with self._store.writing() as connection:
            leases.leave(connection, self._page.id, self._name)
        self._store.close()

    def is_alive(self) -> bool:
        return self._loop.is_alive()

    def ring(self) -> None:
        """There is something to send."""
        self._loop.wake()

    def look(self, now: datetime, jump: timedelta) -> bool:
        """See `loop.Work`."""
        if self._holds_until is not None and self._reconciler.is_due(now):
            self._comparing = threading.Thread(target=self._reconcile, name="reconciler")
            self._comparing.start()
        return self._holds_until is None or now > self._holds_until - RENEWED_EARLY

    def turn(self) -> datetime:
        """See `loop.Work`."""
        self._record()
        if self._reconciler.put_right(self._store):
            self._loop.wake()
        now = self._clock.now()
        with self._store.writing() as connection:
            claimed = self._claim(connection, now) if self._may_send(connection, now) else []
            next_due = work.look(connection, self._page.id, now).next_due
        self._calls.make(claimed)
        return next_due or FAR_AWAY

    def _claim(self, connection: Connection, now: datetime) -> list[Claimed]:
        return delivery.claim(connection, self._page, now, self._calls.room())

    def _may_send(self, connection: Connection, now: datetime) -> bool:
        """Whether the lease is ours, made to last where it soon ends."""
        if self._holds_until is not None and now < self._holds_until - RENEWED_EARLY:
            return True
        had, until = self._holds_until is not None and now < self._holds_until, now + LEASE
        holds = leases.take(connection, self._page.id, self._name, now, until)
        self._holds_until = until if holds else None
        if holds and not had:
            self._take_over(connection, now)
        return holds

    def _take_over(self, connection: Connection, now: datetime) -> None:
        """What the last one was sending has an unknown end."""
        ledger.take_up_rules(connection, self._page)
        delivery.recover(connection, self._page, now)

    def _record(self) -> None:
        with self._calls.answers() as answers:
            if not answers:
                return
            with self._store.writing() as connection:
                delivery.record(connection, self._page, answers, self._clock.now())
        for _, answer in answers:
            metrics.CALLS.labels(type(answer).__name__).inc()

    def _reconcile(self) -> None:
        self._reconciler.look()
        self._loop.wake()
