"""Calling Messenger: many calls at once, each in a thread, at the pace that Messenger allows.

What somebody waits for goes in a call of its own; what goes to many people goes many in one call, and
most callers are kept from that.
"""

import logging
import queue
import threading
import time
from collections.abc import Collection, Iterable, Iterator, Sequence, Sized
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Protocol

from otn_studio.messenger.graph import Answer, NoAnswer
from otn_studio.policy import rates
from otn_studio.runtime.loop import Loop
from otn_studio.runtime.sending.delivery import Claimed
from otn_studio.runtime.sending.pacing import Paces, Room

log = logging.getLogger(__name__)

CALLERS = 32
BATCHES = 8
"""So many of the callers may have a batch each."""
AHEAD = 0.02
"""Seconds. So long before they may be made, calls are claimed: that takes its time as well."""


class Graph(Protocol):
    """Whoever takes the messages: Messenger, or the emulator in its place."""

    def send(self, page_id: str, body: dict[str, Any]) -> Answer: ...

    def send_batch(self, page_id: str, bodies: Sequence[dict[str, Any]]) -> list[Answer]: ...


class Calls:
    """The calls of one Page that are under way, and those whose end is not written down yet."""

    def __init__(self, page_id: str, graph: Graph, sends: Loop, calls_a_second: int) -> None:
        """``sends`` is woken when more may be sent, and soon after calls have ended."""
        self._page_id = page_id
        self._graph = graph
        self._sends = sends
        self._paces = Paces(calls_a_second)
        self._alarm: threading.Timer | None = None
        self._answered: queue.SimpleQueue[list[tuple[int, Answer]]] = queue.SimpleQueue()
        self._in_flight = 0
        self._batches = 0
        self._callers = ThreadPoolExecutor(CALLERS, thread_name_prefix="caller")

    def made_before(self, count: int) -> None:
        """So many were made within the last second, before these."""
        self._paces.take(count, count, time.monotonic())

    def room(self) -> Room:
        """How many more messages may go now. Whoever finds too little is woken when there is more."""
        soon = time.monotonic() + AHEAD
        wait = self._paces.wait(soon)
        if wait is not None and (self._alarm is None or not self._alarm.is_alive()):
            self._alarm = threading.Timer(wait, self._sends.wake)
            self._alarm.daemon = True
            self._alarm.start()
        return self._paces.room(soon, CALLERS - self._in_flight, BATCHES - self._batches)

    def make(self, claimed: Sequence[Claimed]) -> None:
        media = sum(entry.is_media for entry in claimed)
        texts = len(claimed) - media
        at = self._paces.opens(texts, media, time.monotonic())
        self._paces.take(texts, media, at)
        calls = list(in_calls(claimed))
        self._count(calls, 1)
        for together in calls:
            self._callers.submit(self._call, together, at)

    def any_answers(self) -> bool:
        return not self._answered.empty()

    @contextmanager
    def answers(self) -> Iterator[list[tuple[int, Answer]]]:
        """How calls ended; they wait for another time if the ``with`` fails."""
        taken = [self._answered.get() for _ in range(self._answered.qsize())]
        self._count(taken, -1)
        try:
            yield [answer for answers in taken for answer in answers]
        except BaseException:
            self._count(taken, 1)
            for answers in taken:
                self._answered.put(answers)
            raise

    def _count(self, calls: Collection[Sized], by: int) -> None:
        self._in_flight += by * len(calls)
        self._batches += by * sum(len(together) > 1 for together in calls)

    def finish(self) -> None:
        """Wait until the calls that are under way have ended."""
        if self._alarm is not None:
            self._alarm.cancel()
        self._callers.shutdown()

    def _call(self, together: Sequence[Claimed], at: float) -> None:
        """Make a call at an instant that is now, or in `AHEAD` at the latest."""
        time.sleep(max(at - time.monotonic(), 0.0))
        bodies = [entry.body for entry in together]
        try:
            if len(together) == 1:
                answers = [self._graph.send(self._page_id, bodies[0])]
            else:
                answers = self._graph.send_batch(self._page_id, bodies)
        except Exception as error:
            log.exception("sending %d messages broke off", len(together))
            answers = [NoAnswer(repr(error))] * len(together)
        ids = [entry.id for entry in together]
        self._answered.put(list(zip(ids, answers, strict=True)))
        self._sends.wake_soon()


def in_calls(claimed: Iterable[Claimed]) -> Iterator[list[Claimed]]:
    """The messages of each call."""
    many = []
    for entry in claimed:
        if not entry.in_batch:
            yield [entry]
            continue
        many.append(entry)
        if len(many) == rates.BATCH:
            yield many
            many = []
    if many:
        yield many
