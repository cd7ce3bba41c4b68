"""Asking for a lasting permission: when, and how often.

Source: Messenger Platform, "Recurring Notifications": in the 24-hour window, and once a week for each
title. More limits exist that are not published; see `profiles.RequestBudget`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from otn_studio.policy.profiles import RequestBudget, Rules

SAME_TITLE_PAUSE: Final = timedelta(days=7)
DEFAULT_TITLE: Final = "Updates and promotions"
"""What Messenger shows, and counts, where a request has no title."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that a person got."""

    title: str
    at: datetime


def was_asked_lately(title: str, asked: Collection[Asked], now: datetime) -> bool:
    """Whether the person got a request of that title in the last seven days."""
    wanted = title or DEFAULT_TITLE
    return any(
        (request.title or DEFAULT_TITLE) == wanted and now < request.at + SAME_TITLE_PAUSE
        for request in asked
    )


def is_within(budget: RequestBudget, asked: Collection[Asked], now: datetime) -> bool:
    """Whether one more request keeps the budget."""
    return sum(now < request.at + budget.length for request in asked) < budget.count


def exceeds_budget(rules: Rules, asked: Collection[Asked], now: datetime) -> bool:
    """Whether one more request would break one of the Page's budgets."""
    return not all(is_within(budget, asked, now) for budget in rules.budgets)
