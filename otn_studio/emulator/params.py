"""Reading a call's parameters, with Messenger's complaint about the first one that is wrong."""

import json
import re
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from otn_studio.emulator.errors import bad_parameter

_PHONE_LENGTH = 16
_ZONE_LENGTH = 64
"""Ours: far above the name of any time zone."""


@dataclass(frozen=True, slots=True)
class Param:
    """One value of a call, with the path that Messenger names in its errors.

    Such as ``message[quick_replies][1][title]``. A JSON ``null`` counts as absent.
    """

    value: Any
    path: str

    @property
    def present(self) -> bool:
        """Whether the caller gave it at all."""
        return self.value is not None

    def __getitem__(self, name: str) -> Self:
        """The value of that name inside an object. The call itself has an empty path."""
        path = f"{self.path}[{name}]" if self.path else name
        return type(self)(self.value.get(name), path)

    def object(self) -> Self:
        """Itself as an object. In forms and query strings an object comes as a string of JSON."""
        value = self.value
        if isinstance(value, str):
            value = parse_json(value, self.path)
        self._require(value)
        if not isinstance(value, dict):
            raise bad_parameter(f"Param {self.path} must be an object.")
        return type(self)(value, self.path)

    def items(self, at_least: int, at_most: int) -> list[Self]:
        """Its elements, each an object, as many as Messenger allows."""
        self._require(self.value)
        if not isinstance(self.value, list):
            raise bad_parameter(f"Param {self.path} must be an array.")
        if not at_least <= len(self.value) <= at_most:
            raise bad_parameter(
                f"Param {self.path} must have between {at_least} and {at_most} elements."
            )
        return [
            type(self)(item, f"{self.path}[{number}]").object()
            for number, item in enumerate(self.value)
        ]

    def text(self, limit: int) -> str:
        """Itself as a string that is not empty and not longer than ``limit`` code points."""
        self._require(self.value)
        if not isinstance(self.value, str):
            raise bad_parameter(f"Param {self.path} must be a string.")
        if not self.value.strip():
            raise bad_parameter(f"Param {self.path} must be non-empty.")
        if len(self.value) > limit:
            raise bad_parameter(
                f"Length of param {self.path} must be less than or equal to {limit}"
            )
        return self.value

    def id(self, limit: int) -> str:
        """Itself as an id, which may come as a number."""
        if isinstance(self.value, int) and not isinstance(self.value, bool):
            return str(self.value)
        return self.text(limit)

    def url(self, limit: int) -> str:
        """Itself as a web address."""
        url = self.text(limit)
        try:
            parts = urlsplit(url)
        except ValueError:
            parts = None
        if parts is None or parts.scheme not in ("http", "https") or not parts.netloc:
            raise bad_parameter(f"Param {self.path} must be a valid URL.")
        return url

    def phone(self) -> str:
        """Itself as a telephone number with the country's in front."""
        if not re.fullmatch(r"\+[1-9]\d{6,14}", number := self.text(_PHONE_LENGTH)):
            raise bad_parameter(f"Param {self.path} must be a valid phone number.")
        return number

    def number(self, default: int) -> int:
        """Itself as a number to count with; left out, the ``default``. A form has it as text."""
        if not self.present:
            return default
        if not re.fullmatch(r"0*[1-9]\d{0,8}", str(self.value)):
            raise bad_parameter(f"Param {self.path} must be an integer greater than 0.")
        return int(self.value)

    def zone(self) -> ZoneInfo:
        """Itself as a time zone by its name."""
        name = self.text(_ZONE_LENGTH)
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise bad_parameter(f"Param {self.path} must be a valid timezone.") from None

    def one_of(self, *choices: str, default: str | None = None) -> str:
        """Itself as one of the words that Messenger knows here; left out, the ``default``."""
        if default is not None and not self.present:
            return default
        self._require(self.value)
        if self.value not in choices:
            raise bad_parameter(f"Param {self.path} must be one of {{{', '.join(choices)}}}")
        return self.value

    def _require(self, value: Any) -> None:
        if value is None:
            raise bad_parameter(f"The parameter {self.path} is required.")


def parse_json(text: str | bytes, what: str) -> Any:
    """Read JSON that the engine sent, as ``what``."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise bad_parameter(f"{what} is not valid JSON.") from None
