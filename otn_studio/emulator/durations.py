"""Lengths of time as people write them: ``3 days``, ``25h``, ``1 day 2 hours``."""

import re
from datetime import timedelta

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_PART = re.compile(
    r"\s*(\d{1,6}(?:\.\d{1,6})?)\s*(seconds?|minutes?|hours?|days?|weeks?|[smhdw])(?![a-z])\s*"
)


def parse_duration(text: str) -> timedelta:
    """Read a length of time, made of one or more parts.

    >>> parse_duration("1 day 2 hours")
    datetime.timedelta(days=1, seconds=7200)
    """
    total, position = timedelta(), 0
    while part := _PART.match(text.lower(), position):
        total += timedelta(**{_UNITS[part[2][0]]: float(part[1])})
        position = part.end()
    if not text or position != len(text):
        raise ValueError(f"{text!r} is not a length of time such as '3 days' or '25 hours'.")
    return total
