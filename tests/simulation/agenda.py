"""The one clock of a simulated world, and what is to happen when."""

import heapq
import itertools
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

Happening = Callable[[], None]


class Agenda:
    """Time stands still until the world moves on to what comes next."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._due: list[tuple[datetime, int, Happening]] = []
        self._numbers = itertools.count()

    def now(self) -> datetime:
        return self._now

    def put(self, after: timedelta, happening: Happening) -> None:
        """Let it happen some time from now; of two at one instant the one put first comes first."""
        heapq.heappush(self._due, (self._now + after, next(self._numbers), happening))

    def next(self) -> datetime:
        """When something happens next."""
        return self._due[0][0]

    def move_to(self, instant: datetime) -> Iterator[Happening]:
        """Let time pass, and give what is due then."""
        self._now = max(self._now, instant)
        while self._due and self._due[0][0] <= self._now:
            yield heapq.heappop(self._due)[2]
