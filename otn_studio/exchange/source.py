"""A file's values, each with the way to it, read with care."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from otn_studio.flow.json_text import Unreadable


class Placed(dict[str, Any]):
    """Values that were made of others: ``where`` is the way to those in the file."""

    def __init__(self, where: str, values: dict[str, Any]) -> None:
        super().__init__(values)
        self.where = where


@dataclass(frozen=True, slots=True)
class Part:
    """Something written as ``{ … }``."""

    values: dict[str, Any]
    where: str

    @classmethod
    def of(cls, value: Any, where: str) -> "Part":
        """
        Raises:
            Unreadable: it is not written so.
        """
        if not isinstance(value, dict):
            raise _unreadable(where, "{ … }")
        return cls(value, value.where if isinstance(value, Placed) else where)

    def __contains__(self, key: str) -> bool:
        return self.values.get(key) is not None

    def at(self, key: str) -> str:
        return f"{self.where}/{escaped(key)}"

    def text(self, key: str) -> str:
        """A text; empty where there is none. Numbers count as what they look like."""
        value = self.values.get(key)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise _unreadable(self.at(key), "“…”")
        return f"{value:g}" if isinstance(value, float) else str(value)

    def number(self, key: str) -> int:
        """A whole number; 0 where there is none."""
        value = self.values.get(key)
        if value is None:
            return 0
        if isinstance(value, bool) or not isinstance(value, int):
            raise _unreadable(self.at(key), "0")
        return value

    def flag(self, key: str) -> bool:
        return bool(self.values.get(key))

    def part(self, key: str) -> "Part":
        """What is within; nothing where it is not there."""
        value = self.values.get(key)
        return Part.of({} if value is None else value, self.at(key))

    def parts(self, key: str) -> list["Part"]:
        """Each of a list; none where it is not there."""
        entries = self._list(key)
        return [Part.of(entry, f"{self.at(key)}/{index}") for index, entry in enumerate(entries)]

    def texts(self, key: str) -> list[str]:
        """Each text of a list; none where it is not there."""
        found = self._list(key)
        for index, text in enumerate(found):
            if not isinstance(text, str | int | float) or isinstance(text, bool):
                raise _unreadable(f"{self.at(key)}/{index}", "“…”")
        return [str(text) for text in found]

    def each(self, key: str) -> Iterator[tuple[str, "Part"]]:
        """Each entry of what is within, by its key."""
        inner = self.part(key)
        for name in inner.values:
            yield name, inner.part(name)

    def _list(self, key: str) -> list[Any]:
        value = self.values.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise _unreadable(self.at(key), "[ … ]")
        return value


def escaped(key: str) -> str:
    """A key within a way, as JSON Pointer writes it."""
    return key.replace("~", "~0").replace("/", "~1")


def _unreadable(where: str, expected: str) -> Unreadable:
    return Unreadable(
        "“{where}” can’t be read: {expected} belongs there. Export the file anew.",
        where=where or "/",
        expected=expected,
    )
