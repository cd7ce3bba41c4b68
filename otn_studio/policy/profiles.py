"""The named sets of Messenger's rules, one for each time that they changed.

One-Time Notification follows the same rules in all of them; they differ in Recurring
Notifications. Source: Messenger Platform changelogs of the dates given.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from otn_studio.policy.calendar import Frequency

# fmt: off
EU: Final = frozenset((
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
))
# fmt: on
STILL_ALLOWED_IN: Final = EU | frozenset(("AU", "GB", "JP", "KR"))
"""Where recurring notifications go on after 2026-02-10, by ISO 3166 codes."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A set of rules by its name, with the day from which Messenger applied it.

    ``pause`` has to pass between two messages; empty, the permission's own calendar frequency
    counts. ``lifetimes`` is empty where permissions never end; then nobody is asked again either.
    ``countries`` is where recurring notifications work at all, empty for everywhere.
    """

    name: str
    since: date
    pause: timedelta | None = None
    lifetimes: Mapping[Frequency, relativedelta] = field(default_factory=dict)
    countries: frozenset[str] = frozenset()

    @property
    def asks_again(self) -> bool:
        """Whether Messenger asks people to go on before a permission ends, where that was enabled."""
        return bool(self.lifetimes)


PROFILES: Final = {
    profile.name: profile
    for profile in (
        Profile(
            "rn-2022",
            date(2022, 5, 19),
            lifetimes={
                Frequency.DAILY: relativedelta(months=6),
                Frequency.WEEKLY: relativedelta(months=9),
                Frequency.MONTHLY: relativedelta(months=12),
            },
        ),
        Profile("rn-2023", date(2023, 8, 10), pause=timedelta(hours=24)),
        Profile("rn-2025", date(2025, 9, 1), pause=timedelta(hours=48)),
        Profile(
            "retired-2026",
            date(2026, 2, 10),
            pause=timedelta(hours=48),
            countries=STILL_ALLOWED_IN,
        ),
    )
}
DEFAULT: Final = "rn-2022"
UTC: Final = ZoneInfo("UTC")


def in_force(today: date) -> Profile:
    """The rules that Messenger applies on a day; before the first of them, those.

    >>> in_force(date(2024, 3, 1)).name
    'rn-2023'
    """
    began = [profile for profile in PROFILES.values() if profile.since <= today]
    return max(began, key=lambda profile: profile.since, default=PROFILES[DEFAULT])


@dataclass(frozen=True, slots=True)
class RequestBudget:
    """At most ``count`` requests to one person in any span of ``length``."""

    count: int
    length: timedelta


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules that apply to one Page: its profile, its time zone, and its country (ISO 3166).

    ``budgets`` answers the limits of requests that Messenger does not publish; none are kept unless
    they are set.
    """

    profile: Profile = PROFILES[DEFAULT]
    zone: ZoneInfo = UTC
    country: str = ""
    budgets: tuple[RequestBudget, ...] = ()

    @property
    def allow_recurring(self) -> bool:
        """Whether recurring notifications work for this Page at all."""
        return not self.profile.countries or self.country in self.profile.countries


CLASSIC: Final = Rules()
"""The rules where nothing else was chosen."""
