"""The engine: one thread that writes, and a few that call Messenger.

The writer does everything that changes the database, in turns (see `turns`). A turn stores what came
in and how sends ended, in one transaction; then it fires timers, drains lanes and claims sends, in
another; then it hands the sends to the callers. With nothing to do it sleeps until something is due.
Webhooks, callers and the doorbell wake it, and once a second it looks at the clock and at the
database, so that neither a clock that was moved nor another process goes unnoticed.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from otn_studio.messenger.graph import Answer, NoAnswer
from otn_studio.runtime.clock import Clock
from otn_studio.runtime.delivery import Claimed
from otn_studio.runtime.doorbell import Doorbell
from otn_studio.runtime.page import Page
from otn_studio.runtime.reconciling import Source
from otn_studio.runtime.turns import Turns
from otn_studio.storage import engines, lanes, pages, sends
from otn_studio.storage.database import Database
from otn_studio.storage.inbox import Incoming

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
CALLERS = 32
DELIVERIES_AT_ONCE = 500
JUMP_SECONDS = 5.0
T = TypeVar("T")


class Graph(Source, Protocol):
    """Whoever takes the messages: Messenger, or the emulator in its place."""

    def send(self, page_id: str, body: dict[str, Any]) -> Answer: ...


class Engine:
    """Runs the published flows of one Page from its database."""

    def __init__(self, database: Database, page: Page, graph: Graph, clock: Clock) -> None:
        self._database = database
        self._page = page
        self._graph = graph
        self._clock = clock
        self._turns = Turns(database, page, graph, clock)
        self._arrived: queue.SimpleQueue[tuple[Collection[Incoming], Future[None]]]
        self._arrived = queue.SimpleQueue()
        self._answered: queue.SimpleQueue[tuple[int, Answer]] = queue.SimpleQueue()
        self._awake = threading.Event()
        self._stopping = False
        self._in_flight = 0
        self._reconciler = self._turns.reconciler
        self._callers = ThreadPoolExecutor(CALLERS + 1, thread_name_prefix="caller")
        self._writer = threading.Thread(target=self._work, name="writer")
        self._doorbell = Doorbell(self._ring)
        self._rung = True

    def start(self, listens_on: str = "", reconcile: bool = False) -> None:
        """Take up the work where the last process left it; compare notes with Messenger first where
        that is wanted, or where it has been silent for long.
        """
        self._turns.begin(reconcile)
        now, port = self._clock.now(), self._doorbell.port
        with self._database.writing() as connection:
            engines.sign_on(connection, self._page.id, now, listens_on, port)
        self._writer.start()

    def stop(self) -> None:
        """Finish the calls that are under way, and no more: the rest is in the database."""
        self._stopping = True
        self._reconciler.stop()
        self._awake.set()
        self._writer.join()
        self._callers.shutdown()
        self._doorbell.close()
        while not (self._arrived.empty() and self._answered.empty()):
            self._store_and_record()
        with self._database.writing() as connection:
            engines.sign_off(connection, self._page.id)
        self._turns.end()

    def take(self, incoming: Collection[Incoming]) -> "Future[None]":
        """Store what came in. The future is done once it is safe on the disk."""
        stored: Future[None] = Future()
        self._arrived.put((incoming, stored))
        self._awake.set()
        return stored

    def now(self) -> datetime:
        return self._clock.now()

    def health(self) -> dict[str, Any]:
        """How it goes, in plain values: for a person who looks, and for a program that watches."""
        with self._database.reading() as connection:
            stopped_why = pages.stopped_why(connection, self._page.id)
            lanes_waiting = lanes.count_woken(connection, self._page.id)
            sends_waiting = sends.count_waiting(connection, self._page.id)
        live = self._turns.programs.all_live()
        return {
            "working": self._writer.is_alive(),
            "page": self._page.id,
            "now": self.now().isoformat(),
            "flows": {program.flow_id: program.version for program in live},
            "lanes_waiting": lanes_waiting,
            "sends_waiting": sends_waiting,
            "stopped_why": stopped_why,
        }

    def _ring(self) -> None:
        self._rung = True
        self._awake.set()

    def _work(self) -> None:
        next_due, pause = None, 0.0
        before = self._clock.now(), time.monotonic()
        while not self._stopping:
            woken = self._awake.wait(pause)
            self._awake.clear()
            before = self._notice_jump(*before)
            if self._reconciler.is_due(before[0]):
                self._callers.submit(self._reconcile)
            changed = self._turns.changed()
            if changed or self._rung:
                self._rung = False
                self._attempt(self._turns.programs.refresh)
            if woken or changed or next_due is None or before[0] >= next_due:
                next_due = self._attempt(self._turn) or self._in_a_moment()
            pause = (next_due - self._clock.now()).total_seconds()
            pause = min(max(pause, 0.0), LOOK_SECONDS)

    def _attempt(self, step: Callable[[], T]) -> T | None:
        """Do a step; one that fails is logged, and tried again."""
        try:
            return step()
        except Exception:
            log.exception("a turn of the engine failed; it is tried again")
            return None

    def _in_a_moment(self) -> datetime:
        return self._clock.now() + timedelta(seconds=LOOK_SECONDS)

    def _turn(self) -> datetime:
        """Do what there is to do; answer when there is more."""
        self._store_and_record()
        claimed, next_due = self._turns.take(CALLERS - self._in_flight)
        for entry in claimed:
            self._in_flight += 1
            self._callers.submit(self._call, entry)
        return next_due if self._arrived.empty() else self._clock.now()

    def _store_and_record(self) -> None:
        arrived = _taken_from(self._arrived, DELIVERIES_AT_ONCE)
        answered = _taken_from(self._answered, CALLERS)
        if not arrived and not answered:
            return
        self._in_flight -= len(answered)
        incoming = [entry for batch, _ in arrived for entry in batch]
        try:
            self._turns.write_down(incoming, answered)
        except Exception as error:
            for _, stored in arrived:
                stored.set_exception(error)
            for entry in answered:
                self._in_flight += 1
                self._answered.put(entry)
            raise
        for _, stored in arrived:
            stored.set_result(None)

    def _call(self, claimed: Claimed) -> None:
        try:
            answer = self._graph.send(self._page.id, claimed.body)
        except Exception as error:
            log.exception("sending message %d broke off", claimed.id)
            answer = NoAnswer(repr(error))
        self._answered.put((claimed.id, answer))
        self._awake.set()

    def _reconcile(self) -> None:
        self._reconciler.look()
        self._awake.set()

    def _notice_jump(self, clock: datetime, monotonic: float) -> tuple[datetime, float]:
        now = self._clock.now(), time.monotonic()
        jump = (now[0] - clock).total_seconds() - (now[1] - monotonic)
        if abs(jump) > JUMP_SECONDS:
            log.warning("the clock jumped by %s", timedelta(seconds=round(jump)))
        return now


def _taken_from(waiting: queue.SimpleQueue, at_most: int) -> list:
    return [waiting.get() for _ in range(min(at_most, waiting.qsize()))]
