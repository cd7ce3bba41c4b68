"""The named sets of Messenger's rules, one for each time that they changed.

One-Time Notification follows the same rules in all of them; they differ in Recurring
Notifications. Source: Messenger Platform changelogs of the dates given.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class Profile:
    """A set of rules by its name, with the day from which Messenger applied it."""

    name: str
    since: date


PROFILES: Final = {
    profile.name: profile
    for profile in (
        Profile("rn-2022", date(2022, 5, 19)),
        Profile("rn-2023", date(2023, 8, 10)),
        Profile("rn-2025", date(2025, 9, 1)),
        Profile("retired-2026", date(2026, 2, 10)),
    )
}
DEFAULT: Final = "rn-2022"
