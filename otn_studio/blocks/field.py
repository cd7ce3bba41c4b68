"""What is known by a name, of each person or of the Page, and of which kind it is.

Values are kept as texts that every reader understands in the same way: ``12.5``, ``2026-11-22``,
``09:30``, ``2026-11-22T09:30:00Z``, ``yes``. What people write is read more kindly.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final

from otn_studio.blocks.words import Words


class FieldType(StrEnum):
    """What the value of a field is."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    DATE_TIME = "date_time"
    YES_NO = "yes_no"


TYPE_WORDS: Final[Mapping[FieldType, Words]] = {
    FieldType.TEXT: Words("a text"),
    FieldType.NUMBER: Words("a number"),
    FieldType.DATE: Words("a date, such as 2026-12-24"),
    FieldType.TIME: Words("a time of day, such as 09:30"),
    FieldType.DATE_TIME: Words("a date and a time, such as 2026-12-24 09:30"),
    FieldType.YES_NO: Words("yes or no"),
}
IN_TIME: Final = frozenset({FieldType.DATE, FieldType.TIME, FieldType.DATE_TIME})
"""Types of values of which one is before the other."""


@dataclass(frozen=True, slots=True)
class Field:
    """Something to know, by a key that texts use: ``{{ contact.key }}``.

    ``of_page``: it holds for everybody, ``{{ page.key }}``.
    """

    name: str
    type: FieldType = FieldType.TEXT
    of_page: bool = False


Value = str | Decimal | date | time | datetime | bool

_DIGITS_AT_MOST: Final = 30
_SIZE_AT_MOST: Final = 100
_DAY = r"(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}))"
_DATE = re.compile(_DAY)
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s?([ap])?\.?(?:m\.?)?", re.I)
_DATE_TIME = re.compile(rf"{_DAY}(?:(?:T|,?\s+)(.+?)\s?(Z|[+-]\d{{2}}:?\d{{2}})?)?", re.I)
_YES_NO: Final = {"yes": True, "true": True, "no": False, "false": False}


def read(text: str, type: FieldType, zone: tzinfo) -> Value | None:
    """What a text says, as a value of that type; none where it says no such thing.

    A date with a time that names no zone is meant in ``zone``.

    >>> read("1,5", FieldType.NUMBER, UTC), read("24. 12. 2026", FieldType.DATE, UTC)
    (Decimal('1.5'), datetime.date(2026, 12, 24))
    >>> read("soon", FieldType.DATE, UTC) is None
    True
    """
    if type is FieldType.TEXT:
        return text
    if len(text) > _SIZE_AT_MOST:
        return None
    try:
        return _READERS[type](text.strip(), zone)
    except (ValueError, OverflowError):
        return None


def written(value: Value) -> str:
    """A value as it is kept.

    >>> written(Decimal("1.50")), written(time(9, 30)), written(True)
    ('1.5', '09:30', 'yes')
    """
    match value:
        case bool():
            return "yes" if value else "no"
        case Decimal():
            plain = f"{value:f}"
            return (plain.rstrip("0").rstrip(".") if "." in plain else plain) or "0"
        case datetime():
            return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
        case time():
            return value.isoformat("seconds" if value.second else "minutes")
        case date():
            return value.isoformat()
    return value


def kept(text: str, type: FieldType, zone: tzinfo) -> str | None:
    """A text as a field of that type keeps it; none where it does not fit.

    >>> kept("24.12.2026", FieldType.DATE, UTC)
    '2026-12-24'
    """
    value = read(text, type, zone)
    return None if value is None else written(value)


def in_zone(local: datetime, zone: tzinfo) -> datetime:
    """The instant at which the clocks of a zone show a time, in UTC.

    One that they skip counts as the one that they show instead; of one that they show twice, the
    first is meant.
    """
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)


def _number(text: str, zone: tzinfo) -> Decimal:
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not number.is_finite() or abs(number.adjusted()) > _DIGITS_AT_MOST:
        raise ValueError(text)
    return number or Decimal(0)


def _date(text: str, zone: tzinfo) -> date:
    if found := _DATE.fullmatch(text):
        return _day(found)
    return _date_time(text, zone).astimezone(zone).date()


def _time(text: str, zone: tzinfo) -> time:
    found = _TIME.fullmatch(text)
    if found is None:
        raise ValueError(text)
    hour, half = int(found[1]), (found[4] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(text)
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, int(found[2]), int(found[3] or 0))


def _date_time(text: str, zone: tzinfo) -> datetime:
    found = _DATE_TIME.fullmatch(text)
    if found is None:
        raise ValueError(text)
    at = _time(found[7], zone) if found[7] else time()
    local = datetime.combine(_day(found), at)
    if found[8]:
        named = f"{local.isoformat()}{found[8].upper()}"
        return datetime.strptime(named, "%Y-%m-%dT%H:%M:%S%z").astimezone(UTC)
    return in_zone(local, zone)


def _day(found: re.Match[str]) -> date:
    if found[1]:
        return date(int(found[1]), int(found[2]), int(found[3]))
    return date(int(found[6]), int(found[5]), int(found[4]))


def _yes_no(text: str, zone: tzinfo) -> bool:
    if text.lower() not in _YES_NO:
        raise ValueError(text)
    return _YES_NO[text.lower()]


_READERS: Final[Mapping[FieldType, Callable[[str, tzinfo], Value]]] = {
    FieldType.NUMBER: _number,
    FieldType.DATE: _date,
    FieldType.TIME: _time,
    FieldType.DATE_TIME: _date_time,
    FieldType.YES_NO: _yes_no,
}
