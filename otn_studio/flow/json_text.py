"""The text of a flow file as plain JSON values, refused where it is not quite JSON."""

import json
import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Any, Final

from otn_studio.blocks.words import Problem

SIZE_LIMIT: Final = 32 * 1024 * 1024
SHOWN: Final = 40


class Unreadable(Problem):
    """A file that is not a flow which this version can read."""


def content(path: Path) -> bytes:
    """What is in a file.

    Raises:
        Unreadable: it is missing, can't be read, is too large, or never ends, as pipes and devices.
    """
    try:
        found = path.stat()
        if not S_ISREG(found.st_mode) and not S_ISDIR(found.st_mode):
            raise Unreadable("The file can’t be read to its end: it is a device or a pipe.")
        refuse_large(found.st_size)
        return path.read_bytes()
    except OSError as error:
        raise Unreadable("The file can’t be opened: {problem}.", problem=error.strerror) from error


def parsed(text: str) -> Any:
    """Its values.

    Raises:
        Unreadable: it is no JSON, or not what every reader takes for the same.
    """
    try:
        data = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
        if "\\u" in text:  # an escape can be half a character
            json.dumps(data, ensure_ascii=False).encode()
        text.encode()
    except json.JSONDecodeError as error:
        raise Unreadable(
            "The file is damaged, or of another kind: it can’t be read from line {line} on.",
            line=error.lineno,
        ) from error
    except UnicodeEncodeError as error:
        raise Unreadable("The file has half a character in a text, as in “\\ud83d”.") from error
    except ValueError as error:
        raise Unreadable("The file has a number that is too long to be read.") from error
    return data


def refuse_large(size: int) -> None:
    if size > SIZE_LIMIT:
        raise Unreadable(
            "The file is too large to be a flow: {size} MB; at most {limit} MB are read.",
            size=math.ceil(size / 2**20),
            limit=SIZE_LIMIT // 2**20,
        )


def shortened(value: Any) -> str:
    """A value as it is written, to be shown in a sentence."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


def _unique(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(key for key, _value in pairs)
        key = next(key for key in counts if counts[key] > 1)
        raise Unreadable("“{key}” stands twice in one place; remove one of the two.", key=key)
    return found


def _no_constant(name: str) -> float:
    raise Unreadable("The file has {name} where a number belongs.", name=name)
