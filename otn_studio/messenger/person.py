"""Who a person is, as far as they let Messenger tell their Pages.

Source: Messenger Platform, User Profile API.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any, Final

from otn_studio.messenger.untrusted import text

FIELDS: Final = ("first_name", "last_name", "locale", "timezone")
_LONGEST: Final = 200

_ZONES: Final[Mapping[float, str]] = {
    **{float(hours): f"Etc/GMT{-hours:+}" for hours in range(-12, 15)},
    -9.5: "Pacific/Marquesas",
    -3.5: "America/St_Johns",
    3.5: "Asia/Tehran",
    4.5: "Asia/Kabul",
    5.5: "Asia/Kolkata",
    5.75: "Asia/Kathmandu",
    6.5: "Asia/Yangon",
    8.75: "Australia/Eucla",
    9.5: "Australia/Darwin",
    10.5: "Australia/Lord_Howe",
    12.75: "Pacific/Chatham",
}
"""A zone by the hours by which it is ahead of UTC, which is all that Messenger tells."""


@dataclass(frozen=True, slots=True)
class Person:
    """What Messenger says of somebody; empty: nothing. ``ahead`` is how far their clock is of UTC's."""

    first_name: str = ""
    last_name: str = ""
    locale: str = ""
    ahead: float | None = None

    def zone(self, page: tzinfo, now: datetime) -> str:
        """Their time zone; empty where it is unknown, or where the Page's has the same time.

        The Page's zone knows when its clocks are changed; a number of hours does not.
        """
        if self.ahead not in _ZONES:
            return ""
        is_the_pages = now.astimezone(page).utcoffset() == timedelta(hours=self.ahead)
        return "" if is_the_pages else _ZONES[self.ahead]


def person_of(body: Mapping[str, Any]) -> Person:
    """Read Messenger's answer.

    >>> person_of({"first_name": "Ann", "timezone": 2})
    Person(first_name='Ann', last_name='', locale='', ahead=2.0)
    """
    ahead = body.get("timezone")
    is_number = isinstance(ahead, int | float) and not isinstance(ahead, bool)
    names = (text(body.get(name))[:_LONGEST] for name in ("first_name", "last_name", "locale"))
    return Person(*names, ahead=float(ahead) if is_number else None)
