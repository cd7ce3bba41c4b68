"""Values in JSON by their paths: ``$.order.items[0].name``.

Only steps from one value to those in it are understood, one at a time, so that no path takes longer
than it takes to read the whole document once. The library is loaded with the first path: it takes
longer than a window should wait.
"""

import json
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from otn_studio.blocks.field import written
from otn_studio.blocks.words import Problem

if TYPE_CHECKING:
    from jsonpath import JSONPath, JSONPathEnvironment

LONGEST: Final = 200


class BrokenPath(Problem):
    """A path that can't be read, or that is of a kind that is not understood here."""


@lru_cache(maxsize=1_000)
def read(path: str) -> "JSONPath":
    """Read a path once.

    Raises:
        BrokenPath: it is none.
    """
    from jsonpath import JSONPath, JSONPathError

    if len(path) > LONGEST:
        raise BrokenPath("it is too long")
    try:
        compiled = _environment().compile(path.strip())
    except (JSONPathError, RecursionError) as error:
        raise BrokenPath("it can’t be read") from error
    if not isinstance(compiled, JSONPath) or not all(map(_is_one_step, compiled.segments)):
        raise BrokenPath("only steps such as .name, [0] and [*] are understood")
    return compiled


@cache
def _environment() -> "JSONPathEnvironment":
    from jsonpath import JSONPathEnvironment

    return JSONPathEnvironment(strict=True)


def _is_one_step(segment: Any) -> bool:
    from jsonpath.segments import JSONPathChildSegment
    from jsonpath.selectors import IndexSelector, NameSelector, SliceSelector, WildcardSelector

    return (
        isinstance(segment, JSONPathChildSegment)
        and len(segment.selectors) == 1
        and isinstance(
            segment.selectors[0], NameSelector | IndexSelector | SliceSelector | WildcardSelector
        )
    )


def parsed(text: str) -> Any:
    """What a JSON text says.

    Raises:
        ValueError: it is not JSON, or one that nobody can read.
    """
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("too deep") from error


def found(document: Any, path: str) -> str | None:
    """The first value at a path, as a text; none where there is none.

    >>> found({"items": [{"price": 12.50}, {"price": 3}]}, "$.items[*].price")
    '12.5'
    >>> found({"items": []}, "$.items[0]") is None
    True
    """
    from jsonpath import JSONPathError

    if isinstance(document, str):
        document = json.dumps(document)  # the library would read a text as JSON
    try:
        first = list(islice(read(path).finditer(document), 1))
    except (BrokenPath, JSONPathError):
        return None
    return None if not first or first[0].obj is None else _as_text(first[0].obj)


def _as_text(value: Any) -> str:
    match value:
        case str() | bool():
            text = written(value)
        case _:
            text = json.dumps(value, ensure_ascii=False)
    return text.replace("\0", "").encode("utf-8", "replace").decode()  # any database can keep it
