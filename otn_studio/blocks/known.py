"""What is known of a person and of their Page, as texts show it and count with it."""

from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from otn_studio.blocks import field
from otn_studio.blocks.field import Field, FieldType
from otn_studio.blocks.moment import Moment, local
from otn_studio.blocks.words import Words

SYSTEM_FIELDS: Final[Mapping[str, tuple[Words, FieldType]]] = {
    "first_name": (Words("First name"), FieldType.TEXT),
    "last_name": (Words("Last name"), FieldType.TEXT),
    "name": (Words("Full name"), FieldType.TEXT),
    "locale": (Words("Language"), FieldType.TEXT),
    "time_zone": (Words("Time zone"), FieldType.TEXT),
    "first_seen": (Words("First seen"), FieldType.DATE_TIME),
    "last_answer": (Words("Last answer"), FieldType.DATE_TIME),
}
"""The fields that everyone has, with what people call them."""

TOLD_BY_OTHERS: Final = frozenset({"name", "first_seen", "last_answer"})
"""Those of them that no flow sets, since they follow from something else."""


class YesNo(str):
    """Yes or no, which is also the text that people see; in a test it is what it says."""

    __slots__ = ()

    def __liquid__(self) -> bool:
        return self == "yes"


class Known:
    """Values by key, looked up when they are asked for, each as what its field says that it is.

    Nothing else can be seen of it by a text: no count of them, no first, nothing to print.
    """

    def __init__(
        self, text_of: Callable[[str], str], type_of: Callable[[str], FieldType], zone: tzinfo
    ) -> None:
        self._text_of, self._type_of, self._zone = text_of, type_of, zone

    def __getitem__(self, key: Any) -> Any:
        text = self._text_of(key)
        if not text:
            raise KeyError(key)
        return as_counted(text, self._type_of(key), self._zone)

    def __str__(self) -> str:
        return ""


def as_counted(text: str, type: FieldType, zone: tzinfo) -> Any:
    """A value as texts show it and count with it; one that does not fit its type is a text.

    >>> as_counted("12.50", FieldType.NUMBER, ZoneInfo("UTC"))
    12.5
    """
    value = field.read(text, type, zone)
    match value:
        case None | str():
            return text
        case bool():
            return YesNo(field.written(value))
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case datetime():
            return local(value, zone)
    return Moment(value)


def type_of(key: str, fields: Mapping[str, Field]) -> FieldType:
    """Of which kind the values of a field are."""
    if key in fields:
        return fields[key].type
    return SYSTEM_FIELDS[key][1] if key in SYSTEM_FIELDS else FieldType.TEXT


@lru_cache(maxsize=1_000)
def zone_named(name: str) -> ZoneInfo | None:
    """The zone of that IANA name; none where there is no such zone."""
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, LookupError):
        return None
