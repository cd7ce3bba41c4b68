"""A version of the program, and which of two is newer."""

import re
from dataclasses import dataclass
from typing import Final, Protocol

_VERSION: Final = re.compile(r"\d{1,6}(\.\d{1,6}){0,3}")


@dataclass(frozen=True, slots=True)
class Release:
    """A version that can be had, and the page that tells of it."""

    version: str
    page: str


class Updates(Protocol):
    """Who knows of releases. It is called through `Background` only."""

    version: str
    """This program's own."""

    def newest(self) -> Release | None:
        """None where nobody knows: that is no problem, and nobody is told."""


def is_version(text: str) -> bool:
    """Whether it is written as versions are.

    >>> is_version("1.10.2"), is_version("1.x"), is_version("")
    (True, False, False)
    """
    return _VERSION.fullmatch(text) is not None


def is_newer(version: str, than: str) -> bool:
    """Whether one version came after the other.

    >>> is_newer("0.10", "0.9.4"), is_newer("1.0", "1.0.0"), is_newer("0.1", "0.2")
    (True, False, False)
    """
    return _parts(version) > _parts(than)


def _parts(version: str) -> tuple[int, ...]:
    parts = [int(part) for part in version.split(".")] if is_version(version) else []
    return tuple(parts + [0] * (4 - len(parts)))
