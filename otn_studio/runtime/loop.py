"""A thread that works when it is woken or something is due, and sleeps in between.

Once a second it looks up, so that neither a clock that was moved nor another process goes unnoticed.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol, TypeVar

from otn_studio.blocks.words import Problem
from otn_studio.runtime.clock import Clock

log = logging.getLogger(__name__)

FAR_AWAY = datetime.max.replace(tzinfo=UTC)
LOOK_SECONDS = 1.0
GATHER_SECONDS = 0.015
"""So long whatever is in no hurry waits for more of its kind."""
JUMP = timedelta(seconds=5)
T = TypeVar("T")


class Work(Protocol):
    """What a loop does. Every step may fail: that is logged, and it is tried again."""

    def look(self, now: datetime, jump: timedelta) -> bool:
        """Look about, at least once a second; true where there may be something to do.

        ``jump`` is by how much the clock was moved since the last look, mostly not at all.
        """

    def turn(self) -> datetime:
        """Do what there is to do, and answer when there is more."""


class Loop:
    """Runs one `Work` in a thread of its own."""

    def __init__(self, name: str, clock: Clock, work: Work) -> None:
        self._clock = clock
        self._work = work
        self._awake = threading.Event()
        self._hurry = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name=name)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        self._hurry.set()
        self._awake.set()

    def wake_soon(self) -> None:
        """There is something to do that is in no hurry: one turn does what comes in a while."""
        self._awake.set()

    def is_alive(self) -> bool:
        return self._thread.is_alive()

    def stop(self) -> None:
        """Finish the turn that is under way."""
        self._stopping = True
        self.wake()
        self._thread.join()

    def _run(self) -> None:
        next_due, pause = None, 0.0
        before = self._clock.now(), time.monotonic()
        while not self._stopping:
            if woken := self._awake.wait(pause):
                self._hurry.wait(GATHER_SECONDS)
                self._hurry.clear()
                self._awake.clear()  # else a wake-up that comes just now would be lost
            now = self._clock.now(), time.monotonic()
            jump, before = _jump(before, now), now
            seen = self._attempt(lambda now=now[0], jump=jump: self._work.look(now, jump))
            if woken or seen or next_due is None or now[0] >= next_due:
                next_due = self._attempt(self._work.turn) or self._in_a_moment()
            pause = (next_due - self._clock.now()).total_seconds()
            pause = min(max(pause, 0.0), LOOK_SECONDS)

    def _attempt(self, step: Callable[[], T]) -> T | None:
        try:
            return step()
        except Problem as problem:
            log.error("%s (A turn of the engine failed; it is tried again.)", problem)
            return None
        except Exception:
            log.exception("a turn of the engine failed; it is tried again")
            return None

    def _in_a_moment(self) -> datetime:
        return self._clock.now() + timedelta(seconds=LOOK_SECONDS)


def _jump(before: tuple[datetime, float], now: tuple[datetime, float]) -> timedelta:
    """By how much the clock was moved: a laptop's sleep, or somebody who set it."""
    passed = timedelta(seconds=now[1] - before[1])
    jump = now[0] - before[0] - passed
    if abs(jump) < JUMP:
        return timedelta(0)
    log.warning("the clock jumped by %s", timedelta(seconds=round(jump.total_seconds())))
    return jump
