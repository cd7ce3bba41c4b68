"""Sentences of the timeline: kept with their values as they are, so that whoever reads them later
does so in their own language, with dates as they write them.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from otn_studio.blocks.words import Words


def note_body(words: Words) -> dict[str, Any]:
    """A sentence as the timeline keeps it."""
    body = {"text": words.text, "values": {n: _kept(v) for n, v in words.values.items()}}
    return body | ({"plural": words.plural, "n": words.n} if words.plural else {})


def words_of(body: Mapping[str, Any]) -> Words:
    """The sentence that was kept.

    >>> words_of(note_body(Words("Not sent: {why}", why=Words("blocked")))).values
    {'why': Words(text='blocked', values={}, plural='', n=1)}
    """
    values = {name: _read(value) for name, value in body["values"].items()}
    return Words(body["text"], plural=body.get("plural", ""), n=body.get("n", 1), **values)


def _kept(value: Any) -> Any:
    match value:
        case Words():
            return note_body(value)
        case datetime():
            return {"at": value.isoformat()}
        case int() | float():
            return value
        case _:
            return str(value)


def _read(value: Any) -> Any:
    match value:
        case {"at": str(at)}:
            return datetime.fromisoformat(at)
        case {"text": str()}:
            return words_of(value)
        case _:
            return value
