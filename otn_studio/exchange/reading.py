"""The file of another program as plain values. Nobody knows who made it."""

from typing import Any, Final

from otn_studio.flow.json_text import Unreadable, content, parsed, refuse_large

__all__ = ["content", "values"]

DEEPEST: Final = 100
"""So many { and [ within each other are read. No program needs as many to say what it means."""


def values(written: bytes) -> Any:
    """Its JSON.

    Raises:
        Unreadable: it is no JSON, or nothing that every reader takes for the same.
    """
    refuse_large(len(written))
    try:
        data = parsed(written.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unreadable("The file is not a text in UTF-8, so nothing can be imported.") from error
    except RecursionError as error:
        raise Unreadable("The file is nested too deeply to be read.") from error
    if _is_deep(data):
        raise Unreadable("The file is nested too deeply to be read.")
    return data


def _is_deep(data: Any) -> bool:
    level = [data]
    for _ in range(DEEPEST):
        level = [inner for value in level for inner in _within(value)]
        if not level:
            return False
    return True


def _within(value: Any) -> list[Any]:
    match value:
        case dict():
            return list(value.values())
        case list():
            return value
    return []
