"""Dates and times in texts: how they are shown, and how texts count with them.

Nothing here asks for the time, the language or the time zone of the machine.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from dateutil.relativedelta import relativedelta

from otn_studio.blocks import field
from otn_studio.blocks.field import FieldType

if TYPE_CHECKING:
    from babel import Locale

ENGLISH: Final = "en"
LONGEST_PART: Final = 15
"""The most characters that one of a pattern can become: in no language has a name more than 30, and
it takes two to ask for it, as in ``%B``.
"""

LONGEST: Final = len("2026-12-24 09:30")
"""The most characters that a moment has, where no pattern says how it is shown."""

_PATTERN_PART: Final = re.compile(r"%(-?[A-Za-z%])")


class Moment(str):
    """A date, a time or both, which is also the text that people see.

    >>> Moment(datetime(2026, 12, 24, 9, 30, tzinfo=UTC))
    '2026-12-24 09:30'
    """

    __slots__ = ("of",)

    of: date | time | datetime

    def __new__(cls, of: date | time | datetime) -> "Moment":
        made = super().__new__(cls, _shown(of))
        made.of = of
        return made


def _shown(of: date | time | datetime) -> str:
    match of:
        case datetime():
            return f"{of.date().isoformat()} {of:%H:%M}"
        case time():
            return f"{of:%H:%M}"
    return of.isoformat()


def _moment(value: Any) -> date | time | datetime | None:
    """What a value of a text says; one without a zone is only counted with."""
    if isinstance(value, Moment):
        return value.of
    for type in (FieldType.DATE, FieldType.TIME, FieldType.DATE_TIME):
        found = field.read(value, type, UTC) if isinstance(value, str) else None
        if found is not None:
            return found
    return None


@lru_cache(maxsize=500)
def _spoken(language: str) -> "Locale":
    """How a language calls months and days; one that nobody knows calls them as English does."""
    from babel import Locale, UnknownLocaleError  # takes its time to load

    try:
        return Locale.parse(language.replace("-", "_"))
    except (ValueError, TypeError, UnknownLocaleError):
        return Locale.parse(ENGLISH)


def shown_as(value: Any, pattern: Any = "%Y-%m-%d", *, language: str = ENGLISH) -> Any:
    """A date or a time by a pattern, in a language; anything else as it is.

    >>> shown_as("2026-12-24", "%A, %-d %B %Y")
    'Thursday, 24 December 2026'
    >>> shown_as("2026-12-24", "%A, %-d. %B %Y", language="de")
    'Donnerstag, 24. Dezember 2026'
    >>> shown_as("soon", "%d.%m.")
    'soon'
    """
    of = _moment(value)
    if of is None:
        return value
    if isinstance(of, time):
        of = datetime.combine(date.min, of)
    elif not isinstance(of, datetime):
        of = datetime.combine(of, time())
    spoken = _spoken(language)

    def filled_in(part: re.Match[str]) -> str:
        if (named := _NAMES.get(part[1])) is not None:
            return named(of, spoken)
        return _PARTS.get(part[1], lambda _: part[0])(of)

    return _PATTERN_PART.sub(filled_in, str(pattern))


_NAMES: Final[Mapping[str, Callable[[datetime, "Locale"], str]]] = {
    "B": lambda of, spoken: spoken.months["format"]["wide"][of.month],
    "b": lambda of, spoken: spoken.months["format"]["abbreviated"][of.month],
    "A": lambda of, spoken: spoken.days["format"]["wide"][of.weekday()],
    "a": lambda of, spoken: spoken.days["format"]["abbreviated"][of.weekday()],
}
"""What differs from language to language."""


_PARTS: Final[Mapping[str, Callable[[datetime], str]]] = {
    "Y": lambda of: f"{of.year:04}",
    "y": lambda of: f"{of.year % 100:02}",
    "m": lambda of: f"{of.month:02}",
    "-m": lambda of: str(of.month),
    "d": lambda of: f"{of.day:02}",
    "-d": lambda of: str(of.day),
    "e": lambda of: str(of.day),
    "j": lambda of: f"{of.timetuple().tm_yday:03}",
    "u": lambda of: str(of.isoweekday()),
    "V": lambda of: f"{of.isocalendar().week:02}",
    "H": lambda of: f"{of.hour:02}",
    "-H": lambda of: str(of.hour),
    "I": lambda of: f"{(of.hour - 1) % 12 + 1:02}",
    "-I": lambda of: str((of.hour - 1) % 12 + 1),
    "M": lambda of: f"{of.minute:02}",
    "S": lambda of: f"{of.second:02}",
    "p": lambda of: "AM" if of.hour < 12 else "PM",
    "%": lambda of: "%",
}


def _adding(unit: str) -> Callable[[Any, Any], Any]:
    name = f"plus_{unit}"

    def plus(value: Any, amount: Any) -> Any:
        of = _moment(value)
        return value if of is None else Moment(_later(of, unit, _whole(name, amount)))

    plus.__name__ = name
    return plus


def _whole(filter: str, amount: Any) -> int:
    try:
        return int(str(amount))
    except ValueError as error:
        raise ValueError(f"{filter}: “{amount}” is not a whole number") from error


def _later(of: date | time | datetime, unit: str, amount: int) -> date | time | datetime:
    """Days and longer go by the calendar; hours and minutes are as long as they are."""
    if unit in ("hours", "minutes"):
        return _passed(of, timedelta(**{unit: amount}))
    if isinstance(of, time):
        return of
    later = of + relativedelta(**{unit: amount})
    if isinstance(later, datetime) and later.tzinfo is not None:
        return field.in_zone(later, later.tzinfo).astimezone(later.tzinfo)
    return later


def _passed(of: date | time | datetime, length: timedelta) -> time | datetime:
    if isinstance(of, time):
        return (datetime.combine(date(2000, 1, 1), of) + length % timedelta(days=1)).time()
    if not isinstance(of, datetime):
        return datetime.combine(of, time()) + length
    if of.tzinfo is None:
        return of + length
    return (of.astimezone(UTC) + length).astimezone(of.tzinfo)


def days_since(value: Any, other: Any) -> int:
    """How many dates lie between two days, or times.

    >>> days_since("2026-12-24", "2026-12-20"), days_since("2026-12-20", "2026-12-24")
    (4, -4)
    """
    one, another = _moment(value), _moment(other)
    if not isinstance(one, date) or not isinstance(another, date):
        raise ValueError("days_since needs two dates")
    return (_date(one) - _date(another)).days


def _date(of: date) -> date:
    return of.date() if isinstance(of, datetime) else of


def local(instant: datetime, zone: tzinfo) -> Moment:
    """An instant as a zone's clocks show it."""
    return Moment(instant.astimezone(zone))


FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    "date": shown_as,
    "days_since": days_since,
    **{
        f"plus_{unit}": _adding(unit)
        for unit in ("minutes", "hours", "days", "weeks", "months", "years")
    },
}
"""What texts can do with dates and times."""

SPEAKING: Final = frozenset({shown_as})
"""Those that are told the language of the text."""
