"""The days of a period, put together where there are too many to tell them apart."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

DAYS_AT_MOST = 100
"""With more of them, weeks are shown."""
WEEK = 7


def steps(days: Mapping[date, Any]) -> Sequence[tuple[date, Any]]:
    """The days in order; or weeks, each by its first day, with the sums of their days: the last one
    ends where the period does, so that it is whole."""
    in_order = sorted(days.items())
    if len(in_order) <= DAYS_AT_MOST:
        return in_order
    rest = len(in_order) % WEEK
    starts = [0, *range(rest, len(in_order), WEEK)] if rest else range(0, len(in_order), WEEK)
    weeks = [in_order[at : rest if at < rest else at + WEEK] for at in starts]
    return [(week[0][0], _together([figures for _day, figures in week])) for week in weeks]


def are_weeks(days: Mapping[date, Any]) -> bool:
    return len(days) > DAYS_AT_MOST


def _together(figures: Sequence[Any]) -> Any:
    names = [field.name for field in fields(figures[0])]
    return type(figures[0])(*(sum(getattr(one, name) for one in figures) for name in names))
