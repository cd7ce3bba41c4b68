"""Texts of people's in tables that are opened with a spreadsheet."""

from typing import Final

_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula.

    >>> harmless("=1+1"), harmless("-5"), harmless("Ann")
    ("'=1+1", '-5', 'Ann')
    """
    return f"'{text}" if text.startswith(_FORMULAS) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
