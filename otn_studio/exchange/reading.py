"""The file of another program as plain values. Nobody knows who made it."""

from pathlib import Path
from typing import Any, Final

from otn_studio.flow.json_text import Unreadable, parsed, refuse_large

DEEPEST: Final = 100
"""So many { and [ within each other are read. No program needs as many to say what it means."""


def content(path: Path) -> bytes:
    """What is in a file.

    Raises:
        Unreadable: it is missing, can't be read, or is too large.
    """
    try:
        refuse_large(path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise Unreadable("The file can't be opened: {problem}.", problem=error.strerror) from error


def values(content: bytes) -> Any:
    """Its JSON.

    Raises:
        Unreadable: it is no JSON, or nothing that every reader takes for the same.
    """
    refuse_large(len(content))
    try:
        data = parsed(content.decode("utf-8-sig"))
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
