"""How long ago, or until, something is."""

from datetime import datetime, timedelta

from otn_studio.studio.words import _
from otn_studio.studio.written import day, time


def days_until(moment: datetime, now: datetime) -> int:
    """How many midnights are between, where the person is; fewer than none in the past."""
    return (moment.astimezone().date() - now.astimezone().date()) // timedelta(days=1)


def past(moment: datetime, now: datetime) -> str:
    """When something was: with the time while that still matters."""
    match days_until(moment, now):
        case 0:
            return _("today {time}", time=time(moment))
        case -1:
            return _("yesterday {time}", time=time(moment))
        case _others:
            return day(moment)
