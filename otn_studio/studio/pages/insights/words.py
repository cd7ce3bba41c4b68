"""What the Insights page says."""

from datetime import date

from PySide6.QtCore import QDate, QLocale, QTime

from otn_studio.blocks.words import Words
from otn_studio.studio.words import _, shown
from otn_studio.studio.written import locale, number, pattern

STAGES = {
    "asked": Words("Asked"),
    "opted_in": Words("Opted in"),
    "sent": Words("Sent"),
    "delivered": Words("Delivered"),
    "read": Words("Read"),
    "answered": Words("Answered"),
}
"""The funnel, by what `Figures` calls them."""
CHANGES = {
    "gained": Words("Gained"),
    "used": Words("Used"),
    "stopped": Words("Stopped"),
    "expired": Words("Expired"),
}
"""What becomes of permissions, by what `PermissionDay` calls it."""
PER_CENT = 100


def stage(name: str) -> str:
    return shown(STAGES[name])


def change(name: str) -> str:
    return shown(CHANGES[name])


def share(part: int, whole: int) -> str:
    """So much of a whole; nothing, where there is none."""
    if not whole:
        return ""
    percent = PER_CENT * part / whole
    shown_as = "<1" if 0 < percent < 1 else str(round(percent))
    return _("{percent} %", percent=shown_as)


def short_day(day: date) -> str:
    """Where there is little room."""
    return locale().toString(QDate(day.year, day.month, day.day), pattern("d MMM"))


def long_day(day: date) -> str:
    return locale().toString(QDate(day.year, day.month, day.day), pattern("d MMM yyyy"))


def hour(number_of: int) -> str:
    """An hour of the day, as the person's clock begins it."""
    return locale().toString(QTime(number_of, 0), QLocale.FormatType.ShortFormat)


def held(count: int) -> str:
    if count == 1:
        return _("1 permission can be used.")
    return _("{count} permissions can be used.", count=number(count))


def no_topic() -> str:
    """What messages are called that used no permission."""
    return _("In the conversation")


def no_flow() -> str:
    """What messages are called that no flow has sent."""
    return _("Without a flow")


def only(name: str) -> str:
    return _("Only “{name}”", name=name)


def forecast(count: int, runs_out: date | None, used_a_day: float) -> str:
    """What is to be known of the permissions to come, in a sentence or two."""
    if not count:
        return _("No permission can be used now.")
    pace = ""
    if used_a_day >= 1:
        a_day = number(round(used_a_day))
        pace = " " + _("About {count} are used each day.", count=a_day)
    if runs_out is None:
        return held(count) + pace + " " + _("They do not run out within a year.")
    until = long_day(runs_out)
    return (
        held(count) + pace + " " + _("If nobody says yes anew, they last until {day}.", day=until)
    )


def counting(events: int) -> str:
    return _("Counting what happened: {count} events so far…", count=number(events))
