"""What fits a Page, told from this computer and the day."""

import os
from datetime import date
from pathlib import Path
from zoneinfo import available_timezones

from babel.core import get_global
from babel.localtime import get_localzone

from otn_studio.policy.profiles import in_force
from otn_studio.storage.connections import Connection
from otn_studio.studio.connecting.store import Proposal

_HERE = Path("/etc/localtime")
_ELSEWHERE = "UTC"
_NOWHERE = frozenset({"001", "ZZ"})


def proposal(kept: Connection, today: date) -> Proposal:
    """What was chosen before stays; else this computer's time zone, its country, the newest rules."""
    zone = kept.zone or _zone_of_computer()
    country = kept.country or country_of(zone)
    return Proposal(zone, country, kept.profile or in_force(today).name)


def country_of(zone: str) -> str:
    """The country in which a time zone is; empty where it is in none.

    >>> country_of("Europe/Berlin"), country_of("UTC")
    ('DE', '')
    """
    found = get_global("zone_territories").get(zone, "")
    return found if found not in _NOWHERE else ""


def _zone_of_computer() -> str:
    named = os.environ.get("TZ", "").lstrip(":")
    linked = str(_HERE.resolve()).partition("zoneinfo/")[2] if _HERE.is_symlink() else ""
    known = available_timezones()
    return next((one for one in (named, linked, _of_system()) if one in known), _ELSEWHERE)


def _of_system() -> str:
    """As the system itself calls it: on Windows, where it is in no file."""
    try:
        return str(get_localzone())
    except LookupError:
        return ""
