"""Whether broadcasts on a recurring topic come too soon after one another for its frequency."""

from collections.abc import Collection
from datetime import datetime

from otn_studio.blocks.words import Words
from otn_studio.policy import recurring
from otn_studio.policy.calendar import Frequency
from otn_studio.policy.profiles import Rules

_OFTEN = {
    Frequency.DAILY: Words("once a day"),
    Frequency.WEEKLY: Words("once a week"),
    Frequency.MONTHLY: Words("once a month"),
}


def too_soon(
    at: datetime, others: Collection[datetime], frequency: Frequency, rules: Rules
) -> Words | None:
    """What to say of a broadcast at an instant beside others on its topic; nothing where each person
    can get them all in time."""
    before = max((other for other in others if other <= at), default=None)
    if before is not None and at < (until := recurring.may_follow_at(before, frequency, rules)):
        return Words(
            "People get this topic {often}, and another broadcast on it goes out at {before}: whoever"
            " gets that one gets this one from {until} on.",
            often=_OFTEN[frequency],
            before=_shown(before, rules),
            until=_shown(until, rules),
        )
    after = min((other for other in others if other > at), default=None)
    if after is not None and after < (until := recurring.may_follow_at(at, frequency, rules)):
        return Words(
            "People get this topic {often}, and another broadcast on it is planned for {after}: whoever"
            " gets this one gets that one from {until} on.",
            often=_OFTEN[frequency],
            after=_shown(after, rules),
            until=_shown(until, rules),
        )
    return None


def _shown(instant: datetime, rules: Rules) -> str:
    return instant.astimezone(rules.zone).strftime("%Y-%m-%d %H:%M")
