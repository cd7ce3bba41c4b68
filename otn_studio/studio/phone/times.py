"""Moments and lengths of time, as a phone tells them."""

from datetime import datetime, timedelta

from PySide6.QtCore import QDate, QLocale

from otn_studio.blocks.words import Words
from otn_studio.policy import window
from otn_studio.studio import written
from otn_studio.studio.words import _, shown


def moment(at: datetime, now: datetime) -> str:
    """When something happened, as the line above it says: *TODAY 9:00 AM*."""
    days = (now.astimezone().date() - at.astimezone().date()).days
    if days == 0:
        return _("TODAY {time}", time=written.time(at))
    if days == 1:
        return _("YESTERDAY {time}", time=written.time(at))
    pattern = "ddd" if 0 < days < 7 else "d MMM" if 0 <= days < 300 else "d MMM yyyy"
    return f"{_dated(at, pattern).upper()} {written.time(at)}"


def full(at: datetime) -> str:
    """A moment with all that there is to say of it: *Mon 23 Nov 2026, 9:00 AM*."""
    return f"{_dated(at, 'ddd d MMM yyyy')}, {written.time(at)}"


def weekday(at: datetime) -> str:
    """A moment of a story, whose year does not matter: *Mon 1 Mar, 9:00 AM*."""
    return f"{_dated(at, 'ddd d MMM')}, {written.time(at)}"


def in_words(length: timedelta) -> str:
    """A length of time in its largest unit or two, which stand shorter; days only from two of them on.

    >>> in_words(timedelta(hours=23, minutes=59)), in_words(timedelta(minutes=5))
    ('23 h 59 min', '5 minutes')
    >>> in_words(timedelta(days=3)), in_words(timedelta(days=1, hours=6)), in_words(timedelta(hours=1))
    ('3 days', '30 hours', '1 hour')
    """
    minutes = max(int(length.total_seconds() // 60), 0)
    days = minutes // 1440 if minutes >= 2880 else 0
    hours, rest = minutes // 60 - days * 24, minutes % 60
    if hours == rest == 0 and days:
        return shown(Words("{n} day", plural="{n} days", n=days))
    if days == rest == 0 and hours:
        return shown(Words("{n} hour", plural="{n} hours", n=hours))
    if days == hours == 0:
        return shown(Words("{n} minute", plural="{n} minutes", n=rest))
    parts = [
        _("{n} d", n=days) if days else "",
        _("{n} h", n=hours) if hours else "",
        _("{n} min", n=rest) if rest else "",
    ]
    return " ".join([part for part in parts if part][:2])


def window_left(last_act: datetime, now: datetime, name: str = "") -> str:
    """How much is left of the 24 hours in which the Page may write."""
    if not window.is_open(last_act, now):
        if name:
            return _("{name}’s 24 hours are over: writing now takes a permission.", name=name)
        return _("The 24 hours are over: writing now takes a permission.")
    left = in_words(window.ends_at(last_act) - now)
    if name:
        return _("You can write to {name} freely for {time}", name=name, time=left)
    return _("You can write freely for {time}", time=left)


def _dated(at: datetime, pattern: str) -> str:
    here = at.astimezone()
    return QLocale().toString(QDate(here.year, here.month, here.day), written.pattern(pattern))
