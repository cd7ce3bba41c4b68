"""The rules of the emulated Page in plain values, as the control API and the command take them."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from otn_studio.emulator.bodies import length_of_time
from otn_studio.emulator.errors import Problem
from otn_studio.policy.profiles import PROFILES, Profile, RequestBudget, Rules

_COUNTRY = re.compile("[A-Z]{2}|")


def shown(rules: Rules) -> dict:
    """The rules as the control API shows them."""
    return {
        "profile": rules.profile.name,
        "time_zone": rules.zone.key,
        "country": rules.country,
        "budgets": [
            {"count": budget.count, "seconds": budget.length.total_seconds()}
            for budget in rules.budgets
        ],
    }


def changed(rules: Rules, changes: Mapping[str, object]) -> Rules:
    """The rules with some of them replaced."""
    unknown = set(changes) - set(_READERS)
    if unknown:
        raise Problem(f"The Page has no rule named {', '.join(sorted(unknown))}.")
    read = {_READERS[name][0]: _READERS[name][1](value) for name, value in changes.items()}
    return replace(rules, **read)


def _profile(name: object) -> Profile:
    if not isinstance(name, str) or name not in PROFILES:
        raise Problem(f"The profile must be one of {', '.join(PROFILES)}.")
    return PROFILES[name]


def _zone(name: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Problem(f"There is no time zone {name!r}; an example is Europe/Berlin.") from None


def _country(code: object) -> str:
    if not isinstance(code, str) or not _COUNTRY.fullmatch(code.upper()):
        raise Problem("The country must be a code of two letters such as DE.")
    return code.upper()


def _budgets(budgets: object) -> tuple[RequestBudget, ...]:
    if not isinstance(budgets, list):
        raise Problem("The budgets must be a list.")
    return tuple(map(_budget, budgets))


def _budget(budget: object) -> RequestBudget:
    match budget:
        case {"count": int(count), "seconds": seconds, **others} if count >= 0 and not others:
            return RequestBudget(count, _positive(seconds))
    raise Problem('A budget of requests has a "count" and a length of "seconds".')


def _positive(seconds: object) -> timedelta:
    try:
        length = length_of_time(seconds)
    except ValueError as error:
        raise Problem(str(error)) from None
    if length <= timedelta():
        raise Problem('The "seconds" of a budget must be more than 0.')
    return length


_READERS = {
    "profile": ("profile", _profile),
    "time_zone": ("zone", _zone),
    "country": ("country", _country),
    "budgets": ("budgets", _budgets),
}
