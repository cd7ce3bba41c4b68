"""What RapidPro's functions are called in Liquid, both ways."""

from typing import Final

FILTERS: Final = {
    "upper": "upcase",
    "lower": "downcase",
    "trim": "strip",
    "clean": "strip",
    "proper": "capitalize",
    "title": "capitalize",
    "text_length": "size",
    "len": "size",
    "abs": "abs",
    "round": "round",
    "round_up": "ceil",
    "round_down": "floor",
    "int": "floor",
    "replace": "replace",
    "substitute": "replace",
    "url_encode": "url_encode",
    "default": "default",
    "trunc": "floor",
}
COUNTING: Final = {"+": "plus", "-": "minus", "*": "times", "mod": "modulo"}
COUNTING_TOO: Final = {"max": "at_least", "min": "at_most"}
ORDERS: Final = frozenset({"<", "<=", ">", ">="})
UNCHANGED: Final = frozenset({"text", "number", "datetime", "date", "format_number", "read_chars"})
UNITS: Final = {
    "y": "years",
    "m": "months",
    "w": "weeks",
    "d": "days",
    "h": "hours",
    "minutes": "minutes",
}
PATTERNS: Final = (
    *(("YYYY", "%Y"), ("YY", "%y"), ("MMMM", "%B"), ("MMM", "%b"), ("MM", "%m"), ("M", "%-m")),
    *(("DD", "%d"), ("D", "%-d"), ("EEEE", "%A"), ("EEE", "%a"), ("tt", "%H"), ("hh", "%I")),
    *(("h", "%-I"), ("mm", "%M"), ("ss", "%S"), ("AA", "%p"), ("aa", "%p")),
)
NUMBERS: Final = COUNTING.keys() | COUNTING_TOO.keys() | {"/", "neg", "abs", "round", "text_length"}
DATES: Final = frozenset({"now", "today", "datetime_add", "date_add", "legacy_add"})


class Untranslatable(Exception):
    """A part of an expression that Liquid can't say."""


def pattern_of(pattern: str) -> str:
    """How a date is written, in the signs that texts know."""
    made, at = "", 0
    while at < len(pattern):
        sign, known = next(
            ((s, k) for s, k in PATTERNS if pattern.startswith(s, at)), (pattern[at], pattern[at])
        )
        made, at = made + known, at + len(sign)
    return made
