"""A clock that can be moved, so that a year passes in a moment.

Messenger's rules are about hours, days and a year; a test or a demonstration jumps over them. Time
goes on by itself from wherever the clock was moved to.
"""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def utc_now() -> datetime:
    """The real time."""
    return datetime.now(UTC)


def milliseconds(instant: datetime) -> int:
    """The instant as Messenger writes it in its webhooks."""
    return (instant - _EPOCH) // timedelta(milliseconds=1)


def whole_milliseconds(instant: datetime) -> datetime:
    """The instant without what a webhook can't carry.

    What a person does happens at such an instant: the engine then counts the 24 hours and the year
    from exactly the moment from which the emulator counts them.
    """
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


class MovableClock:
    """The time of a ``base`` clock plus an offset. Safe to read and move from several threads."""

    def __init__(self, base: Callable[[], datetime] = utc_now) -> None:
        self._base = base
        self._offset = timedelta()
        self._lock = threading.Lock()

    def now(self) -> datetime:
        """The emulated instant, in UTC."""
        with self._lock:
            return self._base() + self._offset

    @property
    def offset(self) -> timedelta:
        """How far the clock is ahead of its base (behind, if negative)."""
        with self._lock:
            return self._offset

    def advance(self, by: timedelta) -> datetime:
        """Let time pass. Returns the new instant."""
        if by < timedelta():
            raise ValueError("Time can only be advanced forwards.")
        with self._lock:
            return self._move(self._offset, by)

    def move_to(self, instant: datetime) -> datetime:
        """Put the clock at ``instant``, from where it goes on. Returns the new instant."""
        if instant.tzinfo is None:
            raise ValueError("The instant must say its time zone.")
        with self._lock:
            return self._move(instant - self._base())

    def _move(self, offset: timedelta, further: timedelta = timedelta()) -> datetime:
        try:
            offset += further
            now = self._base() + offset
        except OverflowError:
            raise ValueError("The clock can't go beyond the year 9999.") from None
        self._offset = offset
        return now
