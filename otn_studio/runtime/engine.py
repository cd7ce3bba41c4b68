"""The engine: one thread that writes, and a few that call Messenger.

The writer does everything that changes the database, in turns. A turn stores what came in and how
sends ended, in one transaction however many there are; then it fires timers, drains lanes and
claims sends, in another; then it hands the sends to the callers. With nothing to do it sleeps until
something is due. Webhooks, callers and the doorbell wake it, and once a second it looks at the clock
and at the database, so that neither a clock that was moved nor another process goes unnoticed.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection

from otn_studio.messenger.graph import Answer, NoAnswer
from otn_studio.runtime import delivery, draining, ledger
from otn_studio.runtime.clock import Clock
from otn_studio.runtime.delivery import Claimed
from otn_studio.runtime.doorbell import Doorbell
from otn_studio.runtime.page import Page
from otn_studio.runtime.publishing import Published
from otn_studio.runtime.reconciling import Reconciler, Source
from otn_studio.storage import engines, inbox, lanes, pages, sends
from otn_studio.storage.database import Database
from otn_studio.storage.inbox import Happening, Incoming

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
CALLERS = 32
DELIVERIES_AT_ONCE = 500
JUMP_SECONDS = 5.0
FAR_AWAY = datetime.max.replace(tzinfo=UTC)
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
        self._programs = Published(database, page.id)
        self._arrived: queue.SimpleQueue[tuple[Collection[Incoming], Future[None]]]
        self._arrived = queue.SimpleQueue()
        self._answered: queue.SimpleQueue[tuple[int, Answer]] = queue.SimpleQueue()
        self._awake = threading.Event()
        self._stopping = False
        self._in_flight = 0
        self._reconciler = Reconciler(database, page, graph, clock)
        self._callers = ThreadPoolExecutor(CALLERS + 1, thread_name_prefix="caller")
        self._writer = threading.Thread(target=self._work, name="writer")
        self._doorbell = Doorbell(self._ring)
        self._rung = True

    def start(self, listens_on: str = "", reconcile: bool = False) -> None:
        """Take up the work where the last process left it; compare notes with Messenger first where
        that is wanted, or where it has been silent for long.
        """
        now = self._clock.now()
        self._store = self._database.writer()
        with self._store.writing() as connection:
            pages.ensure(connection, self._page.id)
            pages.set_stopped(connection, self._page.id, None)
            ledger.take_up_rules(connection, self._page)
            delivery.recover(connection, self._page, now)
            engines.sign_on(connection, self._page.id, now, listens_on, self._doorbell.port)
        self._reconciler.begin(at_once=reconcile)
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
        with self._store.writing() as connection:
            engines.sign_off(connection, self._page.id)
        self._store.close()

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
        return {
            "working": self._writer.is_alive(),
            "page": self._page.id,
            "now": self.now().isoformat(),
            "flows": {program.flow_id: program.version for program in self._programs.all_live()},
            "lanes_waiting": lanes_waiting,
            "sends_waiting": sends_waiting,
            "stopped_why": stopped_why,
        }

    def _ring(self) -> None:
        self._rung = True
        self._awake.set()

    def _work(self) -> None:
        seen, next_due, pause = None, None, 0.0
        before = self._clock.now(), time.monotonic()
        while not self._stopping:
            woken = self._awake.wait(pause)
            self._awake.clear()
            before = self._notice_jump(*before)
            if self._reconciler.is_due(before[0]):
                self._callers.submit(self._reconcile)
            changed = (others := self._store.others()) != seen
            if changed or self._rung:
                seen, self._rung = others, False
                self._attempt(self._programs.refresh)
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
        to_put_right = self._reconciler.put_right(self._store)
        now = self._clock.now()
        with self._store.writing() as connection:
            _fire_timers(connection, self._page.id, now)
            draining.drain(connection, self._page, self._programs, now)
            free = CALLERS - self._in_flight
            claimed = delivery.claim(connection, self._page, now, free)
            more = to_put_right or not self._arrived.empty()
            more = more or lanes.any_woken(connection, self._page.id)
            next_due = _next_due(connection, self._page.id, now)
        for entry in claimed:
            self._in_flight += 1
            self._callers.submit(self._call, entry)
        return now if more else next_due or FAR_AWAY

    def _store_and_record(self) -> None:
        arrived = _taken_from(self._arrived, DELIVERIES_AT_ONCE)
        answered = _taken_from(self._answered, CALLERS)
        if not arrived and not answered:
            return
        self._in_flight -= len(answered)
        now = self._clock.now()
        if arrived:
            self._reconciler.heard(now)
        try:
            with self._store.writing() as connection:
                incoming = [entry for batch, _ in arrived for entry in batch]
                inbox.store(connection, self._page.id, incoming, now)
                for id, answer in answered:
                    delivery.record(connection, self._page, id, answer, now)
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


def _fire_timers(connection: Connection, page_id: str, now: datetime) -> None:
    due = lanes.due_timers(connection, page_id, now)
    if not due:
        return
    lanes.remove_timers(connection, [id for id, *_ in due])
    woken = [
        Happening("woke", contact_id, due_at, {"ticket": ticket}, to_read=True)
        for _, contact_id, due_at, ticket in due
    ]
    inbox.add(connection, page_id, woken, now)


def _next_due(connection: Connection, page_id: str, now: datetime) -> datetime | None:
    dues = (
        lanes.next_timer(connection, page_id),
        sends.next_due(connection, page_id, now),
    )
    return min((due for due in dues if due is not None), default=None)


def _taken_from(waiting: queue.SimpleQueue, at_most: int) -> list:
    return [waiting.get() for _ in range(min(at_most, waiting.qsize()))]
