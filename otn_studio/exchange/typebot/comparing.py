"""How Typebot compares, and how the same is asked here."""

import re
from collections.abc import Mapping
from typing import Final

from otn_studio.blocks.comparing import Operator
from otn_studio.blocks.words import Words

OPERATORS: Final[Mapping[str, tuple[Operator, bool]]] = {
    "Equal to": (Operator.IS, True),
    "Not equal": (Operator.IS_NOT, True),
    "Contains": (Operator.CONTAINS, True),
    "Does not contain": (Operator.CONTAINS, False),
    "Greater than": (Operator.MORE_THAN, True),
    "Greater or equal to": (Operator.AT_LEAST, True),
    "Less than": (Operator.LESS_THAN, True),
    "Less or equal to": (Operator.AT_MOST, True),
    "Is set": (Operator.IS_SET, True),
    "Is empty": (Operator.IS_NOT_SET, True),
    "Starts with": (Operator.STARTS_WITH, True),
    "Ends with": (Operator.HAS_PATTERN, True),
    "Matches regex": (Operator.HAS_PATTERN, True),
    "Does not match regex": (Operator.HAS_PATTERN, False),
}
"""The comparison, and whether it is one that holds or one that must not."""
CASE_MATTERS = Words("Upper and lower case make no difference here.")
_IN_SLASHES: Final = re.compile(r"/(.+)/([a-z]*)", re.DOTALL)


def pattern(operator: str, value: str, notes: list[Words]) -> str:
    """The pattern that a comparison looks for, such as ``/^[0-9]+$/i``.

    >>> pattern("Matches regex", "/^[a-z]+$/i", []), pattern("Ends with", "?", [])
    ('^[a-z]+$', '\\\\?$')
    """
    value = value.strip()
    if operator == "Ends with":
        literally = f"\\Q{value}\\E" if "{{" in value else re.escape(value)
        return f"{literally}$" if value else ""
    within = _IN_SLASHES.fullmatch(value)
    found, flags = within.groups() if within else (value, "")
    if "i" not in flags and found.lower() != found.upper():
        notes.append(CASE_MATTERS)
    return found
