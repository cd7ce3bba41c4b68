"""Figures and dates, as the person writes them."""

from datetime import datetime

from PySide6.QtCore import QDate, QLocale, QTime


def locale() -> QLocale:
    """The person's; where the system names none, English, which groups figures."""
    if QLocale().language() is QLocale.Language.C:
        return QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
    return QLocale()


def number(count: int) -> str:
    return locale().toString(count)


def pattern(of_date: str) -> str:
    """How a date is written: some languages have a dot behind the day, as in *23. Nov. 2026*."""
    has_dot = "d. " in locale().dateFormat(QLocale.FormatType.LongFormat)
    return of_date.replace("d MMM", "d. MMM") if has_dot else of_date


def day(moment: datetime) -> str:
    """The date, where the person is."""
    local = moment.astimezone()
    return locale().toString(QDate(local.year, local.month, local.day), pattern("d MMM yyyy"))


def time(moment: datetime) -> str:
    """The time of day, where the person is."""
    local = moment.astimezone()
    return locale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)


def in_sentence(value: int | datetime) -> str:
    """A count or an instant, within a sentence."""
    return f"{day(value)} {time(value)}" if isinstance(value, datetime) else number(value)
