"""How many calls may be made now, so that Messenger's limits a second are never passed.

Told the time, in seconds of a clock that is never set.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from otn_studio.policy import rates

WINDOW = 1.015
"""Seconds. A little more than one, since calls don't take equally long on their way."""
SPARED = 60
"""One call in so many is for those who wait for an answer, however much goes to many people."""


class Pace:
    """At most ``limit`` calls in any second, and as many as that while there is work."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._taken: list[tuple[float, int]] = []

    def room(self, at: float) -> int:
        """How many calls may be made at this moment."""
        return max(self.limit - sum(count for _, count in self._lately(at)), 0)

    def opens(self, count: int, at: float) -> float:
        """From when on so many may be made, one after the other: from ``at`` on, or a little later."""
        if not count or not self._taken:
            return at
        free = self.room(at)
        for taken_at, taken in self._lately(at):
            if free < count:
                at, free = taken_at + WINDOW, free + taken
        return max(at, self._taken[-1][0])

    def take(self, count: int, at: float) -> None:
        """So many are made at this moment, which is no earlier than that of the last ones."""
        if count:
            self._taken = list(self._lately(at))
            self._taken.append((at, count))

    def wait(self, at: float) -> float:
        """How long it takes until more may be made than now; nothing where all may."""
        first = next(self._lately(at), None)
        return 0.0 if first is None else first[0] + WINDOW - at

    def _lately(self, at: float) -> Iterator[tuple[float, int]]:
        return (taken for taken in self._taken if at - taken[0] < WINDOW)


@dataclass(frozen=True, slots=True)
class Room:
    """How many messages may go now: ``calls`` at the same time, of them ``batches`` with many messages
    each; ``texts``, of them ``broadcast`` to people who don't wait, and ``media``; all together no
    more than ``messages``.
    """

    calls: int
    batches: int
    texts: int
    broadcast: int
    media: int
    messages: int

    def at_most(self, messages: int) -> "Room":
        """The same for no more than so many messages."""
        return replace(self, messages=min(self.messages, messages))

    def for_one(self) -> "Room":
        """Room for one message, whoever waits for it, if there is room at all."""
        return replace(self, broadcast=self.texts).at_most(1)


class Paces:
    """The limits a second of one Page."""

    def __init__(self, calls_a_second: int) -> None:
        self._texts = Pace(calls_a_second)
        self._media = Pace(min(rates.MEDIA_CALLS_A_SECOND, calls_a_second))
        self._spared = calls_a_second // SPARED

    def room(self, at: float, calls: int, batches: int) -> Room:
        """The room for messages where so many calls and batches may be under way besides."""
        texts = self._texts.room(at)
        broadcast = max(texts - self._spared, 0)
        media = self._media.room(at)
        return Room(calls, batches, texts, broadcast, media, texts + media)

    def opens(self, texts: int, media: int, at: float) -> float:
        """From when on so many may be made together."""
        return max(self._texts.opens(texts, at), self._media.opens(media, at))

    def take(self, texts: int, media: int, at: float) -> None:
        self._texts.take(texts, at)
        self._media.take(media, at)

    def wait(self, at: float) -> float | None:
        """How long somebody who finds no room has to wait for some; none where there is room."""
        spared = ((self._texts, self._spared), (self._media, 0))
        full = [pace.wait(at) for pace, spare in spared if pace.room(at) <= spare]
        return min(full, default=None)
