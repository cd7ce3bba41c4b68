"""Instants as Messenger writes them: milliseconds since 1970 mostly, seconds here and there."""

from datetime import UTC, datetime, timedelta
from typing import Any

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_FIRST_MILLISECONDS = 10**11
"""Read as seconds this is the year 5138, as milliseconds 1973: what is larger is milliseconds."""
_LAST_MILLISECONDS = (datetime.max.replace(tzinfo=UTC) - _EPOCH) / _MILLISECOND


def instant(value: Any) -> datetime | None:
    """The instant that a number stands for, told by its size; none where it is no number, or none
    that can be.

    >>> instant(2145916800) == instant(2145916800000)
    True
    """
    if not isinstance(value, int | float) or isinstance(value, bool) or value <= 0:
        return None
    milliseconds = value if value >= _FIRST_MILLISECONDS else value * 1000
    return _EPOCH + milliseconds * _MILLISECOND if milliseconds < _LAST_MILLISECONDS else None
