"""JSON of which a part is torn off or spoilt: what stands before that."""

import json
from typing import Any, Final

from otn_studio.flow.json_text import Unreadable

_CLOSING: Final = {"{": "}", "[": "]"}


def torn(text: str) -> tuple[Any, bool]:
    """The values that can be read, and whether that is all of them.

    >>> torn('{"name": "Shop", "blocks": {"one": {"ty')
    ({'name': 'Shop', 'blocks': {'one': {}}}, False)

    Raises:
        Unreadable: there is nothing to begin with.
    """
    try:
        return _whole_characters(json.loads(text)), True
    except json.JSONDecodeError as error:
        kept = _closed(text[: error.pos])
    except (RecursionError, ValueError) as error:
        raise Unreadable("Nothing of the flow can be read.") from error
    try:
        return _whole_characters(json.loads(kept)), False
    except (RecursionError, ValueError) as error:
        raise Unreadable("Nothing of the flow can be read.") from error


def _closed(text: str) -> str:
    """The text up to the last value that is complete, with everything closed that is open there."""
    end, still_open = 0, ""
    stack = ""
    in_string = escaped = False
    for index, letter in enumerate(text):
        if in_string:
            in_string = escaped or letter != '"'
            escaped = letter == "\\" and not escaped
        elif letter == '"':
            in_string = True
        elif letter in _CLOSING:
            stack += letter
            end, still_open = index + 1, stack
        elif letter in "}]":
            stack = stack[:-1]
            end, still_open = index + 1, stack
        elif letter == ",":
            end, still_open = index, stack
    return text[:end] + "".join(_CLOSING[letter] for letter in reversed(still_open))


def _whole_characters(data: Any) -> Any:
    """The same without halves of characters, which nobody could write again."""
    return json.loads(json.dumps(data, ensure_ascii=False).encode(errors="replace"))
