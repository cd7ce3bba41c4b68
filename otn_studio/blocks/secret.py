"""Secrets in texts: there by name only, until the very moment at which another program is called.

A text asks for one by ``{{ secret.name }}``. What it is filled in with is a mark that holds the name,
between two characters that nothing else brings along: they are taken out of all that people write.
"""

import re
from collections.abc import Callable
from typing import Any, Final

NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"({_OPEN}{NAME.pattern}{_CLOSE})")
_ASKED = re.compile(r"\{\{-?\s*secret\.(\w+)")


class Marks:
    """Secrets by name, as a text is filled in with them."""

    def __getitem__(self, name: Any) -> str:
        if not isinstance(name, str) or not NAME.fullmatch(name):
            raise KeyError(name)
        return f"{_OPEN}{name}{_CLOSE}"

    def __str__(self) -> str:
        return ""


def without_marks(text: str) -> str:
    """What a person wrote, which asks for no secret.

    >>> without_marks(f"my {Marks()['key']}")
    'my key'
    """
    return text.replace(_OPEN, "").replace(_CLOSE, "")


def asked_for(source: str) -> list[str]:
    """The names that a text asks for, before it is filled in.

    >>> asked_for("Bearer {{ secret.shop_key }}")
    ['shop_key']
    """
    return _ASKED.findall(source)


def marked(text: str) -> frozenset[str]:
    """The names of the secrets whose marks are in a text."""
    return frozenset(mark[1:-1] for mark in _MARK.findall(text))


def put_in(text: str, value_of: Callable[[str], str]) -> str:
    """The text with the values of its secrets.

    >>> put_in("Bearer " + Marks()["shop_key"], str.upper)
    'Bearer SHOP_KEY'
    """
    return _MARK.sub(lambda mark: value_of(mark[0][1:-1]), text)


def around_marks(text: str, change: Callable[[str], str]) -> str:
    """The text, changed but for its marks.

    >>> around_marks("a&b" + Marks()["key"], lambda part: part.replace("&", "%26")) == (
    ...     "a%26b" + Marks()["key"]
    ... )
    True
    """
    parts = _MARK.split(text)
    return "".join(part if _MARK.fullmatch(part) else change(part) for part in parts)
