"""Numbers and dates as the person writes them."""

from datetime import datetime, timedelta

from PySide6.QtCore import QDate, QLocale, QTime

from otn_studio.studio.words import _


def locale() -> QLocale:
    """The person's; where the system names none, English, which groups figures."""
    if QLocale().language() is QLocale.Language.C:
        return QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
    return QLocale()


def number(count: int) -> str:
    return locale().toString(count)


def day(moment: datetime) -> str:
    """The date, where the person is."""
    local = moment.astimezone()
    return locale().toString(QDate(local.year, local.month, local.day), "d MMM yyyy")


def time(moment: datetime) -> str:
    """The time of day, where the person is."""
    local = moment.astimezone()
    return locale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)


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
