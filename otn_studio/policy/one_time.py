"""One-Time Notification: one yes, one message, within a year.

Source: Messenger Platform, "One-Time Notification". The rules are the same in every profile.
"""

from dataclasses import dataclass
from datetime import datetime

from dateutil.relativedelta import relativedelta

LIFETIME = relativedelta(years=1)


@dataclass(frozen=True, slots=True)
class Permission:
    """What the rules need to know of one person's yes to one topic.

    ``id`` is whatever the caller knows it by. ``used`` is true as soon as a message may have been
    sent with it: Messenger takes it once, even inside the 24-hour window. ``stopped``: on our side
    only, since Messenger knows no stop of these.
    """

    id: str
    topic: str
    opted_in_at: datetime
    expires_at: datetime
    used: bool = False
    stopped: bool = False


def expires_at(opted_in_at: datetime) -> datetime:
    """One year after the tap. Messenger's event carries no expiry, so this is the only source."""
    return opted_in_at + LIFETIME


def is_usable(permission: Permission, now: datetime) -> bool:
    """Whether Messenger still takes a message for this permission."""
    return not (permission.used or permission.stopped) and now < permission.expires_at
