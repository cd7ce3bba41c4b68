"""Lengths of time as people write them: *3 days*, *90 minutes*."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from otn_studio.blocks.words import Words

UNITS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
_NAMES = {
    "minute": ("{n} minute", "{n} minutes"),
    "hour": ("{n} hour", "{n} hours"),
    "day": ("{n} day", "{n} days"),
    "week": ("{n} week", "{n} weeks"),
}
_PATTERN = r"^(\d{1,6}) (minute|hour|day|week)s?$"


@dataclass(frozen=True, slots=True)
class Duration:
    """An amount of a unit, kept as it was written: *24 hours* does not become *1 day*.

    >>> Duration.read("3 days").length
    datetime.timedelta(days=3)
    """

    amount: int
    unit: str

    @classmethod
    def read(cls, text: str) -> "Duration":
        """Read ``"3 days"``.

        Raises:
            ValueError: the text is not a whole number and a unit.
        """
        match = re.match(_PATTERN, text.strip())
        if not match:
            raise ValueError(f"“{text}” is not a length of time such as “3 days” or “90 minutes”")
        return cls(int(match[1]), match[2])

    @property
    def length(self) -> timedelta:
        return self.amount * UNITS[self.unit]

    @property
    def words(self) -> Words:
        one, many = _NAMES[self.unit]
        return Words(one, plural=many, n=self.amount)

    def __str__(self) -> str:
        return str(self.words)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            lambda value: value if isinstance(value, cls) else cls.read(str(value)),
            serialization=core_schema.plain_serializer_function_ser_schema(str),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "pattern": _PATTERN, "examples": ["3 days"]}
