"""Forms and query strings, which write objects and lists as ``recipient[id]=1``, the way of PHP, or as
JSON.
"""

import re
from collections.abc import Iterable
from typing import Any, Final

_NAME: Final = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\]){1,16})")
_STEP: Final = re.compile(r"\[([^\[\]]*)\]")


def read(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Their values by name, those in brackets as the objects and lists that they stand for.

    >>> read([("a", "1"), ("b[id]", "2"), ("c[0][x]", "3"), ("c[1][x]", "4"), ("d[]", "5")])
    {'b': {'id': '2'}, 'c': [{'x': '3'}, {'x': '4'}], 'd': ['5'], 'a': '1'}
    """
    plain: dict[str, Any] = {}
    nested: dict[str, Any] = {}
    for name, value in pairs:
        if found := _NAME.fullmatch(name):
            _put(nested, [found[1], *_STEP.findall(found[2])], value)
        else:
            plain[name] = value
    return {name: _listed(value) for name, value in nested.items()} | plain


def _put(inside: dict[str, Any], path: list[str], value: Any) -> None:
    *way, last = path
    for step in way:
        below = inside.setdefault(step or str(len(inside)), {})
        if not isinstance(below, dict):
            return
        inside = below
    inside[last or str(len(inside))] = value


def _listed(value: Any) -> Any:
    """What is numbered from 0 on is a list."""
    if not isinstance(value, dict):
        return value
    inner = [_listed(one) for one in value.values()]
    is_list = list(value) == [str(number) for number in range(len(value))]
    return inner if is_list else dict(zip(value, inner, strict=True))
