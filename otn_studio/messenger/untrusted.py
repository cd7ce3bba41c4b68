"""JSON from outside, read so that nothing in it can do harm further in.

Whatever was sent, nothing here raises, and what comes out can be stored by any database: no lone
surrogates, no zero characters, no infinite numbers, no endless nesting.
"""

import json
import math
from typing import Any

_DEEPEST = 50
"""Ours: far deeper than anything that Messenger sends, far from Python's own limit."""
_LONGEST_ID = 400
"""Ours: longer than any id of Messenger, short enough for the index of any database."""
_LONGEST_NUMBER = 40


def parsed(body: bytes) -> Any:
    """The value that ``body`` holds, or ``None`` where it is not JSON.

    >>> parsed(b'{"text": "Hi", "n": NaN}')
    {'text': 'Hi', 'n': None}
    """
    try:
        return _harmless(json.loads(body, parse_int=_whole_number), _DEEPEST)
    except (ValueError, RecursionError):
        return None


def mapping(value: Any) -> dict[str, Any]:
    """The value where it is an object, else an empty one, so that questions can be chained."""
    return value if isinstance(value, dict) else {}


def mappings(value: Any) -> list[dict[str, Any]]:
    """The objects in a list; nothing where it is no list."""
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def text(value: Any) -> str:
    """The value where it is a text, else an empty one."""
    return value if isinstance(value, str) else ""


def identifier(value: Any) -> str:
    """An id as a text, since Messenger also sends them as numbers; empty where it is none."""
    found = str(value) if type(value) in (int, str) else ""
    return found if len(found) <= _LONGEST_ID else ""


def _whole_number(digits: str) -> int | None:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else None


def _harmless(value: Any, room: int) -> Any:
    if isinstance(value, str):
        return _harmless_text(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if not isinstance(value, dict | list):
        return value
    if not room:
        return None
    if isinstance(value, list):
        return [_harmless(part, room - 1) for part in value]
    return {_harmless_text(key): _harmless(part, room - 1) for key, part in value.items()}


def _harmless_text(value: str) -> str:
    if value.isprintable():
        return value
    whole = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", "")
