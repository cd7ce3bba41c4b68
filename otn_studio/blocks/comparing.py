"""Comparing the value of a field with another: texts without regard to case, all else by what it is."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from enum import StrEnum
from operator import contains, ge, gt, le, lt
from typing import Any, Final

from otn_studio.blocks.field import IN_TIME, FieldType, read, written
from otn_studio.blocks.folding import begins_with_words, folded, has_words
from otn_studio.blocks.patterns import (
    BrokenPattern,
    has_email,
    has_link,
    has_phone,
    is_within,
)


class Operator(StrEnum):
    """How a field is compared."""

    IS = "is"
    IS_NOT = "is_not"
    CONTAINS = "contains"
    HAS_WORDS = "has_words"
    STARTS_WITH = "starts_with"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BEFORE = "before"
    AFTER = "after"
    HAS_PHONE = "has_phone"
    HAS_EMAIL = "has_email"
    HAS_LINK = "has_link"
    HAS_PATTERN = "has_pattern"
    IS_SET = "is_set"
    IS_NOT_SET = "is_not_set"


ORDERS: Final[dict[Operator, Callable[[Any, Any], bool]]] = {
    Operator.MORE_THAN: gt,
    Operator.LESS_THAN: lt,
    Operator.AT_LEAST: ge,
    Operator.AT_MOST: le,
    Operator.BEFORE: lt,
    Operator.AFTER: gt,
}
"""Comparisons by which one value comes before the other."""
PARTS: Final[dict[Operator, Callable[[str, str], bool]]] = {
    Operator.CONTAINS: contains,
    Operator.HAS_WORDS: has_words,
    Operator.STARTS_WITH: begins_with_words,
}
"""Comparisons that look for a text within another, both folded: letters, or whole words."""
LOOKS: Final[dict[Operator, Callable[[str, str], bool]]] = {
    Operator.HAS_PHONE: has_phone,
    Operator.HAS_EMAIL: has_email,
    Operator.HAS_LINK: has_link,
}
"""Comparisons with what everybody knows by its looks, written as in a country."""
NEEDS_NO_VALUE: Final = frozenset({Operator.IS_SET, Operator.IS_NOT_SET, *LOOKS})
OF_TEXTS: Final = frozenset({*PARTS, Operator.HAS_PATTERN})
"""Comparisons that take every value for a text, and need another one."""
_IN_TIME = frozenset({Operator.BEFORE, Operator.AFTER})


def compare(
    operator: Operator,
    found: str,
    wanted: str,
    type: FieldType,
    zone: tzinfo,
    country: str = "",
) -> bool:
    """Whether a value compares with another; one that is not what it should be does not.

    >>> compare(Operator.MORE_THAN, "10", "9,5", FieldType.NUMBER, UTC)
    True
    """
    match operator:
        case Operator.IS_SET | Operator.IS_NOT_SET:
            return (found != "") is (operator is Operator.IS_SET)
        case Operator.CONTAINS | Operator.HAS_WORDS | Operator.STARTS_WITH:
            return PARTS[operator](folded(found), folded(wanted))
        case Operator.HAS_PHONE | Operator.HAS_EMAIL | Operator.HAS_LINK:
            return LOOKS[operator](found, country)
        case Operator.HAS_PATTERN:
            return fits(found, wanted)
        case Operator.IS | Operator.IS_NOT:
            return _same(found, wanted, type, zone) is (operator is Operator.IS)
    left, right = (read(text, compared_as(operator, type), zone) for text in (found, wanted))
    return left is not None and right is not None and ORDERS[operator](left, right)


def fits(text: str, pattern: str) -> bool:
    """Whether a part of the text is as the pattern says; nothing is as one that can't be read."""
    try:
        return is_within(text, pattern)
    except BrokenPattern:
        return False


def compared_as(operator: Operator, type: FieldType) -> FieldType:
    """As what both values are read: of a text, the comparison says it."""
    if type is not FieldType.TEXT or operator not in ORDERS:
        return type
    return FieldType.DATE_TIME if operator in _IN_TIME else FieldType.NUMBER


def _same(found: str, wanted: str, type: FieldType, zone: tzinfo) -> bool:
    if type is FieldType.TEXT:
        return folded(found) == folded(wanted)
    value = read(found, type, zone)
    return value is not None and value == read(wanted, type, zone)


def is_the_same_for_all_types(value: str) -> bool:
    """Whether whatever equals this value, as whatever it is compared, is this very text.

    >>> is_the_same_for_all_types("42"), is_the_same_for_all_types("42.0")
    (True, False)
    """
    if any(read(value, type, UTC) is not None for type in IN_TIME):
        return False
    readings = (read(value, type, UTC) for type in (FieldType.NUMBER, FieldType.YES_NO))
    return all(found is None or written(found) == folded(value) for found in readings)


def value_beyond(wanted: str, by: int) -> str:
    """A value that comes after another one, or before it: of numbers and dates, one that is near."""
    for type in (FieldType.NUMBER, FieldType.DATE, FieldType.DATE_TIME):
        found = read(wanted, type, UTC)
        if isinstance(found, Decimal):
            return str(found + by)
        if isinstance(found, date | datetime):
            return written(found + timedelta(days=by))
    return str(by)
