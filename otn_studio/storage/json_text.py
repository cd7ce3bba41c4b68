"""JSON in the database, written and read by what is quickest at it."""

import json
from typing import Any

from pydantic_core import from_json, to_json


def written(value: Any) -> str:
    """A value as JSON. Half of a character, which is no text to most programs, is kept by its number.

    >>> written({"text": "Größe?"})
    '{"text":"Größe?"}'
    """
    try:
        return to_json(value).decode()
    except ValueError:
        return json.dumps(value)


def read(text: str | bytes) -> Any:
    """The value that is written so."""
    try:
        return from_json(text)
    except ValueError:
        return json.loads(text)
