"""What there is to tap for the one person of a rehearsal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

Way = tuple[str, str, str]
"""A way out by its flow, block and port."""


@dataclass(frozen=True, slots=True)
class _Card:
    """Something to tap. ``once``: a quick reply, which is gone with the next message."""

    since: datetime
    once: bool


class Cards:
    """Buttons, quick replies and requests, by the way out that each of them leads to."""

    def __init__(self) -> None:
        self._there: dict[Way, _Card] = {}

    def __contains__(self, way: Way) -> bool:
        return way in self._there

    def since(self, way: Way) -> datetime:
        return self._there[way].since

    def all(self) -> list[tuple[Way, datetime]]:
        """In a fixed order, and since when."""
        return sorted((way, card.since) for way, card in self._there.items())

    def offer(self, now: datetime, ways: Iterable[Way], once: bool = False) -> None:
        for way in ways:
            self._there.setdefault(way, _Card(now, once))

    def tap(self, way: Way) -> bool:
        """Tap; whether it was there."""
        if way not in self._there:
            return False
        if self._there[way].once:
            self.forget_quick_replies()
        return True

    def remove(self, way: Way) -> None:
        del self._there[way]

    def forget_quick_replies(self) -> None:
        self._there = {way: card for way, card in self._there.items() if not card.once}
