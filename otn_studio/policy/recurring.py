"""Recurring Notifications: one yes, a message each day, week or month, until it ends or is stopped.

Source: Messenger Platform, "Recurring Notifications" (now "Marketing Messages"), and its changelogs;
the rules changed four times, see `profiles`.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from otn_studio.policy import calendar
from otn_studio.policy.calendar import Frequency
from otn_studio.policy.profiles import Rules

FOLLOW_UPS: Final = 3
"""Messages that may follow an opt-in, the first included."""
FOLLOW_UP_TIME: Final = timedelta(minutes=2)
"""The second and third have to follow the first in less than this time."""
_DAY_BEFORE: Final = relativedelta(days=-1)


@dataclass(frozen=True, slots=True)
class Permission:
    """What the rules need to know of one person's lasting yes to one topic.

    ``id`` is whatever the caller knows it by. ``zone`` and ``expires_at`` are Messenger's own where
    it named them; without, the Page's zone and no end. ``first_used_at`` and ``follow_ups`` are the
    first message after the opt-in and how many of the three have been used; ``last_used_at`` is the
    last message that the frequency counts. ``not_before`` is what Messenger said about the next one.
    """

    id: str
    topic: str
    frequency: Frequency
    opted_in_at: datetime
    expires_at: datetime | None
    zone: ZoneInfo | None = None
    stopped: bool = False
    first_used_at: datetime | None = None
    follow_ups: int = 0
    last_used_at: datetime | None = None
    not_before: datetime | None = None


def expires_at(
    opted_in_at: datetime, frequency: Frequency, rules: Rules, zone: ZoneInfo | None = None
) -> datetime | None:
    """When a yes of that instant ends by the profile; none: never. Messenger's own word wins."""
    lifetime = rules.profile.lifetimes.get(frequency)
    if lifetime is None:
        return None
    return calendar.on_local_clock(opted_in_at, zone or rules.zone, lifetime)


def asked_again_at(expires: datetime, zone: ZoneInfo) -> datetime:
    """When Messenger asks again, where that was enabled: the day before, at the same time of day."""
    return calendar.on_local_clock(expires, zone, _DAY_BEFORE)


def is_alive(permission: Permission, now: datetime) -> bool:
    """Whether the permission has not ended. One that is stopped lives, and may be resumed."""
    return permission.expires_at is None or now < permission.expires_at


def next_allowed_at(permission: Permission, rules: Rules) -> datetime:
    """The first instant at which the frequency lets another message go, follow-ups apart."""
    earliest = permission.not_before or permission.opted_in_at
    if permission.last_used_at is None:
        return earliest
    return max(earliest, _after(permission.last_used_at, permission, rules))


def _after(used_at: datetime, permission: Permission, rules: Rules) -> datetime:
    return may_follow_at(used_at, permission.frequency, rules, permission.zone)


def may_follow_at(
    used_at: datetime, frequency: Frequency, rules: Rules, zone: ZoneInfo | None = None
) -> datetime:
    """When another message may follow one of that instant; without a zone, by the Page's."""
    if rules.profile.pause is not None:
        return used_at + rules.profile.pause
    return calendar.next_window(used_at, frequency, zone or rules.zone)


def is_follow_up(permission: Permission, now: datetime) -> bool:
    """Whether a message now would be the second or third after the opt-in, free of the frequency."""
    return (
        permission.first_used_at is not None
        and permission.follow_ups < FOLLOW_UPS
        and now < permission.first_used_at + FOLLOW_UP_TIME
    )


def used(permission: Permission, now: datetime) -> Permission:
    """The permission after a message at ``now``."""
    if is_follow_up(permission, now):
        return replace(permission, follow_ups=permission.follow_ups + 1)
    if permission.first_used_at is None:
        permission = replace(permission, first_used_at=now, follow_ups=1)
    return replace(permission, last_used_at=now, not_before=None)


def renewed(permission: Permission, expires: datetime | None) -> Permission:
    """The permission after the person said yes again before it ended: only its end moves."""
    return replace(permission, expires_at=expires, stopped=False)
