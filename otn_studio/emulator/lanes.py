"""The order in which webhooks are due: per person one after the other, each until it is answered.

Messenger repeats an event that was not answered with 200. An engine that was killed and started
again thereby gets everything that it has missed, in order. Times here are real seconds, not the
emulated clock's.
"""

import heapq
import itertools
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

_FIRST_RETRY = 0.05
_LONGEST_RETRY = 2.0


@dataclass(eq=False, slots=True)
class Job:
    """One body to be posted. Once it is answered it comes again after each of ``repeats``.

    A repeat belongs to no lane, nor does one that is late: it comes whenever it is due, out of order
    with other events. One that is ``dropped`` need not be posted any more.
    """

    body: bytes
    lane: str | None
    repeats: tuple[float, ...] = ()
    tries: int = 0
    dropped: bool = False


class Lanes:
    """The jobs of everybody. Safe to fill from one thread and to empty from another."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._changed = threading.Condition()
        self._lanes: dict[str, deque[Job]] = {}
        self._due: list[tuple[float, int, Job]] = []
        self._numbers = itertools.count()
        self._waiting = 0
        self._in_hand = False
        self._closed = False

    @property
    def waiting(self) -> int:
        """How many jobs are not answered yet, the one at work included."""
        with self._changed:
            return self._waiting

    def put(
        self, person: str, body: bytes, repeats: tuple[float, ...] = (), late: float | None = None
    ) -> None:
        """Add an event at the end of a person's lane, or let it come ``late`` beside it."""
        with self._changed:
            self._waiting += 1
            if late is not None:
                self._schedule(Job(body, None, repeats), late)
                return
            lane = self._lanes.setdefault(person, deque())
            lane.append(Job(body, person, repeats))
            if len(lane) == 1:
                self._schedule(lane[0], 0)

    def take(self) -> Job | None:
        """The next job, as soon as there is one that is due; ``None`` once the lanes are closed."""
        with self._changed:
            while not self._closed:
                if job := self._pop_due():
                    self._in_hand = True
                    return job
                self._in_hand = False
                self._changed.notify_all()
                self._changed.wait(self._seconds_to_next())
        return None

    def take_due(self) -> Job | None:
        """The next job if it is due already."""
        with self._changed:
            return self._pop_due()

    def done(self, job: Job) -> None:
        """The job was answered: the person's next event may go, and the repeats are set."""
        with self._changed:
            self._waiting += len(job.repeats) - 1
            for delay in job.repeats:
                self._schedule(Job(job.body, None), delay)
            if job.lane is not None:
                self._go_on(job.lane)

    def again(self, job: Job) -> None:
        """The job was not answered: it is tried again, each time a little later."""
        delay = 0 if job.dropped else min(_FIRST_RETRY * 2**job.tries, _LONGEST_RETRY)
        job.tries += 1
        with self._changed:
            self._schedule(job, delay)

    def postpone(self, job: Job, seconds: float) -> None:
        """The job was not answered: it is tried again then, and what comes after it does not wait."""
        job.tries += 1
        with self._changed:
            lane, job.lane = job.lane, None
            self._schedule(job, 0 if job.dropped else seconds)
            if lane is not None:
                self._go_on(lane)

    def settle(self, seconds: float) -> None:
        """Wait until nothing is at work or due, for at most so long."""
        with self._changed:
            self._changed.wait_for(lambda: not self._in_hand and not self._is_due(), seconds)

    def hurry(self, seconds: float) -> None:
        """Let everything come so much sooner, because the clock was moved on."""
        with self._changed:
            self._due = [(due - seconds, number, job) for due, number, job in self._due]
            self._changed.notify_all()

    def drop(self) -> None:
        """Give up every job there is. They come at once, so that they are soon out of the way."""
        with self._changed:
            lanes = itertools.chain.from_iterable(self._lanes.values())
            for job in itertools.chain(lanes, (job for _, _, job in self._due)):
                job.dropped, job.repeats = True, ()
            self._due = [(self._monotonic(), number, job) for _, number, job in self._due]
            heapq.heapify(self._due)
            self._changed.notify_all()

    def close(self) -> None:
        """Let whoever waits for a job go home."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _go_on(self, person: str) -> None:
        lane = self._lanes[person]
        lane.popleft()
        if lane:
            self._schedule(lane[0], 0)
        else:
            del self._lanes[person]

    def _schedule(self, job: Job, delay: float) -> None:
        heapq.heappush(self._due, (self._monotonic() + delay, next(self._numbers), job))
        self._changed.notify()

    def _is_due(self) -> bool:
        return bool(self._due) and self._due[0][0] <= self._monotonic()

    def _pop_due(self) -> Job | None:
        return heapq.heappop(self._due)[2] if self._is_due() else None

    def _seconds_to_next(self) -> float | None:
        return max(self._due[0][0] - self._monotonic(), 0) if self._due else None
