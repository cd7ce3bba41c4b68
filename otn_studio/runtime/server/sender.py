"""The part that calls Messenger. One process at a time does so for a Page: it holds the lease."""

import math
import os
import secrets
import socket
import threading
import time
from datetime import datetime, timedelta

from sqlalchemy import Connection

from otn_studio.runtime.broadcasting import telling
from otn_studio.runtime.clock import Clock
from otn_studio.runtime.engine import Graph
from otn_studio.runtime.errands import errands
from otn_studio.runtime.errands.doing import Doer, Doing
from otn_studio.runtime.errands.hands import Hands
from otn_studio.runtime.loop import FAR_AWAY, Loop
from otn_studio.runtime.page import Page
from otn_studio.runtime.people.introducing import Introductions
from otn_studio.runtime.publishing import Published
from otn_studio.runtime.receiving.reconciling import Reconciler
from otn_studio.runtime.sending import delivery
from otn_studio.runtime.sending.calling import Calls
from otn_studio.runtime.sending.delivery import Claimed
from otn_studio.runtime.sending.outgoing import Outgoing
from otn_studio.runtime.sending.uploading import Uploader
from otn_studio.runtime.server import metrics
from otn_studio.runtime.server.roles import Role
from otn_studio.runtime.showing import Showing
from otn_studio.storage.database import Database
from otn_studio.storage.engine import leases, work

LEASE = timedelta(seconds=15)
RENEWED_EARLY_SECONDS = 10.0


class Sender:
    """Sends the messages of one Page while it holds the lease, and waits for it while another does."""

    role = Role.SENDER

    def __init__(
        self,
        database: Database,
        page: Page,
        graph: Graph,
        clock: Clock,
        doer: Doer | None = None,
    ) -> None:
        self._page = page
        self._clock = clock
        self._database = database
        self._loop = Loop("sender", clock, self)
        self._calls = Calls(page.id, graph, self._loop, page.calls_a_second)
        self._doing = Doing(doer or Hands(page.id, graph), self._loop.wake)
        self._outgoing = Outgoing(page)
        self.reconciler = Reconciler(database, page, graph, clock)
        self._showing = Showing(database, page, graph, clock)
        self._uploader = Uploader(database, page, graph, clock)
        self._programs = Published(database, page.id)
        self._introductions = Introductions(database, page, graph, clock)
        self._comparing: threading.Thread | None = None
        self._asking: threading.Thread | None = None
        self.compare_at_once = False
        self._name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._holds_until = -math.inf

    def start(self) -> None:
        self._store = self._database.writer()
        self.reconciler.begin(self.compare_at_once)
        with self._store.writing() as connection:
            self._may_send(connection, self._clock.now())
        self._loop.start()

    def stop(self) -> None:
        """Finish the calls that are under way, and let the next one send."""
        self.reconciler.stop()
        self._introductions.stop()
        self._loop.stop()
        self._calls.finish()
        self._doing.finish()
        for thread in filter(None, (self._comparing, self._asking)):
            thread.join()
        self._showing.stop()
        self._uploader.stop()
        while self._calls.any_answers() or self._doing.any_ended():
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
        if jump < timedelta(0):
            with self._store.writing() as connection:
                delivery.clock_was_set_back(connection, self._page, now)
                errands.clock_was_set_back(connection, self._page, now)
        if time.monotonic() < self._holds_until:
            self._programs.refresh()
            self._showing.look(self._programs.all_live())
            self._uploader.look(now)
            self._look_for_differences(now)
        return time.monotonic() > self._holds_until - RENEWED_EARLY_SECONDS

    def _look_for_differences(self, now: datetime) -> None:
        if self.reconciler.is_due(now):
            self._comparing = threading.Thread(target=self._reconcile, name="reconciler")
            self._comparing.start()
        if self._introductions.is_due(now):
            self._asking = threading.Thread(target=self._introduce, name="introductions")
            self._asking.start()

    def turn(self) -> datetime:
        """See `loop.Work`."""
        self._record_errands()
        if self.reconciler.put_right(self._store):
            self._loop.wake()
        self._introductions.write_down(self._store)
        now = self._clock.now()
        with self._calls.answers() as answers, self._store.writing() as connection:
            delivery.record(connection, self._page, answers, now)
            may_send = self._may_send(connection, now)
            left = work.look(connection, self._page.id, now)
            claimed = self._claim(connection, now) if may_send and left.sends_due else []
            opens_at = self._outgoing.opens_at(connection, now) if left.sends_due else FAR_AWAY
        self._calls.make(claimed)
        metrics.count_calls(answers)
        if left.announcements_due:
            self._tell(now)
        if may_send and left.errands_due:
            self._begin_errands(now)
        return min(left.next_due or FAR_AWAY, opens_at)

    def _tell(self, now: datetime) -> None:
        """Carry announcements on, in a transaction of its own: it locks other lanes than sends do."""
        with self._store.writing() as connection:
            if self._may_send(connection, now):
                telling.go_on(connection, self._page, now)

    def _claim(self, connection: Connection, now: datetime) -> list[Claimed]:
        return self._outgoing.claim(connection, self._calls.room(), now)

    def _begin_errands(self, now: datetime) -> None:
        with self._store.writing() as connection:
            claimed = errands.claim(connection, self._page, now, self._doing.room())
        self._doing.begin(claimed)

    def _may_send(self, connection: Connection, now: datetime) -> bool:
        """Whether the lease is ours, made to last where it soon ends."""
        at = time.monotonic()
        if at < self._holds_until - RENEWED_EARLY_SECONDS:
            return True
        had = at < self._holds_until
        holds = leases.take(connection, self._page.id, self._name, LEASE)
        self._holds_until = at + LEASE.total_seconds() if holds else -math.inf
        if holds and not had:
            self._take_over(connection, now)
        return holds

    def _take_over(self, connection: Connection, now: datetime) -> None:
        """What the last one was sending has an unknown end."""
        self._calls.made_before(self._outgoing.take_over(connection, now))
        errands.recover(connection, self._page, now)

    def _record(self) -> None:
        self._record_errands()
        with self._calls.answers() as answers, self._store.writing() as connection:
            delivery.record(connection, self._page, answers, self._clock.now())
        metrics.count_calls(answers)

    def _record_errands(self) -> None:
        """In a transaction of its own: it locks other lanes than sends do."""
        with self._doing.ended() as ended:
            if ended:
                with self._store.writing() as connection:
                    errands.record(connection, self._page, ended, self._clock.now())

    def _introduce(self) -> None:
        self._introductions.ask()
        self._loop.wake()

    def _reconcile(self) -> None:
        self.reconciler.look()
        self._loop.wake()
