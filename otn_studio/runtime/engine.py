"""The engine of one machine: one thread that writes, and a few that call Messenger.

The writer does everything that changes the database, in turns (see `turns`). A turn stores what came
in and how sends ended, in one transaction; then it fires timers, drains lanes and claims sends, in
another; then it hands the sends to the callers. Webhooks, callers and the doorbell wake it.
"""

import threading
from collections.abc import Sequence
from concurrent.futures import Future
from datetime import datetime, timedelta
from typing import Any, Protocol

from otn_studio.runtime import health
from otn_studio.runtime.clock import Clock
from otn_studio.runtime.doorbell import Doorbell
from otn_studio.runtime.errands import hands
from otn_studio.runtime.errands.doing import Doer, Doing
from otn_studio.runtime.errands.hands import Hands
from otn_studio.runtime.loop import Loop
from otn_studio.runtime.page import Page
from otn_studio.runtime.people import introducing
from otn_studio.runtime.receiving.arrivals import Arrivals
from otn_studio.runtime.receiving.reconciling import Source
from otn_studio.runtime.sending import calling
from otn_studio.runtime.sending.calling import Calls
from otn_studio.runtime.sending.uploading import Uploader, Uploads
from otn_studio.runtime.showing import Display, Showing
from otn_studio.runtime.turns import Turns
from otn_studio.storage.database import Database
from otn_studio.storage.engine import engines


class Graph(Source, Display, Uploads, introducing.Source, calling.Graph, hands.Graph, Protocol):
    """Messenger as the engine needs it, or the emulator in its place."""


class Engine:
    """Runs the published flows of one Page from its database."""

    def __init__(
        self,
        database: Database,
        page: Page,
        graph: Graph,
        clock: Clock,
        doer: Doer | None = None,
    ) -> None:
        self._database = database
        self._page = page
        self._clock = clock
        self._turns = Turns(database, page, graph, clock)
        self.reconciler = self._turns.reconciler
        self._showing = Showing(database, page, graph, clock)
        self._uploader = Uploader(database, page, graph, clock)
        self._writer = Loop("writer", clock, self)
        self._arrivals = Arrivals(self._writer.wake)
        self._calls = Calls(page.id, graph, self._writer, page.calls_a_second)
        self._doing = Doing(doer or Hands(page.id, graph), self._writer.wake)
        self._doorbell = Doorbell(self._ring)
        self._rung = True
        self._comparing: threading.Thread | None = None
        self._asking: threading.Thread | None = None

    def start(self, listens_on: str = "", reconcile: bool = False) -> None:
        """Take up the work where the last process left it; compare notes with Messenger first where
        that is wanted, or where it has been silent for long.
        """
        self._calls.made_before(self._turns.begin(reconcile))
        now, port = self._clock.now(), self._doorbell.port
        with self._database.writing() as connection:
            self._number = engines.sign_on(connection, self._page.id, now, listens_on, port)
        self._writer.start()

    def stop(self) -> None:
        """Finish the calls that are under way, and no more: the rest is in the database."""
        self.reconciler.stop()
        self._turns.introductions.stop()
        self._writer.stop()
        self._calls.finish()
        self._doing.finish()
        for thread in filter(None, (self._comparing, self._asking)):
            thread.join()
        self._doorbell.close()
        self._showing.stop()
        self._uploader.stop()
        while self._arrivals.any() or self._calls.any_answers() or self._doing.any_ended():
            self._write_down()
        with self._database.writing() as connection:
            engines.sign_off(connection, self._number)
        self._turns.end()

    def take(self, webhook_bodies: Sequence[bytes]) -> "Future[None]":
        """Keep what came in. The future is done once it is safe on the disk."""
        return self._arrivals.bring(webhook_bodies)

    def now(self) -> datetime:
        return self._clock.now()

    def health(self) -> dict[str, Any]:
        """How it goes, in plain values: for a person who looks, and for a program that watches."""
        live = self._turns.programs.all_live()
        return {
            "working": self._writer.is_alive(),
            "flows": {program.flow_id: program.version for program in live},
            **health.of(self._database, self._page.id, self.now()),
        }

    def look(self, now: datetime, jump: timedelta) -> bool:
        """See `loop.Work`."""
        if self.reconciler.is_due(now):
            self._comparing = threading.Thread(target=self._reconcile, name="reconciler")
            self._comparing.start()
        if self._turns.introductions.is_due(now):
            self._asking = threading.Thread(target=self._introduce, name="introductions")
            self._asking.start()
        if jump < timedelta(0):
            self._turns.clock_was_set_back()
        changed = self._turns.changed() or bool(jump)
        if changed or self._rung:
            self._rung = False
            self._turns.programs.refresh()
        self._showing.look(self._turns.programs.all_live())
        self._uploader.look(now)
        return changed

    def turn(self) -> datetime:
        """See `loop.Work`."""
        self._write_down()
        claimed, next_due = self._turns.take(self._calls.room())
        self._calls.make(claimed)
        self._doing.begin(self._turns.take_errands(self._doing.room()))
        return self._clock.now() if self._arrivals.any() else next_due

    def _ring(self) -> None:
        self._rung = True
        self._writer.wake()

    def _write_down(self) -> None:
        with (
            self._arrivals.taken() as webhook_bodies,
            self._calls.answers() as answers,
            self._doing.ended() as ended,
        ):
            if webhook_bodies or answers or ended:
                self._turns.write_down(webhook_bodies, answers, ended)

    def _introduce(self) -> None:
        self._turns.introductions.ask()
        self._writer.wake()

    def _reconcile(self) -> None:
        self.reconciler.look()
        self._writer.wake()
